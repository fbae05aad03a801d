import { type Access, findAccess } from '../conversations/conversation-access.js'
import { findReadAccess, type Reader } from '../conversations/read-access.js'
import { type DomainError, notFound } from '../errors.js'
import { isUuid } from '../limits/ids.js'
import type { Viewer } from '../people/person.js'
import type { Services } from '../services.js'
import type { Session } from './session.js'

type Needs = Pick<Services, 'conversations' | 'grants' | 'sessions'>
type Found = Access & { session: Session }

const find = async ({ sessions }: Needs, sessionId: string, missing: () => DomainError): Promise<Session> => {
  const session = isUuid(sessionId) ? await sessions.find(sessionId) : null
  if (!session) throw missing()
  return session
}

/** A session is for those who take part in its conversation. */
export const findSessionAccess = async (
  needs: Needs,
  viewer: Viewer,
  sessionId: string,
  field?: string,
): Promise<Found> => {
  const missing = () => notFound('session', field)
  const session = await find(needs, sessionId, missing)
  return { session, ...(await findAccess(needs, viewer, session.conversationId, missing)) }
}

/** And, to be read, for who may read that. */
export const findReadableSession = async (needs: Needs, viewer: Reader, sessionId: string): Promise<Found> => {
  const missing = () => notFound('session')
  const session = await find(needs, sessionId, missing)
  return { session, ...(await findReadAccess(needs, viewer, session.conversationId, missing)) }
}
