import type { Done } from '../jobs/job.js'
import type { JobRun } from '../jobs/job-runs.js'
import type { Logger } from '../logger.js'
import { RetryingTask } from '../retrying-task.js'
import { titleOf } from './notification.js'
import { type Push, PushFailure, type PushTransport } from './push-transport.js'
import type { Claim, Places, PushStore } from './push.store.js'

export interface PushTimings {
  /** How often a process looks for what is due. */
  lookEveryMs: number
  /** How long the other side has for its answer. */
  timeoutMs: number
  /** How long a process has for a delivery before another takes it: longer than `timeoutMs`. */
  leaseMs: number
  /** After the first failure; doubled with each. */
  backOffMs: number
  longestBackOffMs: number
  giveUpAfterMs: number
}

export const PUSH_TIMINGS: PushTimings = {
  lookEveryMs: 5_000,
  timeoutMs: 10_000,
  leaseMs: 30_000,
  backOffMs: 5_000,
  longestBackOffMs: 3_600_000,
  giveUpAfterMs: 86_400_000,
}

interface Needs {
  /** Null: nothing is pushed. */
  transport: PushTransport | null
  store: PushStore
  onRun?: (run: JobRun) => void
  logger: Logger
}

const MOST_AT_ONCE = 20
/** The other places are kept for what is urgent. */
const MOST_CALM = 15

/** Delivers what is queued, whoever queued it: at least once each, what is urgent first, and else in the order in which it is due. */
export class PushWorker {
  private readonly task: RetryingTask
  private readonly aborted = new AbortController()
  /** Which are urgent. */
  private readonly underWay = new Map<Promise<void>, boolean>()
  private timer: NodeJS.Timeout | undefined
  private lastDepths = { waiting: 0, givenUp: 0 }
  private countIsDue = true

  constructor(
    private readonly needs: Needs,
    private readonly timings: PushTimings = PUSH_TIMINGS,
  ) {
    this.task = new RetryingTask({
      work: () => this.work(),
      logger: needs.logger,
      failure: 'The queue of pushed notifications could not be read; it is tried again.',
      onRun: needs.onRun,
    })
  }

  /** In the whole installation, as it was read last. */
  get depths() {
    return this.lastDepths
  }

  start(): void {
    if (!this.needs.transport) return
    this.timer = setInterval(() => this.look(), this.timings.lookEveryMs).unref()
    this.queued()
  }

  /** What is under way is left to another process. */
  async stop(): Promise<void> {
    clearInterval(this.timer)
    this.aborted.abort()
    await this.task.stop()
    await Promise.all(this.underWay.keys())
  }

  countDue(): Promise<number> {
    return this.needs.transport ? this.needs.store.countDue() : Promise.resolve(0)
  }

  /** All that is due now, one way or the other. */
  async drain(): Promise<Done> {
    for (let sum = 0; ;) {
      const { deliveries = 0 } = await this.work()
      sum += deliveries
      if (deliveries === 0 && this.underWay.size === 0) return { deliveries: sum }
      await Promise.all(this.underWay.keys())
    }
  }

  private look(): void {
    this.countIsDue = true
    this.queued()
  }

  /** There may be something to deliver. */
  queued(): void {
    if (this.needs.transport) void this.task.request()
  }

  /** One that hangs keeps its own place alone. */
  private async work(): Promise<Done> {
    const { store, transport } = this.needs
    let deliveries = 0
    for (let more = true; more && transport && !this.aborted.signal.aborted;) {
      const free = this.free()
      const claims = free.count > 0 ? await store.claim(free, this.timings.leaseMs) : []
      for (const claim of claims) this.begin(transport, claim)
      deliveries += claims.length
      more = free.count > 0 && claims.length === free.count
    }
    await this.count()
    return { deliveries }
  }

  private free(): Places {
    const calm = [...this.underWay.values()].filter(urgent => !urgent).length
    return { count: MOST_AT_ONCE - this.underWay.size, calm: MOST_CALM - calm }
  }

  /** With each look, and not with each push. */
  private async count(): Promise<void> {
    if (!this.countIsDue) return
    this.countIsDue = false
    this.lastDepths = await this.needs.store.depths()
  }

  private begin(transport: PushTransport, claim: Claim): void {
    const delivery = this.deliver(transport, claim)
      .catch((error: unknown) =>
        this.needs.logger.warn({ error }, 'How a push went could not be written; it is pushed again.'),
      )
      .finally(() => {
        this.underWay.delete(delivery)
        if (!this.aborted.signal.aborted) this.queued()
      })
    this.underWay.set(delivery, claim.notification.urgent)
  }

  private async deliver(transport: PushTransport, { notification, attempts }: Claim): Promise<void> {
    const { readAt: _, ...rest } = notification
    const push: Push = { ...rest, title: titleOf(notification) }
    const patience = AbortSignal.any([this.aborted.signal, AbortSignal.timeout(this.timings.timeoutMs)])
    try {
      await transport.deliver(push, patience)
    } catch (error) {
      // Left to another process, as if it had not been begun.
      if (this.aborted.signal.aborted) return
      if (!(error instanceof PushFailure)) this.needs.logger.error({ error }, 'A notification could not be pushed')
      const reason = error instanceof PushFailure ? error.message : 'internal error'
      return this.fail(notification.id, attempts, reason)
    }
    await this.needs.store.delivered(notification.id)
  }

  private async fail(notificationId: string, attempts: number, error: string): Promise<void> {
    const { backOffMs, longestBackOffMs, giveUpAfterMs } = this.timings
    const longest = Math.min(backOffMs * 2 ** Math.min(attempts - 1, 30), longestBackOffMs)
    // Half of it by chance, so that what failed together does not come back together.
    const retryInMs = Math.ceil(longest * (0.5 + Math.random() / 2))
    await this.needs.store.failed({ notificationId, error, retryInMs, giveUpAfterMs })
  }
}
