export type AuditOutcome = 'ALLOWED' | 'DENIED'

/** Whom and what an event is about. Ids that nobody has are left out when it is stored. */
export interface AuditAbout {
  subjectUserId?: string
  conversationId?: string
  messageId?: string
  sessionId?: string
}

/** Of one root field that somebody asks for: what is to be recorded of it. */
export interface AuditTrail {
  readonly action: string
  readonly about: AuditAbout
  /** Whether it was recorded with what was written, in the same transaction. */
  isWritten: boolean
}

export interface AuditEntry extends AuditAbout {
  action: string
  outcome: AuditOutcome
  /** Null: the system itself. */
  actorId: string | null
  requestId: string | null
}

/** What they did is recorded in the transaction that wrote it, and that is committed. */
export const markRecorded = (asker: { readonly trail?: AuditTrail | undefined } | undefined): void => {
  if (asker?.trail) asker.trail.isWritten = true
}
