import type { Done } from '../jobs/job.js'
import type { JobRun } from '../jobs/job-runs.js'
import type { Logger } from '../logger.js'
import { RetryingTask } from '../retrying-task.js'
import type { AuditStore } from './audit.store.js'
import type { AuditEntry } from '../audit-trail.js'

export interface AuditTimings {
  flushMs: number
  chainMs: number
}

export const AUDIT_TIMINGS: AuditTimings = { flushMs: 300, chainMs: 1_000 }

const BATCH = 500
/** What waits while the database does not answer. */
const MAX_WAITING = 50_000

interface Waiting {
  entry: AuditEntry
  since: number
}

/** What is recorded without a transaction of its own is stored soon; and what is stored is chained, by one process at a time. */
export class AuditLog {
  /** How many were lost because the database did not answer for too long. */
  lost = 0
  private waiting: Waiting[] = []
  private readonly flushing: RetryingTask
  private readonly chaining: RetryingTask
  private flushTimer: NodeJS.Timeout | undefined
  private chainTimer: NodeJS.Timeout | undefined

  constructor(
    private readonly needs: { store: AuditStore; logger: Logger; onChained?: (run: JobRun) => void },
    private readonly timings: AuditTimings = AUDIT_TIMINGS,
  ) {
    const { logger } = needs
    this.flushing = new RetryingTask({ work: () => this.flush(), logger, failure: 'The audit could not be written' })
    this.chaining = new RetryingTask({
      work: () => this.chain(),
      logger,
      failure: 'The audit could not be chained',
      onRun: needs.onChained,
    })
  }

  get queued() {
    return this.waiting.length
  }

  start(): void {
    this.chainTimer = setInterval(() => void this.chaining.request(), this.timings.chainMs).unref()
  }

  record(entry: AuditEntry): void {
    if (this.waiting.length >= MAX_WAITING) {
      if (this.lost++ === 0) this.needs.logger.error({}, 'The audit is not written: events are lost')
      return
    }
    this.waiting.push({ entry, since: performance.now() })
    this.flushTimer ??= setTimeout(() => {
      this.flushTimer = undefined
      void this.flushing.request()
    }, this.timings.flushMs).unref()
  }

  /** Stores what waits. */
  async stop(): Promise<void> {
    clearInterval(this.chainTimer)
    clearTimeout(this.flushTimer)
    await Promise.all([this.flushing.stop(), this.chaining.stop()])
    await this.flush().catch((error: unknown) => {
      this.needs.logger.error({ error, lost: this.waiting.length }, 'The audit could not be written: events are lost')
    })
  }

  private async flush(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting.slice(0, BATCH)
      const now = performance.now()
      await this.needs.store.record(batch.map(({ entry, since }) => ({ ...entry, ageMs: now - since })))
      this.waiting = this.waiting.slice(batch.length)
    }
  }

  countPending(): Promise<number> {
    return this.needs.store.countPending()
  }

  /** What waits in the database. */
  async chain(): Promise<Done> {
    for (let events = 0; ;) {
      const { chained, more } = await this.needs.store.chain()
      events += chained
      if (!more) return { events }
    }
  }
}
