import { checkMoney, type Money } from '../billing/money.js'
import { badInput, forbidden } from '../errors.js'
import { externalId } from '../limits/ids.js'
import { cleanOptionalText } from '../limits/text.js'
import { type Asker, isAdmin } from '../people/person.js'
import type { Services } from '../services.js'
import type { SessionType } from '../sessions/session.js'
import { SESSION_TYPES, type ProfessionalProfile, type SessionRate } from './professional-profile.js'
import type { ProfileUpdate } from './professional-profile.store.js'

type Needs = Pick<Services, 'bus' | 'profiles'>

export interface ProfileInput {
  userId?: string | null
  specialty?: string | null
  acceptingSessions?: boolean | null
  sessionTypes?: SessionType[] | null
  rates?: { type: SessionType; perMinute: Money }[] | null
}

const LONGEST_SPECIALTY = 200
/** A session of many years costs less than 2^53 with it. */
export const HIGHEST_RATE = 1_000_000_000

/** What is omitted stays as it is; null is as it was at first. */
export const setProfile = async (needs: Needs, viewer: Asker, input: ProfileInput): Promise<ProfessionalProfile> => {
  const userId = typeof input.userId === 'string' ? externalId('input.userId', input.userId) : viewer.userId
  if (userId !== viewer.userId && !isAdmin(viewer)) throw forbidden('Only admins set the profile of somebody else.')
  const { specialty, acceptingSessions, sessionTypes, rates } = input
  return store(needs, viewer, userId, {
    ...(specialty !== undefined && {
      specialty: cleanOptionalText('input.specialty', specialty, { max: LONGEST_SPECIALTY }),
    }),
    ...(acceptingSessions !== undefined && { acceptingSessions: acceptingSessions ?? true }),
    ...(sessionTypes !== undefined && { sessionTypes: checkTypes(sessionTypes) }),
    ...(rates !== undefined && { rates: checkRates(rates ?? []) }),
  })
}

export const setAccepting = (needs: Needs, viewer: Asker, accepting: boolean): Promise<ProfessionalProfile> =>
  store(needs, viewer, viewer.userId, { acceptingSessions: accepting })

const store = async ({ bus, profiles }: Needs, viewer: Asker, userId: string, update: ProfileUpdate) => {
  if (viewer.trail) viewer.trail.about.subjectUserId = userId
  const profile = await profiles.update(userId, update, viewer)
  if (!profile) throw badInput('input.userId', 'There is no professional with this id.')
  // Who sees whether they are there sees whether they take sessions.
  if (update.acceptingSessions !== undefined) bus.publish('presence', userId, { userId })
  return profile
}

const checkTypes = (types: SessionType[] | null): SessionType[] =>
  SESSION_TYPES.filter(type => types?.includes(type) ?? true)

const checkRates = (rates: SessionRate[]): SessionRate[] => {
  const seen = new Set<SessionType>()
  return rates.map(({ type, perMinute }, index) => {
    if (seen.has(type)) throw badInput(`input.rates.${index}.type`, 'Each type has one rate.')
    seen.add(type)
    return { type, perMinute: checkMoney(`input.rates.${index}.perMinute`, perMinute, { most: HIGHEST_RATE }) }
  })
}
