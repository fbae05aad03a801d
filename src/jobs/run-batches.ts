import { setTimeout as delay } from 'node:timers/promises'
import { addDone, type Done } from './job.js'

export interface Pace {
  /** Breaks it off between two batches. */
  signal: AbortSignal
  /** After each batch, with all that was done so far. */
  onBatch?: (done: Done) => unknown
  /** At most, between two batches. */
  longestPauseMs?: number
}

const LONGEST_PAUSE_MS = 1_000

export interface Batches {
  done: Done
  stopped: boolean
}

/** Rests after each batch for as long as it took, so that at least half of the time is everybody else's. */
export const runBatches = async (
  batches: AsyncIterable<Done>,
  { signal, onBatch, longestPauseMs = LONGEST_PAUSE_MS }: Pace,
): Promise<Batches> => {
  let done: Done = {}
  let began = performance.now()
  for await (const batch of batches) {
    const tookMs = performance.now() - began
    done = addDone(done, batch)
    await onBatch?.(done)
    await delay(Math.min(tookMs, longestPauseMs), undefined, { signal }).catch(() => {})
    if (signal.aborted) return { done, stopped: true }
    began = performance.now()
  }
  return { done, stopped: false }
}
