import { CombinedGraphQLErrors } from '@apollo/client'
import type { ErrorCode } from './operations.js'

/**
 * Asks again where the server is busy, once it says that it may be asked; for what does no harm twice, such as a query, or a
 * send with its clientMessageId.
 */
export const patiently = async <Answer>(ask: () => Promise<Answer>, attempts = 5): Promise<Answer> => {
  for (let failures = 1; ; failures++) {
    try {
      return await ask()
    } catch (error) {
      if (!CombinedGraphQLErrors.is(error) || failures === attempts) throw error
      const { code, retryAfterMs } = (error.errors[0]?.extensions ?? {}) as { code?: ErrorCode; retryAfterMs?: number }
      if (code !== 'RATE_LIMITED' && code !== 'UNAVAILABLE') throw error
      // Never before, and not all who wait in the same moment.
      const pauseMs = (retryAfterMs ?? 500 * 2 ** failures) * (1 + Math.random() / 2)
      await new Promise(resolve => setTimeout(resolve, pauseMs))
    }
  }
}
