import type { EventBus } from '../events/event-bus.js'
import type { Done } from '../jobs/job.js'
import type { JobRun } from '../jobs/job-runs.js'
import type { Logger } from '../logger.js'
import { RetryingTask } from '../retrying-task.js'
import type { AlertStore, Overdue } from './alerts.store.js'

/** How often a process looks for emergencies that nobody was told of, or that nobody acknowledged. */
export const LOOK_EVERY_MS = 5_000

interface Needs {
  alerts: Pick<AlertStore, 'alert' | 'overdue' | 'countDue'>
  escalate: (emergency: Overdue) => Promise<void>
  /** How long the participants have for an acknowledgement. */
  ackMs: number
  bus: Pick<EventBus, 'publish'>
  /** Something may have to be pushed. */
  onAlerted: () => void
  onRun?: (run: JobRun) => void
  logger: Logger
}

/** Sees to it that people learn of emergencies, also of those that a process left behind when it died. */
export class EmergencyWatch {
  private readonly task: RetryingTask
  private timer: NodeJS.Timeout | undefined
  private stopped = false

  constructor(
    private readonly needs: Needs,
    private readonly lookEveryMs = LOOK_EVERY_MS,
  ) {
    this.task = new RetryingTask({
      work: () => this.look(),
      logger: needs.logger,
      failure: 'Emergencies could not be read, or not be escalated; it is tried again.',
      onRun: needs.onRun,
    })
  }

  start(): void {
    this.timer = setInterval(() => this.flagged(), this.lookEveryMs).unref()
    this.flagged()
  }

  async stop(): Promise<void> {
    this.stopped = true
    clearInterval(this.timer)
    await this.task.stop()
  }

  /** There may be a new one. */
  flagged(): void {
    void this.task.request()
  }

  countDue(): Promise<{ flagged: number; overdue: number }> {
    return this.needs.alerts.countDue(this.needs.ackMs)
  }

  /** All that is due now. */
  async look(): Promise<Done> {
    let alerts = 0
    for (let more = true; more && !this.stopped;) {
      const alerted = await this.needs.alerts.alert()
      for (const userId of alerted.userIds) this.needs.bus.publish('user', userId, { kind: 'notifications' })
      if (alerted.userIds.length > 0) this.needs.onAlerted()
      alerts += alerted.userIds.length
      more = alerted.more
    }
    return { alerts, escalations: await this.escalateOverdue() }
  }

  /** Those that fail hold up no other, however many they are. */
  private async escalateOverdue(): Promise<number> {
    const { alerts, ackMs, escalate } = this.needs
    const failures: unknown[] = []
    let looked = 0
    for (let last: Overdue | undefined; !this.stopped;) {
      const overdue: Overdue[] = await alerts.overdue(ackMs, last?.messageId ?? null)
      last = overdue.at(-1)
      looked += overdue.length
      if (!last) break
      for (const emergency of overdue)
        if (!this.stopped) await escalate(emergency).catch((error: unknown) => failures.push(error))
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Some emergencies were not escalated.')
    return looked
  }
}
