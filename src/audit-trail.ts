export type AuditOutcome = 'ALLOWED' | 'DENIED'

/** Whom and what an event is about. Ids that nobody has are left out when it is stored. */
export interface AuditAbout {
  subjectUserId?: string
  conversationId?: string
  messageId?: string
  sessionId?: string
  /** It was read under a grant: then nobody else is the subject, whoever's conversation it is. */
  isGranted?: boolean
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

type GrantedRead = Required<Pick<AuditAbout, 'subjectUserId' | 'conversationId'>>

/** What one operation reads under access grants. */
export class GrantedReads {
  #noted: Set<string> | undefined

  constructor(private readonly record: (about: AuditAbout) => void) {}

  /** With the event of the root field that asks for it; what is come to by another object has one of its own, once. */
  note(read: GrantedRead, trail: AuditTrail | undefined): void {
    const noted = (this.#noted ??= new Set())
    const name = `${read.conversationId} ${read.subjectUserId}`
    const about = { ...read, isGranted: true }
    if (trail) Object.assign(trail.about, about)
    else if (!noted.has(name)) this.record(about)
    noted.add(name)
  }
}
