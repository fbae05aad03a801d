import { chatError, type ChatError, type ConflictReason } from '@colloquy/apollo'
import { strings } from './strings.js'

// Typed, so that a code that comes to the API asks for its text.
const codes: Record<ChatError['code'], string> = strings.errors.codes
const conflicts: Record<ConflictReason, string> = strings.errors.conflicts

/** What to tell a person, of whatever was thrown, or of the `error` of a hook. */
export const errorText = (error: unknown): string => {
  const { code, reason, retryAfterMs } = chatError(error)
  if (code === 'RATE_LIMITED' && retryAfterMs) return strings.errors.waitFor(Math.ceil(retryAfterMs / 1000))
  // A server that is newer than this page may know more of them.
  return (reason && conflicts[reason]) ?? codes[code] ?? strings.common.failed
}
