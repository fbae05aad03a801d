import { accessOf } from '../conversations/conversation-access.js'
import type { Viewer } from '../people/person.js'
import type { Services } from '../services.js'
import type { Session } from '../sessions/session.js'
import type { Call } from './call.js'
import { callDenied, partiesOf } from './call-access.js'
import { CREDENTIALS_HOLD_MS, iceServersFor } from './ice-servers.js'

type Needs = Pick<Services, 'config' | 'conversations' | 'loaders'>

/** Null where the viewer has no call to join. */
export const readCall = async (needs: Needs, viewer: Viewer, session: Session): Promise<Call | null> => {
  if (session.type === 'CHAT' || session.status !== 'ACTIVE') return null
  const { userId } = viewer
  const found = await needs.conversations.findWithParticipant(session.conversationId, userId)
  const access = found && accessOf(viewer, found.conversation, found.participant)
  if (!access || callDenied(session, { viewer, ...access })) return null
  if (!(await partiesOf(needs, session)).includes(userId)) return null
  const expiresAt = new Date((await needs.conversations.now()).getTime() + CREDENTIALS_HOLD_MS)
  return { id: session.id, iceServers: iceServersFor(needs.config.calls, userId, expiresAt), expiresAt }
}
