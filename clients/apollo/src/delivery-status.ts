import type { ConversationState } from './conversation-view.js'
import type { ChatMessage } from './message-list.js'
import type { DeliveryStatus, ParticipantPartsFragment } from './operations.js'

const STAGES = ['SENT', 'DELIVERED', 'READ'] as const

const stageAt =
  (seq: number) =>
  (participant: ParticipantPartsFragment): number =>
    participant.readThrough >= seq ? 2 : participant.deliveredThrough >= seq ? 1 : 0

/** How far one's own message has come by now: the server does not tell the message again when somebody reads it. */
export const deliveryStatus = (
  message: ChatMessage,
  { conversation, participants }: Pick<ConversationState, 'conversation' | 'participants'>,
): DeliveryStatus => {
  const { seq, createdAt, sender, senderRole } = message
  const isSupport = conversation?.kind === 'SUPPORT'
  const isDesk = ({ role }: ParticipantPartsFragment) => isSupport && role === 'ADMIN'
  const others = participants.filter(({ user }) => user.id !== sender?.id)
  // Who came later is no recipient of it.
  const people = others.filter(one => !isDesk(one) && one.joinedAt <= createdAt)
  const stages = people.map(stageAt(seq))
  // The support desk is one recipient, as far as its furthest admin.
  if (isSupport && senderRole !== 'ADMIN') stages.push(Math.max(0, ...others.filter(isDesk).map(stageAt(seq))))
  const furthestBehind = stages.length > 0 ? Math.min(...stages) : 0
  // It never goes back behind what the server said of it.
  return STAGES[Math.max(furthestBehind, STAGES.indexOf(message.deliveryStatus))] ?? message.deliveryStatus
}
