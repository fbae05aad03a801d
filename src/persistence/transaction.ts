import { setTimeout as delay } from 'node:timers/promises'
import type { Transaction } from './database.js'
import { isRetryable, toDomainError } from './database-errors.js'
import type { PrismaClient } from './generated/client.js'

const ATTEMPTS = 6
const MAX_WAIT_MS = 10_000
const TIMEOUT_MS = 15_000

const pauseMs = (attempt: number) => Math.random() * 10 * 2 ** attempt

/** Runs the work again, from its beginning, after a deadlock or a serialisation failure. */
export const runTransaction = async <T>(prisma: PrismaClient, work: (tx: Transaction) => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await prisma.$transaction(work, { maxWait: MAX_WAIT_MS, timeout: TIMEOUT_MS })
    } catch (error) {
      if (!isRetryable(error) || attempt === ATTEMPTS) throw toDomainError(error) ?? error
      await delay(pauseMs(attempt))
    }
  }
}
