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
import type { Session, SessionStatus, SessionType } from './session.js'

type Ends = Pick<Services, 'ledger' | 'payments' | 'sessions'>
type Needs = Ends & Pick<Services, 'conversations' | 'grants' | 'writer'>

const LONGEST_REASON = 500

const KINDS: Record<SessionType, string> = { CHAT: 'chat', VOICE: 'voice', VIDEO: 'video' }

/** The body of the SYSTEM message. */
export const sessionNote = (type: SessionType, status: SessionStatus) => {
  if (status === 'ACTIVE') return `A ${KINDS[type]} session has started.`
  return `The ${KINDS[type]} session has ${status === 'EXPIRED' ? 'expired' : 'ended'}.`
}

interface Ending {
  reason: string | null
  /** Null where nobody does it. */
  by: string | null
  status?: Exclude<SessionStatus, 'ACTIVE'>
  /** Now without it. */
  at?: Date
}

/** Ends and bills the conversation's session, in the transaction that does the rest; null where none is running. */
export const endSessionWithin = async (
  needs: Ends,
  writing: Writing,
  open: OpenConversation,
  { reason, by, status = 'ENDED', at }: Ending,
): Promise<Session | null> => {
  const { activeSessionId } = open.conversation
  if (activeSessionId === null) return null
  const session = await needs.sessions.end(writing.tx, activeSessionId, { status, reason, at })
  await open.addSystemMessage(sessionNote(session.type, status), session.id)
  await open.updateConversation({ activeSessionId: null })
  await writing.notify(sessionNotices(session, await open.participants(), by))
  await billSession(needs, writing, session)
  return session
}

/** Ending an ended session changes nothing and returns it. */
export const endSession = async (
  needs: Needs,
  viewer: Asker,
  input: { sessionId: string; reason?: string | null },
): Promise<Session> => {
  const { session, conversation } = await findSessionAccess(needs, viewer, input.sessionId, 'input.sessionId')
  const reason = cleanOptionalText('input.reason', input.reason, { max: LONGEST_REASON })
  if (session.status !== 'ACTIVE') return session
  return needs.writer.run(async writing => {
    const open = await writing.open(conversation.id)
    const refusal = open && denied('endSession', await actingIn(open, viewer))
    const current = await needs.sessions.findWithin(writing.tx, session.id)
    if (!open || !current) throw notFound('session', 'input.sessionId')
    if (refusal) throw refusal
    if (current.status !== 'ACTIVE') return current
    return (await endSessionWithin(needs, writing, open, { reason, by: viewer.userId })) ?? current
  }, viewer)
}
