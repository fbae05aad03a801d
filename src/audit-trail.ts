import type { Asker } from './people/person.js'

export type AuditOutcome = 'ALLOWED' | 'DENIED'

/** Whom and what an event is about. Ids that nobody has are left out when it is stored. */
export interface AuditAbout {
  subjectUserId?: string
  conversationId?: string
  messageId?: string
  sessionId?: string
  /** Under which it was read, or that it was about: then nobody but its subject is the subject, whoever's conversation it is. */
  accessGrantId?: string
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

/** What somebody does, as it is recorded; null where no root field asks for it. */
export const actOf = ({ userId, requestId, trail }: Asker): AuditEntry | null =>
  trail ? { ...trail.about, action: trail.action, outcome: 'ALLOWED', actorId: userId, requestId } : null

/** What they did is recorded in the transaction that wrote it, and that is committed. */
export const markRecorded = (asker: { readonly trail?: AuditTrail | undefined } | undefined): void => {
  if (asker?.trail) asker.trail.isWritten = true
}

type GrantedRead = Required<Pick<AuditAbout, 'subjectUserId' | 'accessGrantId'>> & Pick<AuditAbout, 'conversationId'>

/** What is come to by another object than the root field's, under a grant. */
export const READ_UNDER_GRANT = 'readUnderGrant'

/** Of a file that was fetched by its address, or was to be. */
export const DOWNLOADED = 'attachmentDownloaded'

/** Of a subscription's end. */
export const endOf = (action: string) => `${action}.end`

/** What one operation reads under access grants. */
export class GrantedReads {
  #noted: Set<string> | undefined

  constructor(private readonly record: (about: AuditAbout) => void) {}

  /** With the event of the root field that asks for it; what is come to by another object has one of its own, once. */
  note(read: GrantedRead, trail: AuditTrail | undefined): void {
    const noted = (this.#noted ??= new Set())
    const name = `${read.conversationId} ${read.subjectUserId}`
    if (trail) Object.assign(trail.about, read)
    else if (!noted.has(name)) this.record(read)
    noted.add(name)
  }
}
