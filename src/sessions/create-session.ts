import type { Money } from '../billing/money.js'
import { openDirect } from '../conversations/direct-access.js'
import { actingIn, findAccess, roleDenied } from '../conversations/conversation-access.js'
import { type Acting, denied } from '../conversations/conversation-rules.js'
import type { OpenConversation, Writing } from '../conversations/conversation-writer.js'
import type { Conversation } from '../conversations/conversation.js'
import { badInput, conflict, forbidden, notFound, professionalUnavailable } from '../errors.js'
import { optionalExternalId } from '../limits/ids.js'
import { sessionNotices } from '../notifications/notices.js'
import type { Asker, Role, Viewer } from '../people/person.js'
import { rateFor } from '../professionals/professional-profile.js'
import type { Services } from '../services.js'
import { sessionNote } from './end-session.js'
import type { NewSession } from './session.store.js'
import type { Session, SessionType } from './session.js'

type Needs = Pick<Services, 'config' | 'conversations' | 'limits' | 'profiles' | 'sessions' | 'writer'>

export interface CreateSessionInput {
  withUserId?: string | null
  conversationId?: string | null
  type: SessionType
  asRole?: Role | null
  appointmentId?: string | null
  serviceId?: string | null
}

/** One at a time in each conversation: decided under its lock. */
export const createSession = async (needs: Needs, viewer: Asker, input: CreateSessionInput): Promise<Session> => {
  const openTarget = await findTarget(needs, viewer, input)
  const details = {
    type: input.type,
    appointmentId: optionalExternalId('input.appointmentId', input.appointmentId),
    serviceId: optionalExternalId('input.serviceId', input.serviceId),
  }
  return needs.writer.run(async writing => {
    const open = await openTarget(writing)
    refuse(await actingIn(open, viewer), input.asRole)
    const sides = sidesOf(open.conversation, viewer)
    const rate = await offeredRate(needs, writing, sides.professionalId, input.type)
    await needs.limits.consume('starts', viewer.userId)
    const session = await startWithin(needs, viewer, writing, open, { ...details, ...sides, rate })
    if (viewer.trail) viewer.trail.about.sessionId = session.id
    return session
  }, viewer)
}

/** How the conversation is opened. Whom it is of, and who may know of it, is decided before. */
const findTarget = async (needs: Needs, viewer: Viewer, input: CreateSessionInput) => {
  const { withUserId, conversationId } = input
  if (withUserId && conversationId) throw badInput('input.conversationId', 'Name a user or a conversation, not both.')
  if (withUserId) {
    const request = { viewer, userId: withUserId, asRole: input.asRole ?? null, field: 'input.withUserId' }
    // The session's own start is the one that is counted.
    return (writing: Writing) => openDirect(needs, writing, request, () => Promise.resolve())
  }
  if (!conversationId) throw badInput('input.withUserId', 'Name a user or a conversation.')
  const missing = () => notFound('conversation', 'input.conversationId')
  await findAccess(needs, viewer, conversationId, missing)
  return async (writing: Writing): Promise<OpenConversation> => {
    const open = await writing.open(conversationId)
    if (!open) throw missing()
    return open
  }
}

const refuse = (acting: Acting, asRole: Role | null | undefined) => {
  const { conversation, part } = acting
  if (!part) throw notFound('conversation', 'input.conversationId')
  const refusal = roleDenied(part, asRole) ?? denied('startSession', acting)
  if (refusal) throw refusal
  if (conversation.kind !== 'DIRECT' && part.role !== 'PROFESSIONAL')
    throw forbidden('Only a professional starts a session here.')
  const sessionId = conversation.activeSessionId
  if (sessionId !== null) throw conflict('SESSION_ALREADY_ACTIVE', 'A session is running already.', { sessionId })
}

const sidesOf = ({ kind, patientId, professionalId }: Conversation, viewer: Viewer) =>
  kind === 'DIRECT' && professionalId !== null
    ? { patientId, professionalId }
    : { patientId: null, professionalId: viewer.userId }

/** What a minute costs; whoever starts it. */
const offeredRate = async (
  { profiles }: Needs,
  { tx }: Writing,
  professionalId: string,
  type: SessionType,
): Promise<Money | null> => {
  const profile = await profiles.findWithin(tx, professionalId)
  if (!profile.acceptingSessions) throw professionalUnavailable('The professional takes no sessions at present.')
  if (!profile.sessionTypes.includes(type))
    throw professionalUnavailable('The professional does not offer this kind of session.')
  return rateFor(profile, type)
}

const startWithin = async (
  needs: Pick<Services, 'sessions'>,
  { userId }: Viewer,
  writing: Writing,
  open: OpenConversation,
  details: Omit<NewSession, 'conversationId'>,
): Promise<Session> => {
  const everyone = await open.participants()
  const members =
    open.conversation.kind === 'DIRECT' ? everyone : everyone.filter(one => one.userId === details.professionalId)
  const session = await needs.sessions.insert(writing.tx, { ...details, conversationId: open.conversation.id }, members)
  await open.updateConversation({ activeSessionId: session.id })
  await open.addSystemMessage(sessionNote(session.type, session.status), session.id)
  await writing.notify(sessionNotices(session, everyone, userId))
  return session
}
