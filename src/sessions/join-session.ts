import { actingIn } from '../conversations/conversation-access.js'
import { type Acting, denied } from '../conversations/conversation-rules.js'
import type { Writing } from '../conversations/conversation-writer.js'
import type { Part } from '../conversations/conversation.js'
import { conflict, notFound } from '../errors.js'
import type { Asker } from '../people/person.js'
import type { Services } from '../services.js'
import { findSessionAccess } from './session-access.js'
import type { Session } from './session.js'

type Needs = Pick<Services, 'conversations' | 'grants' | 'limits' | 'sessionActivity' | 'sessions' | 'stays' | 'writer'>

interface Staying {
  writing: Writing
  acting: Acting
  part: Part
  session: Session
}

/** Who is in it already stays as they are, and has started nothing. */
export const joinSession = async (needs: Needs, viewer: Asker, sessionId: string): Promise<Session> => {
  const found = await findSessionAccess(needs, viewer, sessionId, 'input.sessionId')
  refuseJoin(found.session, { viewer, conversation: found.conversation, part: found.part })
  if (!(await isIn(needs, viewer, sessionId))) await needs.limits.consume('starts', viewer.userId)
  return changeStay(needs, viewer, found.session, ({ writing, acting, part, session }) => {
    refuseJoin(session, acting)
    return needs.stays.join(writing.tx, session.id, part)
  })
}

const refuseJoin = (session: Session, acting: Acting): void => {
  const refusal = denied('joinSession', acting)
  if (refusal) throw refusal
  if (session.status !== 'ACTIVE') throw conflict('SESSION_OVER', 'The session is over.')
}

const isIn = async ({ sessions }: Needs, { userId }: Asker, sessionId: string): Promise<boolean> =>
  (await sessions.participantsOf([sessionId])).some(one => one.userId === userId && one.leftAt === null)

/** Leaving what is over, or where one is not, changes nothing. It goes on for the others. */
export const leaveSession = async (needs: Needs, viewer: Asker, sessionId: string): Promise<Session> => {
  const found = await findSessionAccess(needs, viewer, sessionId, 'input.sessionId')
  return changeStay(needs, viewer, found.session, async ({ writing, acting, session }) => {
    const refusal = denied('leaveSession', acting)
    if (refusal) throw refusal
    if (session.status !== 'ACTIVE') return false
    await needs.sessionActivity.touchCall(writing.tx, session.id)
    return needs.stays.leave(writing.tx, session.id, viewer.userId)
  })
}

/** What is decided about a stay is decided under the conversation's lock. */
const changeStay = (
  needs: Needs,
  viewer: Asker,
  { id, conversationId }: Session,
  change: (staying: Staying) => Promise<boolean>,
): Promise<Session> =>
  needs.writer.run(async writing => {
    const open = await writing.open(conversationId)
    const acting = open && (await actingIn(open, viewer))
    const session = await needs.sessions.findWithin(writing.tx, id)
    if (!open || !acting?.part || !session) throw notFound('session', 'input.sessionId')
    if (!(await change({ writing, acting, part: acting.part, session }))) return session
    // Those who follow it learn of the session by its conversation.
    await open.updateConversation({})
    return (await needs.sessions.findWithin(writing.tx, id)) ?? session
  }, viewer)
