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
  onRun?: (job: 'alerts' | 'escalations', run: JobRun) => void
  logger: Logger
}

/**
 * Sees to it that people learn of emergencies, also of those that a process left behind when it died. An escalation waits for the
 * lock of its conversation, and may fail: no alert waits for it.
 */
export class EmergencyWatch {
  private readonly alerts: RetryingTask
  private readonly escalations: RetryingTask
  private timer: NodeJS.Timeout | undefined
  private stopped = false

  constructor(
    private readonly needs: Needs,
    private readonly lookEveryMs = LOOK_EVERY_MS,
  ) {
    const { logger, onRun } = needs
    this.alerts = new RetryingTask({
      work: () => this.alert(),
      logger,
      failure: 'Nobody could be told of new emergencies; it is tried again.',
      onRun: run => onRun?.('alerts', run),
    })
    this.escalations = new RetryingTask({
      work: () => this.escalate(),
      logger,
      failure: 'Emergencies could not be escalated; it is tried again.',
      onRun: run => onRun?.('escalations', run),
    })
  }

  start(): void {
    this.timer = setInterval(() => this.look(), this.lookEveryMs).unref()
    this.look()
  }

  async stop(): Promise<void> {
    this.stopped = true
    clearInterval(this.timer)
    await Promise.all([this.alerts.stop(), this.escalations.stop()])
  }

  /** There may be a new one. */
  flagged(): void {
    void this.alerts.request()
  }

  countDue(): Promise<{ flagged: number; overdue: number }> {
    return this.needs.alerts.countDue(this.needs.ackMs)
  }

  private look(): void {
    this.flagged()
    void this.escalations.request()
  }

  /** All that are new. */
  async alert(): Promise<Done> {
    let alerts = 0
    for (let more = true; more && !this.stopped;) {
      const alerted = await this.needs.alerts.alert()
      for (const userId of alerted.userIds) this.needs.bus.publish('user', userId, { kind: 'notifications' })
      if (alerted.userIds.length > 0) this.needs.onAlerted()
      alerts += alerted.userIds.length
      more = alerted.more
    }
    return { alerts }
  }

  /** All that are overdue. Those that fail hold up no other, however many they are. */
  async escalate(): Promise<Done> {
    const { alerts, ackMs, escalate } = this.needs
    const failures: unknown[] = []
    let escalations = 0
    for (let last: Overdue | undefined; !this.stopped;) {
      const overdue: Overdue[] = await alerts.overdue(ackMs, last?.messageId ?? null)
      last = overdue.at(-1)
      escalations += overdue.length
      if (!last) break
      for (const emergency of overdue)
        if (!this.stopped) await escalate(emergency).catch((error: unknown) => failures.push(error))
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Some emergencies were not escalated.')
    return { escalations }
  }
}
