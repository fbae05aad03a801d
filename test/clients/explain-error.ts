import { CombinedGraphQLErrors } from '@apollo/client'
import type { ConflictReason, ErrorCode } from './operations.js'
import { FileRefused } from './send-files.js'

interface Extensions {
  code?: ErrorCode
  reason?: ConflictReason
  field?: string
  retryAfterMs?: number
}

const CONFLICTS: Partial<Record<ConflictReason, string>> = {
  ATTACHMENT_NOT_READY: 'A file is not ready yet.',
  CARE_RELATIONSHIP_ENDED: 'You are not in touch with this person any more.',
  CONVERSATION_NOT_ACTIVE: 'This conversation takes no messages.',
  MESSAGE_DELETED: 'This message was deleted.',
  SESSION_ALREADY_ACTIVE: 'There is a session already.',
  SESSION_NOT_OVER: 'The session is still running.',
  SESSION_OVER: 'The session is over.',
}
const TEXTS: Partial<Record<ErrorCode, (extensions: Extensions) => string | undefined>> = {
  UNAUTHENTICATED: () => 'Please sign in again.',
  FORBIDDEN: () => 'This is not open to you, or no longer.',
  NOT_FOUND: () => 'This is not open to you, or no longer.',
  BAD_USER_INPUT: ({ field }) => `Please check ${field ?? 'what you have entered'}.`,
  CONFLICT: ({ reason }) => reason && CONFLICTS[reason],
  PROFESSIONAL_UNAVAILABLE: () => 'There are no such sessions at present.',
  RATE_LIMITED: ({ retryAfterMs = 1000 }) => `Please wait ${Math.ceil(retryAfterMs / 1000)} s.`,
}

/** What to tell the person. Codes and reasons may come to be more. */
export const explainError = (error: unknown): string => {
  if (error instanceof FileRefused) return error.message
  if (!CombinedGraphQLErrors.is(error)) return 'There is no connection to the server.'
  const extensions: Extensions = error.errors[0]?.extensions ?? {}
  return (extensions.code && TEXTS[extensions.code]?.(extensions)) ?? 'That did not work: please try again.'
}
