import { type Acting, denied } from '../conversations/conversation-rules.js'
import { badInput, conflict, type DomainError, forbidden } from '../errors.js'
import type { Services } from '../services.js'
import type { Session } from '../sessions/session.js'

type Needs = Pick<Services, 'loaders'>

/** Who is in a session now: who leaves the conversation leaves it. For calls, this is the one place that says so. */
export const partiesOf = async ({ loaders }: Needs, { id }: Session): Promise<string[]> =>
  (await loaders.sessionParticipants(id)).filter(({ leftAt }) => leftAt === null).map(({ userId }) => userId)

/** Why there is no call for who takes part in the conversation; null where there is one. */
export const callDenied = (session: Session, acting: Acting, field?: string): DomainError | null => {
  const refusal = denied('call', acting)
  if (refusal) return refusal
  if (session.type === 'CHAT') return badInput(field ?? 'sessionId', 'Only a VOICE or VIDEO session has a call.')
  return acting.conversation.activeSessionId === session.id ? null : conflict('SESSION_OVER', 'The session is over.')
}

/** Whom the viewer calls with, or an error: FORBIDDEN for who is not in the session. */
export const findOthers = async (needs: Needs, session: Session, acting: Acting, field: string): Promise<string[]> => {
  const refusal = callDenied(session, acting, field)
  if (refusal) throw refusal
  const { userId } = acting.viewer
  const parties = await partiesOf(needs, session)
  if (!parties.includes(userId)) throw forbidden('You are not in this session: join it.')
  return parties.filter(id => id !== userId)
}
