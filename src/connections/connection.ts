import { hasLostRole, type Viewer } from '../people/person.js'
import { QueueBudget } from './queue-budget.js'

export type TransportKind = 'HTTP' | 'SSE' | 'WEBSOCKET'

/** What a valid token makes of its bearer. */
export interface Identity {
  viewer: Viewer
  expiresAt: Date
}

/** The code with which clients get a new token and come again. */
export const FORBIDDEN_CLOSE = 4403
/** The server goes: clients come again, to another one. */
export const GOING_AWAY_CLOSE = 1001
/** The code with which clients come again and resume. */
export const TRY_AGAIN_CLOSE = 1013

/** Without a token there is nothing to stay for, and the places are others'. */
export const ANONYMOUS_LIMIT_MS = 30_000

// setTimeout counts no further.
const LONGEST_TIMER_MS = 2 ** 31 - 1

export interface ConnectionOptions {
  transport: TransportKind
  /** Under which the client reached this server. */
  baseUrl?: string
  /** Null over plain HTTP. */
  id?: string | null
  /** Ends the transport; not called twice. */
  close?: (code: number, reason: string) => void
  isCongested?: () => boolean
}

/** Who is at the other end, and how. Over plain HTTP it lives for one request. */
export class Connection {
  readonly id: string | null
  readonly transport: TransportKind
  readonly baseUrl: string
  readonly connectedAt: Date | null
  readonly queue: QueueBudget
  activeSubscriptions = 0
  /** What the results cost that subscriptions have made and not yet written. */
  costAhead = 0
  #viewer: Viewer | null = null
  #expiresAt: Date | null = null
  #closed = false
  #running = 0
  #expiryTimer: NodeJS.Timeout | undefined
  readonly #closeTransport: (code: number, reason: string) => void
  readonly #listeners = new Set<() => void>()
  #onLostRole: () => void = () => {}
  readonly #idle: (() => void)[] = []

  constructor({ transport, baseUrl = '', id = null, close = () => {}, isCongested }: ConnectionOptions) {
    this.id = id
    this.transport = transport
    this.baseUrl = baseUrl
    this.connectedAt = id === null ? null : new Date()
    this.#closeTransport = close
    this.queue = new QueueBudget(() => this.close(TRY_AGAIN_CLOSE, 'Too slow: reconnect and resume'), isCongested)
  }

  /** Null without a token, and once it has run out. */
  get viewer(): Viewer | null {
    return this.#expiresAt && this.#expiresAt.getTime() <= Date.now() ? null : this.#viewer
  }

  /** Whose connection it is, also when the token has run out. */
  get userId(): string | null {
    return this.#viewer?.userId ?? null
  }

  get expiresAt(): Date | null {
    return this.#expiresAt
  }

  get closed() {
    return this.#closed
  }

  /** Operations under way: until they are answered, and subscriptions until they have begun. */
  get running() {
    return this.#running
  }

  /** Also anew, under another token. Where it outlives a request, it ends with the token. */
  identify({ viewer, expiresAt }: Identity): void {
    const before = this.#viewer
    this.#viewer = viewer
    this.#expiresAt = expiresAt
    if (this.id !== null) this.#armExpiry(expiresAt)
    if (before && hasLostRole(before, viewer)) this.#onLostRole()
  }

  /** Nobody's: it ends soon. */
  remainAnonymous(): void {
    this.#armExpiry(new Date(Date.now() + ANONYMOUS_LIMIT_MS), 'A token is needed to stay connected')
  }

  /** Runs when it lives on, and its viewer has lost a role. */
  onLostRole(listener: () => void): void {
    this.#onLostRole = listener
  }

  /** Runs once, when the connection is gone or given up; at once if it is already. */
  onClose(listener: () => void): () => void {
    if (this.#closed) {
      listener()
      return () => {}
    }
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Counts the work among what runs. */
  async track<T>(work: Promise<T>): Promise<T> {
    this.#running++
    try {
      return await work
    } finally {
      this.#running--
      if (this.#running === 0) for (const resolve of this.#idle.splice(0)) resolve()
    }
  }

  close(code: number, reason: string): void {
    if (this.#closed) return
    this.#closeTransport(code, reason)
    this.ended()
  }

  /** Lets what runs and what is queued go out, for so long at most, and closes with 1001. */
  async drain(limitMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    const limit = new Promise<void>(resolve => (timer = setTimeout(resolve, limitMs)))
    const gone = new Promise<void>(resolve => this.onClose(resolve))
    await Promise.race([Promise.all([this.#becomesIdle(), this.queue.drained()]), gone, limit])
    clearTimeout(timer)
    // What just finished is handed to the transport in this turn; the close goes behind it.
    await new Promise(resolve => setImmediate(resolve))
    this.close(GOING_AWAY_CLOSE, 'Going away')
  }

  async #becomesIdle(): Promise<void> {
    if (this.#running > 0) await new Promise<void>(resolve => this.#idle.push(resolve))
  }

  #armExpiry(expiresAt: Date, reason = 'The token has run out'): void {
    clearTimeout(this.#expiryTimer)
    if (this.#closed) return
    const left = expiresAt.getTime() - Date.now()
    this.#expiryTimer = setTimeout(
      () => (left > LONGEST_TIMER_MS ? this.#armExpiry(expiresAt, reason) : this.close(FORBIDDEN_CLOSE, reason)),
      Math.min(Math.max(left, 0), LONGEST_TIMER_MS),
    ).unref()
  }

  /** The transport is gone. */
  ended(): void {
    if (this.#closed) return
    this.#closed = true
    clearTimeout(this.#expiryTimer)
    for (const listener of this.#listeners) listener()
    this.#listeners.clear()
  }
}
