import type { Done } from './jobs/job.js'
import type { JobRun } from './jobs/job-runs.js'
import type { Logger } from './logger.js'

const RETRY_MS = 1_000

interface Options {
  /** Throws where it is to be done again. Answers with what it did, where that is counted. */
  work: () => Promise<Done | void>
  logger: Pick<Logger, 'warn'>
  /** What is logged when it begins to fail. */
  failure: string
  /** After each run. */
  onRun?: ((run: JobRun) => void) | undefined
}

/**
 * Runs `work` soon after a request and never twice at a time: requests of one tick are one run, later ones one more. What
 * fails is tried again every second, until it is stopped.
 */
export class RetryingTask {
  private requested = false
  private stopped = false
  private failing = false
  private running: Promise<void> | null = null
  private retryTimer: NodeJS.Timeout | undefined

  constructor(private readonly options: Options) {}

  /** Resolves when nothing is requested any more. */
  request(): Promise<void> {
    this.requested = true
    this.running ??= this.run()
    return this.running
  }

  /** Nothing begins any more; resolves when what runs is over. */
  async stop(): Promise<void> {
    this.stopped = true
    clearTimeout(this.retryTimer)
    await this.running
  }

  private async run(): Promise<void> {
    while (this.requested && !this.stopped) {
      await new Promise(resolve => setImmediate(resolve))
      this.requested = false
      if (!this.stopped) await this.attempt()
    }
    this.running = null
  }

  private async attempt(): Promise<void> {
    const began = performance.now()
    const tell = (outcome: 'DONE' | 'FAILED', done: Done = {}) =>
      this.options.onRun?.({ outcome, ms: performance.now() - began, done })
    try {
      tell('DONE', (await this.options.work()) ?? {})
      this.failing = false
    } catch (error) {
      tell('FAILED')
      if (!this.failing) this.options.logger.warn({ error }, this.options.failure)
      this.failing = true
      if (this.stopped) return
      clearTimeout(this.retryTimer)
      this.retryTimer = setTimeout(() => void this.request(), RETRY_MS).unref()
    }
  }
}
