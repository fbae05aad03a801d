import { findAccess, sendDenied } from '../conversations/conversation-access.js'
import type { OpenConversation } from '../conversations/conversation-writer.js'
import type { Participant } from '../conversations/conversation.js'
import { conflict, forbidden, notFound } from '../errors.js'
import { isUuid } from '../limits/ids.js'
import { cleanText } from '../limits/text.js'
import { isAdmin, type Viewer } from '../people/person.js'
import type { Services } from '../services.js'
import type { Message } from './message.js'

type Needs = Pick<Services, 'config' | 'conversations' | 'messages' | 'writer'>

interface Opened {
  open: OpenConversation
  participant: Participant
  message: Message
}

const noMessage = () => notFound('message', 'input.messageId')

/** Decides under the conversation's lock, on what is true there. */
const changeMessage = async (
  needs: Needs,
  viewer: Viewer,
  messageId: string,
  change: (opened: Opened) => Promise<Message>,
): Promise<Message> => {
  const found = isUuid(messageId) ? await needs.messages.find(messageId) : null
  if (!found) throw noMessage()
  await findAccess(needs, viewer, found.conversationId, noMessage)
  return needs.writer.run(async writing => {
    const open = await writing.open(found.conversationId)
    const participant = await open?.participant(viewer.userId)
    const message = await open?.message(messageId)
    if (!open || !message || !participant || participant.leftAt) throw noMessage()
    if (message.seq < participant.visibleFromSeq) throw noMessage()
    return change({ open, participant, message })
  })
}

export const editMessage = (needs: Needs, viewer: Viewer, input: { messageId: string; body: string }) => {
  const body = cleanText('input.body', input.body, { max: needs.config.maxMessageLength })
  return changeMessage(needs, viewer, input.messageId, async ({ open, participant, message }) => {
    if (message.senderId !== viewer.userId) throw forbidden('Only its sender edits a message.')
    if (message.deletedAt) throw conflict('MESSAGE_DELETED', 'The message was deleted.')
    const denied = sendDenied(open.conversation, participant)
    if (denied) throw denied
    if (message.body === body) return message
    return open.updateMessage(message.id, { body, editedAt: 'now' })
  })
}

/** The text stays in the table, for its recovery, and is shown to nobody. */
export const deleteMessage = (needs: Needs, viewer: Viewer, input: { messageId: string }) =>
  changeMessage(needs, viewer, input.messageId, async ({ open, message }) => {
    if (message.senderId !== viewer.userId && !isAdmin(viewer)) throw forbidden('Only its sender deletes a message.')
    if (message.deletedAt) return message
    return open.updateMessage(message.id, { deletedAt: 'now', deletedById: viewer.userId })
  })
