import type { Logger } from './logger.js'

/** Takes each step, also when one before it failed. Fails at the end where any did; the log says why. */
export const closeAll = async (steps: readonly (() => unknown)[], logger: Pick<Logger, 'error'>): Promise<void> => {
  let failed = 0
  for (const step of steps) {
    try {
      await step()
    } catch (error) {
      failed++
      logger.error({ error }, 'A part could not be closed')
    }
  }
  if (failed > 0) throw new Error(`${failed} of the parts could not be closed.`)
}

/** Where the work fails, what was begun is closed, and the work's own error is thrown whatever becomes of that. */
export const orClose = async <T>(work: Promise<T>, close: () => Promise<void>): Promise<T> => {
  try {
    return await work
  } catch (error) {
    await close().catch(() => {})
    throw error
  }
}
