import type { AuditOutcome } from '../audit-trail.js'

export interface AuditEvent {
  sequence: number
  id: string
  at: Date
  actorId: string | null
  action: string
  outcome: AuditOutcome
  subjectUserId: string | null
  conversationId: string | null
  messageId: string | null
  sessionId: string | null
  requestId: string | null
  accessGrantId: string | null
  hash: string
}

export interface Verification {
  intact: boolean
  checked: number
  firstBrokenSequence: number | null
  /** Events that have waited for too long to become part of the chain. */
  overdue: number
}
