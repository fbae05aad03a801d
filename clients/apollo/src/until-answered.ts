import { chatError, type ChatError } from './errors.js'
import type { ConnectionState } from './socket.js'
import type { Readable } from './store.js'
import { whenOpen } from './when-open.js'

const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 30_000
/** However long the server says: timers hold no more than some weeks. */
const LONGEST_WAIT_MS = 86_400_000

interface Patience {
  connection: Readable<ConnectionState>
  /** Aborted when nobody wants it any more. */
  signal: AbortSignal
  /** Whether the same may work later. */
  passes: (error: ChatError) => boolean
}

/** Ends before its time when the connection is back, but not where the server said how long to wait. */
const pause = ({ connection, signal }: Patience, losses: number, retryAfterMs: number | undefined) =>
  new Promise<void>(resolve => {
    const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** losses) * (0.5 + Math.random() / 2)
    const end = () => {
      clearTimeout(timer)
      unsubscribe()
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, Math.min(LONGEST_WAIT_MS, retryAfterMs ?? pauseMs))
    const unsubscribe = whenOpen(connection, () => {
      if (retryAfterMs === undefined) end()
    })
    signal.addEventListener('abort', end)
  })

/** What the server answers, however long that takes; null where it is aborted before. What does not pass is thrown. */
export const untilAnswered = async <Answer>(patience: Patience, ask: () => Promise<Answer>): Promise<Answer | null> => {
  for (let losses = 0; !patience.signal.aborted; losses++) {
    try {
      return await ask()
    } catch (thrown) {
      const error = chatError(thrown)
      if (!patience.passes(error)) throw thrown
      if (!patience.signal.aborted) await pause(patience, losses, error.retryAfterMs)
    }
  }
  return null
}
