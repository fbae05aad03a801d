import { billSession } from '../billing/bill-session.js'
import { actingIn } from '../conversations/conversation-access.js'
import { denied } from '../conversations/conversation-rules.js'
import type { OpenConversation, Writing } from '../conversations/conversation-writer.js'
import { notFound } from '../errors.js'
import { cleanOptionalText } from '../limits/text.js'
import { sessionNotices } from '../notifications/notices.js'
import type { Asker } from '../people/person.js'
import type { Services } from '../services.js'
import { findSessionAccess } from './session-access.js'
import { type Session, sessionName, type SessionStatus, type SessionType } from './session.js'

/** What ends a session, whatever ends it. */
export type EndNeeds = Pick<Services, 'config' | 'ledger' | 'payments' | 'sessionActivity' | 'sessions'>
type Needs = EndNeeds & Pick<Services, 'conversations' | 'grants' | 'writer'>

const LONGEST_REASON = 500

/** The body of the SYSTEM message. */
export const sessionNote = (type: SessionType, status: SessionStatus) => {
  if (status === 'ACTIVE') return `A ${sessionName(type)} has started.`
  return `The ${sessionName(type)} has ${status === 'EXPIRED' ? 'expired' : 'ended'}.`
}

interface Ending {
  reason: string | null
  /** Whom those who take part are told of; null: nobody. */
  by: string | null
  /** When it expired. Without it, it ends now, or when it should have expired. */
  expiredAt?: Date
}

/** The last activity of one that is idle for too long; null of others, and where none expires. */
const overdueSince = async (
  { config, sessionActivity }: EndNeeds,
  { tx }: Writing,
  sessionId: string,
): Promise<Date | null> => {
  if (config.sessionIdleMs === 0) return null
  await sessionActivity.touchCall(tx, sessionId)
  return sessionActivity.idleSince(tx, sessionId, config.sessionIdleMs)
}

/** Ends and bills the conversation's session, in the transaction that does the rest; null where none is running. */
const endSessionWithin = async (
  needs: EndNeeds,
  writing: Writing,
  open: OpenConversation,
  { reason, by, expiredAt }: Ending,
): Promise<Session | null> => {
  const { activeSessionId } = open.conversation
  if (activeSessionId === null) return null
  const at = expiredAt ?? (await overdueSince(needs, writing, activeSessionId))
  const status = at ? 'EXPIRED' : 'ENDED'
  const session = await needs.sessions.end(writing.tx, activeSessionId, { status, reason: at ? null : reason, at })
  await open.addSystemMessage(sessionNote(session.type, status), session.id, `SESSION_${status}`)
  await open.updateConversation({ activeSessionId: null })
  await writing.notify(sessionNotices(session, await open.participants(), at ? null : by))
  await billSession(needs, writing, session)
  return session
}

/** As endSessionWithin, where it was no `endSession` that ended it: recorded as an event of its own, beside what was asked for. */
export const closeSession = async (
  needs: EndNeeds,
  writing: Writing,
  open: OpenConversation,
  ending: Ending,
  asker?: Asker,
): Promise<Session | null> => {
  const session = await endSessionWithin(needs, writing, open, ending)
  if (session)
    await writing.record({
      action: session.status === 'EXPIRED' ? 'sessionExpired' : 'sessionEnded',
      outcome: 'ALLOWED',
      actorId: asker?.userId ?? null,
      requestId: asker?.requestId ?? null,
      sessionId: session.id,
    })
  return session
}

/** Ending an ended session changes nothing and returns it. */
export const endSession = async (
  needs: Needs,
  viewer: Asker,
  input: { sessionId: string; reason?: string | null },
): Promise<Session> => {
  const { session, ...access } = await findSessionAccess(needs, viewer, input.sessionId, 'input.sessionId')
  const reason = cleanOptionalText('input.reason', input.reason, { max: LONGEST_REASON })
  const early = denied('endSession', { viewer, ...access })
  if (early) throw early
  if (session.status !== 'ACTIVE') return session
  return needs.writer.run(async writing => {
    const open = await writing.open(session.conversationId)
    const refusal = open && denied('endSession', await actingIn(open, viewer))
    const current = await needs.sessions.findWithin(writing.tx, session.id)
    if (!open || !current) throw notFound('session', 'input.sessionId')
    if (refusal) throw refusal
    if (current.status !== 'ACTIVE') return current
    return (await endSessionWithin(needs, writing, open, { reason, by: viewer.userId })) ?? current
  }, viewer)
}
