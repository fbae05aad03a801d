import { actingIn, findAccess } from '../conversations/conversation-access.js'
import { denied } from '../conversations/conversation-rules.js'
import type { OpenConversation, Writing } from '../conversations/conversation-writer.js'
import { notFound } from '../errors.js'
import { isUuid } from '../limits/ids.js'
import { type Message, withoutText } from '../messages/message.js'
import { isAdmin, type Asker } from '../people/person.js'
import type { Services } from '../services.js'
import type { Emergency } from './emergency.js'

type Needs = Pick<Services, 'conversations' | 'emergencies' | 'emergencyWatch' | 'messages' | 'writer'>

interface Found {
  writing: Writing
  open: OpenConversation
  message: Message
  emergency: Emergency | null
}

const noMessage = () => notFound('message', 'input.messageId')

/** Decides under the conversation's lock, on what is true there. Who takes no part is given no text. */
const changeEmergency = async (
  needs: Needs,
  viewer: Asker,
  messageId: string,
  action: 'flagEmergency' | 'acknowledgeEmergency',
  change: (found: Found) => Promise<Message>,
): Promise<Message> => {
  const known = isUuid(messageId) ? await needs.messages.find(messageId) : null
  if (!known) throw noMessage()
  const { conversationId } = known
  // Nobody locks a conversation that they have no business with.
  if (!isAdmin(viewer) || action === 'flagEmergency') await findAccess(needs, viewer, conversationId, noMessage)
  return needs.writer.run(async writing => {
    const open = await writing.open(conversationId)
    const message = await open?.message(messageId)
    if (!open || !message) throw noMessage()
    const acting = await actingIn(open, viewer)
    if (acting.part ? message.seq < acting.part.visibleFromSeq : !isAdmin(viewer)) throw noMessage()
    const emergency = await needs.emergencies.findWithin(writing.tx, messageId)
    const refusal = denied(action, acting, {
      deleted: message.deletedAt !== null,
      flaggedById: emergency?.flaggedById ?? null,
      escalated: (emergency?.escalatedAt ?? null) !== null,
    })
    if (refusal) throw refusal
    const changed = await change({ writing, open, message, emergency })
    return acting.part ? changed : withoutText(changed)
  }, viewer)
}

/** Flagging what is flagged changes nothing. */
export const flagEmergency = async (needs: Needs, viewer: Asker, input: { messageId: string }): Promise<Message> => {
  const { messageId } = input
  const flagged = await changeEmergency(needs, viewer, messageId, 'flagEmergency', async found => {
    if (found.emergency) return found.message
    await needs.emergencies.flag(found.writing.tx, messageId, viewer.userId)
    return found.open.updateMessage(messageId, {})
  })
  needs.emergencyWatch.flagged()
  return flagged
}

/** Acknowledging what is acknowledged changes nothing, but that the viewer's own alert is read. */
export const acknowledgeEmergency = (needs: Needs, viewer: Asker, { messageId }: { messageId: string }) =>
  changeEmergency(needs, viewer, messageId, 'acknowledgeEmergency', async ({ writing, open, message, emergency }) => {
    if (!emergency) throw notFound('emergency', 'input.messageId')
    await writing.readAlerts(viewer.userId, messageId)
    if (emergency.acknowledgedAt) return message
    await needs.emergencies.acknowledge(writing.tx, messageId, viewer.userId)
    return open.updateMessage(messageId, {})
  })
