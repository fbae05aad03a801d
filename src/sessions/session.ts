import type { Money } from '../billing/money.js'
import type { Role } from '../people/person.js'

export type SessionType = 'CHAT' | 'VOICE' | 'VIDEO'
/** As texts name it. */
export const sessionName = (type: SessionType) => `${type.toLowerCase()} session`

export type SessionStatus = 'ACTIVE' | 'ENDED' | 'EXPIRED'

export interface Session {
  id: string
  conversationId: string
  type: SessionType
  status: SessionStatus
  patientId: string | null
  professionalId: string
  appointmentId: string | null
  serviceId: string | null
  startedAt: Date
  endedAt: Date | null
  endReason: string | null
  /** By the database's clock; while ACTIVE, up to when it was read. */
  durationSeconds: number
  /** How often somebody has joined or left. */
  stays: number
  /** Of a minute, fixed at the start; null where nothing is charged. */
  rate: Money | null
  /** Once it has ended; null where nothing is charged. */
  finalCost: Money | null
  /** What of it was given back so far; null where nothing is charged. */
  refunded: Money | null
}

export interface Stay {
  joinedAt: Date
  leftAt: Date | null
}

export interface SessionParticipant {
  sessionId: string
  userId: string
  role: Role
  /** The first time. */
  joinedAt: Date
  /** The last time; null while they are in it. */
  leftAt: Date | null
  stays: Stay[]
}
