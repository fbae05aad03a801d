import type { Logger } from '../logger.js'
import { RetryingTask } from '../retrying-task.js'
import type { Done, Job } from './job.js'
import type { JobOutcome, JobRuns } from './job-runs.js'
import type { JobStore } from './job.store.js'
import { runBatches } from './run-batches.js'

export interface JobTimings {
  /** How often a process looks for what is due. */
  lookEveryMs: number
  /** How long a job is a process's own, from its last sign of life: longer than a batch. */
  leaseMs: number
  /** After a failure. */
  retryMs: number
}

export const JOB_TIMINGS: JobTimings = { lookEveryMs: 10_000, leaseMs: 60_000, retryMs: 60_000 }

interface Needs {
  jobs: readonly Job[]
  store: JobStore
  runs: JobRuns
  logger: Logger
}

export interface RunByHand {
  dryRun?: boolean
  onProgress?: (done: Done) => void
}

export interface Report {
  outcome: Exclude<JobOutcome, 'FAILED'>
  done: Done
}

/** Runs each job when it is due, on one process at a time; and by hand at any time, which does no harm. */
export class JobRunner {
  private readonly running = new Map<string, Promise<void>>()
  private readonly stopping = new AbortController()
  private readonly looking: RetryingTask
  private timer: NodeJS.Timeout | undefined

  constructor(
    private readonly needs: Needs,
    private readonly timings: JobTimings = JOB_TIMINGS,
  ) {
    const { logger } = needs
    this.looking = new RetryingTask({ work: () => this.look(), logger, failure: 'What jobs are due could not be read' })
  }

  get jobs(): readonly Job[] {
    return this.needs.jobs
  }

  start(): void {
    this.timer = setInterval(() => void this.looking.request(), this.timings.lookEveryMs).unref()
  }

  /** Once the batches are done that run. */
  async stop(): Promise<void> {
    clearInterval(this.timer)
    this.stopping.abort()
    await this.looking.stop()
    await Promise.all(this.running.values())
  }

  /** Whether it is due or not, and whoever else runs it. Throws where it fails. */
  async runNow(job: Job, { dryRun = false, onProgress }: RunByHand = {}): Promise<Report> {
    const pace = { signal: this.stopping.signal, onBatch: onProgress }
    const { done, stopped } = await runBatches(dryRun ? job.preview() : job.run(), pace)
    if (!dryRun && !stopped) await this.needs.store.succeeded(job.name)
    return { outcome: stopped ? 'STOPPED' : 'DONE', done }
  }

  private async look(): Promise<void> {
    const { jobs, store, runs } = this.needs
    const timed = jobs.filter(job => job.everyMs !== null && job.off === null && !this.running.has(job.name))
    const claimed = new Set(
      await store.claim(
        timed.map(job => job.name),
        this.timings.leaseMs,
      ),
    )
    for (const job of timed) if (claimed.has(job.name)) this.begin(job)
    for (const { name, at } of await store.lastSuccesses()) runs.succeeded(name, at)
  }

  private begin(job: Job): void {
    const run = this.run(job)
      .catch((error: unknown) => this.needs.logger.warn({ error, job: job.name }, 'A job could not be put off'))
      .finally(() => this.running.delete(job.name))
    this.running.set(job.name, run)
  }

  private async run(job: Job): Promise<void> {
    const { store, runs, logger } = this.needs
    const began = performance.now()
    let done: Done = {}
    let outcome: JobOutcome = 'FAILED'
    try {
      const onBatch = this.keeper(job, soFar => (done = soFar))
      const { stopped } = await runBatches(job.run(), { signal: this.stopping.signal, onBatch })
      outcome = stopped ? 'STOPPED' : 'DONE'
    } catch (error) {
      logger.error({ error, job: job.name }, 'A job failed; it is tried again')
    }
    runs.record(job.name, { outcome, ms: performance.now() - began, done })
    // What was stopped is for the next process that looks.
    const nextMs = { DONE: job.everyMs ?? 0, STOPPED: 0, FAILED: this.timings.retryMs }
    await store.moveOn(job.name, nextMs[outcome], outcome === 'DONE')
  }

  /** Says in time that it still runs. */
  private keeper(job: Job, onBatch: (done: Done) => void) {
    const { leaseMs } = this.timings
    let keptAt = performance.now()
    return async (done: Done) => {
      onBatch(done)
      if (performance.now() - keptAt < leaseMs / 4) return
      keptAt = performance.now()
      await this.needs.store.moveOn(job.name, leaseMs, false)
    }
  }
}
