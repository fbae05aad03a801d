import type { Logger } from '../logger.js'
import { OTHER, type OperationCounts } from '../metrics/operation-counts.js'
import type { Context } from './context.js'

/** Hears of every operation, once; of a subscription when it has begun. An outcome is OK or the code of an error. */
export interface OperationObserver {
  /** Before it ran. */
  refused(outcome: string): void
  ran(name: string | undefined, outcome: string, context: Context): void
}

export const observeOperations = (counts: OperationCounts, logger: Logger): OperationObserver => ({
  refused: outcome => counts.count(OTHER, outcome),
  ran: (given, outcome, { requestId, connection }) => {
    const operation = counts.nameOf(given, connection.userId !== null)
    counts.count(operation, outcome)
    logger.debug({ requestId, operation, outcome }, 'Operation')
  },
})
