import type { Role } from '../people/person.js'

export type SessionType = 'CHAT' | 'VOICE' | 'VIDEO'
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
}

export interface SessionParticipant {
  sessionId: string
  userId: string
  role: Role
  joinedAt: Date
  leftAt: Date | null
}
