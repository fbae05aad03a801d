import { actingIn } from '../conversations/conversation-access.js'
import { denied } from '../conversations/conversation-rules.js'
import type { OpenConversation, Writing } from '../conversations/conversation-writer.js'
import type { Part } from '../conversations/conversation.js'
import { conflict, notFound } from '../errors.js'
import type { Asker } from '../people/person.js'
import type { Services } from '../services.js'
import { findSessionAccess } from './session-access.js'
import type { Session } from './session.js'

type Needs = Pick<Services, 'conversations' | 'grants' | 'limits' | 'sessionActivity' | 'sessions' | 'stays' | 'writer'>

interface Staying {
  writing: Writing
  open: OpenConversation
  part: Part
  session: Session
}

/** Who is in it already stays as they are. */
export const joinSession = (needs: Needs, viewer: Asker, sessionId: string): Promise<Session> =>
  changeStay(needs, viewer, sessionId, 'joinSession', async ({ writing, part, session }) => {
    if (session.status !== 'ACTIVE') throw conflict('SESSION_OVER', 'The session is over.')
    await needs.limits.consume('starts', viewer.userId)
    return needs.stays.join(writing.tx, session.id, part)
  })

/** Leaving what is over, or where one is not, changes nothing. It goes on for the others. */
export const leaveSession = (needs: Needs, viewer: Asker, sessionId: string): Promise<Session> =>
  changeStay(needs, viewer, sessionId, 'leaveSession', async ({ writing, session }) => {
    if (session.status !== 'ACTIVE') return false
    await needs.sessionActivity.touchCall(writing.tx, session.id)
    return needs.stays.leave(writing.tx, session.id, viewer.userId)
  })

const changeStay = async (
  needs: Needs,
  viewer: Asker,
  sessionId: string,
  action: 'joinSession' | 'leaveSession',
  change: (staying: Staying) => Promise<boolean>,
): Promise<Session> => {
  const missing = () => notFound('session', 'input.sessionId')
  const { conversation } = await findSessionAccess(needs, viewer, sessionId, 'input.sessionId')
  return needs.writer.run(async writing => {
    const open = await writing.open(conversation.id)
    const acting = open && (await actingIn(open, viewer))
    const session = await needs.sessions.findWithin(writing.tx, sessionId)
    if (!open || !acting?.part || !session) throw missing()
    const refusal = denied(action, acting)
    if (refusal) throw refusal
    if (!(await change({ writing, open, part: acting.part, session }))) return session
    // Those who follow it learn of the session by its conversation.
    await open.updateConversation({})
    return (await needs.sessions.findWithin(writing.tx, sessionId)) ?? session
  }, viewer)
}
