import { randomUUID } from 'node:crypto'
import type { EventBus, Unsubscribe } from '../events/event-bus.js'
import { Turns } from '../limits/turns.js'
import type { Logger } from '../logger.js'
import { RetryingTask } from '../retrying-task.js'
import type { CallSignal } from './call.js'
import type { CallListener, CallListenerStore } from './call-listeners.store.js'

export interface CallTimings {
  /** How often a process says whose subscriptions it still has. */
  renewEveryMs: number
  /** How long after it last said so they count. */
  holdsForMs: number
}

export const CALL_TIMINGS: CallTimings = { renewEveryMs: 10_000, holdsForMs: 30_000 }

/** Of one person, besides the signal that is being sent. */
const WAITING_SIGNALS = 100

interface Needs {
  store: CallListenerStore
  bus: Pick<EventBus, 'publish' | 'subscribe'>
  logger: Logger
}

/** Hands signals on over the bus, and knows who follows them: here, and by the database at every process. */
export class CallKeeper {
  sent = 0
  /** A person's signals go out one after the other, as they came in. */
  private readonly turns = new Turns({ atOnce: Infinity, waitingOfOne: WAITING_SIGNALS })
  private readonly listeners = new Map<string, CallListener>()
  private readonly gone = new Set<string>()
  private readonly task: RetryingTask
  private timer: NodeJS.Timeout | undefined
  private renewalDue = false

  constructor(
    private readonly needs: Needs,
    private readonly timings: CallTimings = CALL_TIMINGS,
  ) {
    const failure = 'who follows calls could not be written; trying again'
    this.task = new RetryingTask({ work: () => this.write(), logger: needs.logger, failure })
  }

  start(): void {
    this.timer = setInterval(() => {
      this.renewalDue = true
      void this.task.request()
    }, this.timings.renewEveryMs).unref()
  }

  get following() {
    return this.listeners.size
  }

  inTurn<T>(userId: string, work: () => Promise<T>): Promise<T> {
    return this.turns.run(userId, work)
  }

  /** How many of those to whom it goes are connected to receive it. */
  async send(signal: CallSignal): Promise<number> {
    const connected = await this.needs.store.connected(signal.sessionId, signal.toIds)
    this.needs.bus.publish('call', signal.sessionId, signal)
    this.sent++
    return connected.length
  }

  /** Once it resolves signals arrive, and every process knows that they do. */
  async follow(sessionId: string, userId: string, listener: (signal: CallSignal) => void): Promise<Unsubscribe> {
    const unsubscribe = await this.needs.bus.subscribe('call', sessionId, signal => {
      if (signal.toIds.includes(userId)) listener(signal)
    })
    const own = { id: randomUUID(), sessionId, userId }
    const leave = () => {
      unsubscribe()
      this.listeners.delete(own.id)
      this.gone.add(own.id)
      void this.task.request()
    }
    this.listeners.set(own.id, own)
    try {
      await this.needs.store.renew([own])
      return leave
    } catch (error) {
      leave()
      throw error
    }
  }

  /** Nobody follows anything here any more. */
  async stop(): Promise<void> {
    clearInterval(this.timer)
    await this.task.stop()
    const left = [...this.listeners.keys(), ...this.gone]
    if (left.length === 0) return
    await this.needs.store.remove(left).catch((error: unknown) => {
      this.needs.logger.warn({ error }, 'who follows calls could not be taken back; it runs out')
    })
  }

  private async write(): Promise<void> {
    const gone = [...this.gone]
    if (gone.length > 0) await this.needs.store.remove(gone)
    for (const id of gone) this.gone.delete(id)
    if (this.renewalDue) await this.needs.store.renew([...this.listeners.values()])
    this.renewalDue = false
  }
}
