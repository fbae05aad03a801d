import { actingIn, findAccess } from '../conversations/conversation-access.js'
import { type Action, denied } from '../conversations/conversation-rules.js'
import { takeSeat } from '../conversations/desk-access.js'
import type { Deletion, OpenConversation } from '../conversations/conversation-writer.js'
import { conflict, notFound } from '../errors.js'
import { isUuid } from '../limits/ids.js'
import { cleanText } from '../limits/text.js'
import type { Asker } from '../people/person.js'
import type { Services } from '../services.js'
import type { Message } from './message.js'

const DAY_MS = 24 * 60 * 60 * 1000

export type ChangeNeeds = Pick<Services, 'config' | 'conversations' | 'messages' | 'writer'>

const noMessage = () => notFound('message', 'input.messageId')

/** Decides under the conversation's lock, on what is true there. */
export const changeMessage = async (
  needs: ChangeNeeds,
  viewer: Asker,
  messageId: string,
  action: Action,
  change: (open: OpenConversation, message: Message, deletion: Deletion | null) => Promise<Message>,
): Promise<Message> => {
  const found = isUuid(messageId) ? await needs.messages.find(messageId) : null
  if (!found) throw noMessage()
  await findAccess(needs, viewer, found.conversationId, noMessage)
  return needs.writer.run(async writing => {
    const open = await writing.open(found.conversationId)
    const message = await open?.message(messageId)
    if (!open || !message) throw noMessage()
    const acting = await actingIn(open, viewer)
    if (!acting.part || message.seq < acting.part.visibleFromSeq) throw noMessage()
    const { senderId } = message
    const deletion = await open.deletionOf(messageId)
    // What is there may be restored, without effect, by who would have deleted it: their first try may have done it.
    const deletedById = deletion ? deletion.byId : senderId
    const refusal = denied(action, acting, { senderId, deletedById, deleted: deletion !== null })
    if (refusal) throw refusal
    await takeSeat(open, acting)
    return change(open, message, deletion)
  }, viewer)
}

export const editMessage = (needs: ChangeNeeds, viewer: Asker, input: { messageId: string; body: string }) => {
  const body = cleanText('input.body', input.body, { max: needs.config.maxMessageLength })
  return changeMessage(needs, viewer, input.messageId, 'editMessage', async (open, message) =>
    message.body === body ? message : open.updateMessage(message.id, { body, editedAt: 'now' }),
  )
}

/** The text stays in the table, for its recovery, and is shown to nobody. */
export const deleteMessage = (needs: ChangeNeeds, viewer: Asker, input: { messageId: string }) =>
  changeMessage(needs, viewer, input.messageId, 'deleteMessage', async (open, message) =>
    message.deletedAt ? message : open.updateMessage(message.id, { deletedAt: 'now', deletedById: viewer.userId }),
  )

export const restoreMessage = (needs: ChangeNeeds, viewer: Asker, input: { messageId: string }) =>
  changeMessage(needs, viewer, input.messageId, 'restoreMessage', async (open, message, deletion) => {
    const { messageRecoveryDays: days } = needs.config
    if (!deletion) return message
    if (days > 0 && deletion.ageMs > days * DAY_MS)
      throw conflict('MESSAGE_DELETED', `What was deleted more than ${days} days ago cannot be restored.`)
    return open.updateMessage(message.id, { deletedAt: null })
  })
