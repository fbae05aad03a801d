import type { Asker } from '../people/person.js'
import { badInput } from '../errors.js'
import { type ChangeNeeds, changeMessage } from './change-message.js'
import { readEmoji } from './emoji.js'
import { MAX_REACTIONS } from './reaction.js'

export interface ReactionInput {
  messageId: string
  emoji: string
}

/** Once more with the same emoji changes nothing. */
export const react = (needs: ChangeNeeds, viewer: Asker, input: ReactionInput) => {
  const emoji = readEmoji('input.emoji', input.emoji)
  return changeMessage(needs, viewer, input.messageId, 'react', async (open, message) => {
    const own = await open.reactionsOf(message.id, viewer.userId)
    if (own.includes(emoji)) return message
    if (own.length >= MAX_REACTIONS)
      throw badInput('input.emoji', `One person has at most ${MAX_REACTIONS} different reactions to a message.`)
    return open.addReaction(message.id, viewer.userId, emoji)
  })
}

/** What is not there is not taken back: nothing changes. */
export const unreact = (needs: ChangeNeeds, viewer: Asker, input: ReactionInput) => {
  const emoji = readEmoji('input.emoji', input.emoji)
  return changeMessage(needs, viewer, input.messageId, 'unreact', async (open, message) => {
    const own = await open.reactionsOf(message.id, viewer.userId)
    return own.includes(emoji) ? open.removeReaction(message.id, viewer.userId, emoji) : message
  })
}
