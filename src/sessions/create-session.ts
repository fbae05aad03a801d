import { actingIn } from '../conversations/conversation-access.js'
import type { OpenConversation, Writing } from '../conversations/conversation-writer.js'
import { notFound, professionalUnavailable } from '../errors.js'
import { optionalExternalId } from '../limits/ids.js'
import { sessionNotices } from '../notifications/notices.js'
import type { Asker, Person, Viewer } from '../people/person.js'
import { type ProfessionalProfile, rateFor } from '../professionals/professional-profile.js'
import type { Services } from '../services.js'
import { sessionNote } from './end-session.js'
import { findTarget, refuseStart, type Sides, sidesOf, type TargetInput } from './session-target.js'
import type { NewSession } from './session.store.js'
import type { Session, SessionType } from './session.js'

type Needs = Pick<Services, 'config' | 'conversations' | 'limits' | 'people' | 'profiles' | 'sessions' | 'writer'>

export interface CreateSessionInput extends TargetInput {
  type: SessionType
  appointmentId?: string | null
  serviceId?: string | null
}

/** One at a time in each conversation: decided under its lock. What is counted as a start would have been allowed before. */
export const createSession = async (needs: Needs, viewer: Asker, input: CreateSessionInput): Promise<Session> => {
  const target = await findTarget(needs, viewer, input)
  const details = {
    type: input.type,
    appointmentId: optionalExternalId('input.appointmentId', input.appointmentId),
    serviceId: optionalExternalId('input.serviceId', input.serviceId),
  }
  requireOffered(await readOffer(needs, target.sides), input.type)
  await needs.limits.consume('starts', viewer.userId)
  return needs.writer.run(async writing => {
    const open = await target.open(writing)
    const acting = await actingIn(open, viewer)
    refuseStart(acting, input.asRole)
    const sides = sidesOf(acting)
    const offer = await readOffer(needs, sides, writing.tx)
    requireOffered(offer, input.type)
    const rate = rateFor(offer.profile, input.type)
    const session = await startWithin(needs, viewer, writing, open, { ...details, ...sides, rate })
    if (viewer.trail) viewer.trail.about.sessionId = session.id
    return session
  }, viewer)
}

interface Offer {
  profile: ProfessionalProfile
  professional: Person | null
  /** Undefined in a group. */
  patient: Person | null | undefined
}

const readOffer = async (
  { people, profiles }: Needs,
  { patientId, professionalId }: Sides,
  tx?: Writing['tx'],
): Promise<Offer> => {
  const find = (id: string) => (tx ? people.findWithin(tx, id) : people.find(id))
  return {
    profile: await profiles.find(professionalId, tx),
    professional: await find(professionalId),
    patient: patientId === null ? undefined : await find(patientId),
  }
}

/** Whoever starts it. */
const requireOffered = ({ profile, professional, patient }: Offer, type: SessionType): void => {
  if (!profile.acceptingSessions || !professional?.active || !professional.roles.includes('PROFESSIONAL'))
    throw professionalUnavailable('The professional takes no sessions at present.')
  if (!profile.sessionTypes.includes(type))
    throw professionalUnavailable('The professional does not offer this kind of session.')
  if (patient?.active === false) throw notFound('user', 'input.conversationId')
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
  await open.addSystemMessage(sessionNote(session.type, session.status), session.id, 'SESSION_STARTED')
  await writing.notify(sessionNotices(session, everyone, userId))
  return session
}
