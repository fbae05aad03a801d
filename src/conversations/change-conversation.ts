import { notFound } from '../errors.js'
import type { Asker } from '../people/person.js'
import type { Services } from '../services.js'
import { actingIn, findAccess } from './conversation-access.js'
import { type Action, denied } from './conversation-rules.js'
import type { OpenConversation, Writing } from './conversation-writer.js'
import type { Conversation } from './conversation.js'
import { takeSeat } from './desk-access.js'

export type ChangeNeeds = Pick<Services, 'conversations' | 'writer'>

/** Decides under the conversation's lock, on what is true there. All of the actions have to be allowed. */
export const changeConversation = async (
  needs: ChangeNeeds,
  viewer: Asker,
  conversationId: string,
  actionsIn: (conversation: Conversation) => Action[],
  change: (open: OpenConversation, writing: Writing) => Promise<unknown>,
): Promise<Conversation> => {
  const missing = () => notFound('conversation', 'input.conversationId')
  await findAccess(needs, viewer, conversationId, missing)
  return needs.writer.run(async writing => {
    const open = await writing.open(conversationId)
    if (!open) throw missing()
    const acting = await actingIn(open, viewer)
    for (const action of actionsIn(open.conversation)) {
      const refusal = denied(action, acting)
      if (refusal) throw refusal
    }
    await takeSeat(open, acting)
    await change(open, writing)
    return { ...open.conversation }
  }, viewer)
}
