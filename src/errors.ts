export type ErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'BAD_USER_INPUT'
  | 'CONFLICT'
  | 'RATE_LIMITED'
  | 'PROFESSIONAL_UNAVAILABLE'
  | 'UNAVAILABLE'

export type ConflictReason =
  | 'CARE_RELATIONSHIP_ENDED'
  | 'CONVERSATION_NOT_ACTIVE'
  | 'SESSION_ALREADY_ACTIVE'
  | 'SESSION_OVER'
  | 'SESSION_NOT_OVER'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'MESSAGE_DELETED'
  | 'ATTACHMENT_NOT_READY'
  | 'ATTACHMENT_SENT'

export interface ErrorDetails {
  field?: string
  reason?: ConflictReason
  retryAfterMs?: number
  sessionId?: string
}

/** What the domain refuses, and why. The transports turn it into their own form. */
export class DomainError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: ErrorDetails = {},
  ) {
    super(message)
    this.name = 'DomainError'
  }
}

export const professionalUnavailable = (message: string) => new DomainError('PROFESSIONAL_UNAVAILABLE', message)

export const unauthenticated = (message = 'A valid token is needed.') => new DomainError('UNAUTHENTICATED', message)

export const forbidden = (message: string, details: ErrorDetails = {}) => new DomainError('FORBIDDEN', message, details)

export const notFound = (what: string, field?: string) =>
  new DomainError('NOT_FOUND', `There is no such ${what}.`, field === undefined ? {} : { field })

export const badInput = (field: string, message: string) => new DomainError('BAD_USER_INPUT', message, { field })

export const conflict = (reason: ConflictReason, message: string, details: ErrorDetails = {}) =>
  new DomainError('CONFLICT', message, { ...details, reason })

export const rateLimited = (retryAfterMs: number, message = 'Too many requests.') =>
  new DomainError('RATE_LIMITED', message, { retryAfterMs })

export const unavailable = (message = 'The database does not answer at present; try again.') =>
  new DomainError('UNAVAILABLE', message)
