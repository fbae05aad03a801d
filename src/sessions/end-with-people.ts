import type { OpenConversation, Writing } from '../conversations/conversation-writer.js'
import type { Asker } from '../people/person.js'
import type { Services } from '../services.js'
import { closeSession, type EndNeeds } from './end-session.js'

const runningIn = (
  { sessions }: Pick<EndNeeds, 'sessions'>,
  { tx }: Writing,
  { conversation: { activeSessionId } }: OpenConversation,
) => (activeSessionId === null ? null : sessions.findWithin(tx, activeSessionId))

/** Before these people leave the conversation: its session ends with the professional who gives it. */
export const endWithLeaving = async (
  needs: EndNeeds,
  writing: Writing,
  open: OpenConversation,
  leaving: ReadonlySet<string>,
  asker: Asker,
): Promise<void> => {
  const session = await runningIn(needs, writing, open)
  if (session && leaving.has(session.professionalId))
    await closeSession(needs, writing, open, { reason: 'PROFESSIONAL_LEFT', by: asker.userId }, asker)
}

/**
 * After these people were stored: who is not active any more is in no session, and who is no professional gives none. What
 * they give, or have in a DIRECT conversation, ends; the session of a group goes on without its patient. Answers with how
 * many ended.
 */
export const endWithDeactivated = async (
  needs: EndNeeds & Pick<Services, 'stays'>,
  writing: Writing,
  userIds: readonly string[],
  asker?: Asker,
): Promise<number> => {
  const concerned = await needs.sessions.withoutStanding(writing.tx, userIds)
  // All that several ends lock is locked before the first: conversations, then wallets.
  for (const { conversationId } of concerned) await writing.open(conversationId)
  const conversationIds = concerned.map(({ conversationId }) => conversationId)
  await needs.ledger.lockWallets(writing.tx, await needs.payments.sharersIn(writing.tx, conversationIds))
  let ended = 0
  for (const { conversationId, userId } of concerned) {
    const open = await writing.open(conversationId)
    const session = open && (await runningIn(needs, writing, open))
    if (!open || !session) continue
    if (session.professionalId === userId || session.patientId === userId) {
      await closeSession(needs, writing, open, { reason: 'USER_DEACTIVATED', by: null }, asker)
      ended++
    } else if (await needs.stays.leave(writing.tx, session.id, userId)) await open.updateConversation({})
  }
  return ended
}
