import type { Money } from '../billing/money.js'
import type { SessionType } from '../sessions/session.js'

export interface SessionRate {
  type: SessionType
  perMinute: Money
}

/** What somebody offers as a professional. */
export interface ProfessionalProfile {
  /** The user's. */
  id: string
  specialty: string | null
  acceptingSessions: boolean
  sessionTypes: SessionType[]
  rates: SessionRate[]
}

export const SESSION_TYPES: readonly SessionType[] = ['CHAT', 'VOICE', 'VIDEO']

/** What holds until they say otherwise. */
export const defaultProfile = (id: string): ProfessionalProfile => ({
  id,
  specialty: null,
  acceptingSessions: true,
  sessionTypes: [...SESSION_TYPES],
  rates: [],
})

export const rateFor = ({ rates }: ProfessionalProfile, type: SessionType): Money | null =>
  rates.find(rate => rate.type === type)?.perMinute ?? null
