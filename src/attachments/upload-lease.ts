import { randomUUID } from 'node:crypto'
import type { EventBus, Unsubscribe } from '../events/event-bus.js'
import type { Logger } from '../logger.js'
import type { UploadLeaseStore } from './upload-lease.store.js'

export interface UploadTimings {
  /** How long a request has an upload after it last said so. */
  holdsForMs: number
  renewEveryMs: number
  /** How long another waits for it, and how often it asks. */
  waitsForMs: number
  retryEveryMs: number
  /** How long a client may send nothing. */
  idleMs: number
}

export const UPLOAD_TIMINGS: UploadTimings = {
  holdsForMs: 10_000,
  renewEveryMs: 2_500,
  waitsForMs: 20_000,
  retryEveryMs: 500,
  idleMs: 30_000,
}

/** Parts of the time for which it is held. */
const LET_GO_AFTER = 0.7
const LOST_AFTER = 0.9

export interface LeaseNeeds {
  store: Pick<UploadLeaseStore, 'take' | 'want' | 'renew' | 'release'>
  bus: Pick<EventBus, 'publish' | 'subscribe'>
  logger: Logger
}

/** Another request has it and does not let go. As @tus/server wants its errors. */
export class UploadBusy extends Error {
  readonly status_code = 423
  readonly body = 'Another request uploads this: try again.\n'
}

export class UploadLease {
  /** Resolves with the end of `unlock`. */
  readonly over: Promise<void>
  private end = () => {}
  private readonly leaseId = randomUUID()
  private letGo: (() => void) | null = null
  private lostAt = 0
  private wake = () => {}
  private isOvertaken = false
  private unsubscribe: Unsubscribe = () => {}
  private renewal: NodeJS.Timeout | undefined
  private expiry: NodeJS.Timeout | undefined

  constructor(
    private readonly id: string,
    private readonly needs: LeaseNeeds & Record<'held' | 'waiting', Map<string, UploadLease>>,
    private readonly timings: UploadTimings,
  ) {
    this.over = new Promise(resolve => (this.end = resolve))
  }

  get isLost(): boolean {
    return performance.now() >= this.lostAt
  }

  /** `letGo` is called when the upload is to be let go: it is wanted elsewhere, or about to be lost. */
  async lock(signal: AbortSignal, letGo: () => void): Promise<void> {
    this.unsubscribe = await this.needs.bus.subscribe('attachment', this.id, ({ kind }) => {
      if (kind === 'wanted') this.letGo?.()
      if (kind === 'free') this.wake()
    })
    this.overtake()
    try {
      await this.acquire(signal)
    } catch (error) {
      this.unsubscribe()
      throw error
    } finally {
      if (this.needs.waiting.get(this.id) === this) this.needs.waiting.delete(this.id)
    }
    this.needs.held.set(this.id, this)
    this.letGo = letGo
    this.renewal = setInterval(() => void this.renew(), this.timings.renewEveryMs).unref()
  }

  /** Never fails: what cannot be given back runs out. */
  async unlock(): Promise<void> {
    this.letGo = null
    clearInterval(this.renewal)
    clearTimeout(this.expiry)
    this.unsubscribe()
    try {
      await this.needs.store.release(this.id, this.leaseId)
      this.needs.bus.publish('attachment', this.id, { kind: 'free' })
    } catch (error) {
      this.needs.logger.warn({ error }, 'An upload could not be given back; that runs out')
    }
    if (this.needs.held.get(this.id) === this) this.needs.held.delete(this.id)
    this.end()
  }

  /** Of those who wait here the last one is the client as it is now: so many that wait ask no more than one. */
  private overtake(): void {
    const earlier = this.needs.waiting.get(this.id)
    this.needs.waiting.set(this.id, this)
    if (!earlier) return
    earlier.isOvertaken = true
    earlier.wake()
  }

  private async acquire(signal: AbortSignal): Promise<void> {
    const { waitsForMs, retryEveryMs } = this.timings
    const deadline = performance.now() + waitsForMs
    while (!(await this.take())) {
      if (signal.aborted || this.isOvertaken || performance.now() > deadline)
        throw new UploadBusy('Another request uploads this.')
      await this.needs.store.want(this.id)
      this.needs.bus.publish('attachment', this.id, { kind: 'wanted' })
      await this.freed(retryEveryMs)
    }
  }

  private async take(): Promise<boolean> {
    const begun = performance.now()
    const taken = await this.needs.store.take(this.id, this.leaseId, this.timings.holdsForMs)
    if (taken) this.holdsSince(begun)
    return taken
  }

  private async renew(): Promise<void> {
    const begun = performance.now()
    try {
      const wanted = await this.needs.store.renew(this.id, this.leaseId, this.timings.holdsForMs)
      if (wanted !== false) this.letGo?.()
      if (wanted !== null && this.letGo) this.holdsSince(begun)
    } catch (error) {
      this.needs.logger.warn({ error }, 'An upload could not be kept; it is tried again')
    }
  }

  /** It is let go, and then counts as lost, before somebody else may take it. */
  private holdsSince(begun: number): void {
    const { holdsForMs } = this.timings
    this.lostAt = begun + holdsForMs * LOST_AFTER
    clearTimeout(this.expiry)
    const leftMs = begun + holdsForMs * LET_GO_AFTER - performance.now()
    this.expiry = setTimeout(() => this.letGo?.(), Math.max(0, leftMs)).unref()
  }

  /** Until it is said to be free, or the time is over. */
  private freed(patienceMs: number): Promise<void> {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, patienceMs)
      this.wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
