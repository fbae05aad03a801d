import { type Access, findAccess } from '../conversations/conversation-access.js'
import { notFound } from '../errors.js'
import { isUuid } from '../limits/ids.js'
import type { Viewer } from '../people/person.js'
import type { Services } from '../services.js'
import type { Session } from './session.js'

/** A session is for those who take part in its conversation. */
export const findSessionAccess = async (
  needs: Pick<Services, 'conversations' | 'sessions'>,
  viewer: Viewer,
  sessionId: string,
  field?: string,
): Promise<Access & { session: Session }> => {
  const missing = () => notFound('session', field)
  const session = isUuid(sessionId) ? await needs.sessions.find(sessionId) : null
  if (!session) throw missing()
  return { session, ...(await findAccess(needs, viewer, session.conversationId, missing)) }
}
