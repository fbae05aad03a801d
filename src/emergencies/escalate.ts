import type { Services } from '../services.js'
import type { Emergency } from './emergency.js'

/** Alerts all admins, once, whichever process gets there first; unless somebody acknowledged it meanwhile. */
export const escalate = (
  { writer, emergencies }: Pick<Services, 'writer' | 'emergencies'>,
  { messageId, conversationId }: Pick<Emergency, 'messageId' | 'conversationId'>,
): Promise<void> =>
  writer.run(async writing => {
    const open = await writing.open(conversationId)
    const message = await open?.message(messageId)
    const emergency = message && (await emergencies.findWithin(writing.tx, messageId))
    if (!open || !emergency || message.deletedAt || emergency.acknowledgedAt || emergency.escalatedAt) return
    await emergencies.escalate(writing.tx, messageId)
    await open.updateMessage(messageId, {})
    const { flaggedById } = emergency
    const userIds = (await emergencies.adminIds(writing.tx)).filter(id => id !== flaggedById)
    const alert = {
      kind: 'EMERGENCY_ESCALATED',
      urgent: true,
      actorId: flaggedById,
      conversationId,
      messageId,
    } as const
    await writing.notify(userIds.map(userId => ({ ...alert, userId })))
  })
