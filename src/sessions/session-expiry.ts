import type { Logger } from '../logger.js'
import { RetryingTask } from '../retrying-task.js'

/** How often a process looks for calls in which people meet, and for idle sessions. */
const LOOK_EVERY_MS = 10_000

interface Needs {
  expire: (isStopped: () => boolean) => Promise<unknown>
  logger: Logger
}

/** Sees to it that idle sessions end, on whichever process looks first. */
export class SessionExpiry {
  private readonly task: RetryingTask
  private timer: NodeJS.Timeout | undefined
  private stopped = false

  constructor(
    needs: Needs,
    private readonly lookEveryMs = LOOK_EVERY_MS,
  ) {
    this.task = new RetryingTask({
      work: async () => void (await needs.expire(() => this.stopped)),
      logger: needs.logger,
      failure: 'Idle sessions could not be read, or not be ended; it is tried again.',
    })
  }

  start(): void {
    this.timer = setInterval(() => void this.task.request(), this.lookEveryMs).unref()
    void this.task.request()
  }

  async stop(): Promise<void> {
    this.stopped = true
    clearInterval(this.timer)
    await this.task.stop()
  }
}
