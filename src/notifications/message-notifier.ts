import type { EventBus } from '../events/event-bus.js'
import type { ChangeRange } from '../events/topics.js'
import type { Done } from '../jobs/job.js'
import type { JobRun } from '../jobs/job-runs.js'
import type { Logger } from '../logger.js'
import { RetryingTask } from '../retrying-task.js'
import type { MessageNoticeStore, Stretch } from './message-notices.store.js'

export interface NotifierTimings {
  /** Between a message and its notifications: who has the conversation open reads it meanwhile. */
  afterMs: number
  /** How often conversations are looked for whose messages nobody has told of. */
  sweepEveryMs: number
  /** How long such a conversation has been quiet. */
  quietForMs: number
}

export const NOTIFIER_TIMINGS: NotifierTimings = { afterMs: 1_000, sweepEveryMs: 10_000, quietForMs: 30_000 }

interface Needs {
  store: Pick<MessageNoticeStore, 'add' | 'sweep' | 'countUnswept'>
  bus: Pick<EventBus, 'publish'>
  /** Something may have to be pushed. */
  onAdded: () => void
  onRun?: (run: JobRun) => void
  logger: Logger
}

const BATCH = 100
/** What does not fit in is left to the sweep. */
const MOST_QUEUED = 10_000

/** Makes notifications of messages, behind the sending of them. */
export class MessageNotifier {
  private readonly touched = new Map<string, number>()
  private readonly task: RetryingTask
  private delay: NodeJS.Timeout | undefined
  private timer: NodeJS.Timeout | undefined
  private sweepDue = false
  private stopped = false

  constructor(
    private readonly needs: Needs,
    private readonly timings: NotifierTimings = NOTIFIER_TIMINGS,
  ) {
    this.task = new RetryingTask({
      work: () => this.work(),
      logger: needs.logger,
      failure: 'Notifications of messages could not be written; it is tried again.',
      onRun: needs.onRun,
    })
  }

  get queued() {
    return this.touched.size
  }

  start(): void {
    this.timer = setInterval(() => void this.sweep(), this.timings.sweepEveryMs).unref()
    void this.sweep()
  }

  async stop(): Promise<void> {
    this.stopped = true
    clearInterval(this.timer)
    clearTimeout(this.delay)
    await this.task.stop()
  }

  /** Messages were stored by this process. */
  stored(conversationId: string, { changes }: ChangeRange): void {
    const [first] = changes
    if (this.stopped || first?.kind !== 'message') return
    this.touch({ conversationId, fromSeq: first.message.seq })
    this.delay ??= setTimeout(() => {
      this.delay = undefined
      void this.task.request()
    }, this.timings.afterMs).unref()
  }

  private touch({ conversationId, fromSeq }: Stretch): void {
    const known = this.touched.get(conversationId)
    if (known === undefined && this.touched.size >= MOST_QUEUED) return
    this.touched.set(conversationId, Math.min(fromSeq, known ?? fromSeq))
  }

  countUnswept(): Promise<number> {
    return this.needs.store.countUnswept(this.timings.quietForMs)
  }

  /** What nobody has told of, in what is quiet by now. */
  async *sweepAll(): AsyncGenerator<Done> {
    for (let more = true; more;) {
      const swept = await this.sweepBatch()
      more = swept.more
      yield { notifications: swept.notifications }
    }
  }

  private async sweepBatch() {
    const { userIds, more } = await this.needs.store.sweep(this.timings.quietForMs)
    this.tell(userIds)
    return { notifications: userIds.length, more }
  }

  private sweep(): Promise<void> {
    this.sweepDue = true
    return this.task.request()
  }

  private async work(): Promise<Done> {
    let notifications = 0
    while (this.touched.size > 0 && !this.stopped) notifications += await this.addBatch()
    while (this.sweepDue && !this.stopped) {
      const swept = await this.sweepBatch()
      this.sweepDue = swept.more
      notifications += swept.notifications
    }
    return { notifications }
  }

  private async addBatch(): Promise<number> {
    const batch = [...this.touched].slice(0, BATCH).map(([conversationId, fromSeq]) => ({ conversationId, fromSeq }))
    for (const { conversationId } of batch) this.touched.delete(conversationId)
    try {
      const userIds = await this.needs.store.add(batch)
      this.tell(userIds)
      return userIds.length
    } catch (error) {
      for (const stretch of batch) this.touch(stretch)
      throw error
    }
  }

  private tell(userIds: readonly string[]): void {
    for (const userId of new Set(userIds)) this.needs.bus.publish('user', userId, { kind: 'notifications' })
    if (userIds.length > 0) this.needs.onAdded()
  }
}
