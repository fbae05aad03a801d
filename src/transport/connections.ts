import type { Viewer } from '../people/person.js'

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

// setTimeout counts no further.
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** How many items may wait for a consumer, over all of its subscriptions. */
export const MAX_QUEUED_ITEMS = 2_000

/** Bounds what waits for one consumer. Past it, the consumer is cut off: a slow one costs only itself. */
export class QueueBudget {
  #queued = 0
  #exhausted = false
  readonly #waiting: (() => void)[] = []

  constructor(
    private readonly onOverflow: () => void,
    /** Whether the transport itself holds too much that the consumer has not taken. */
    private readonly isCongested: () => boolean = () => false,
    private readonly maxItems = MAX_QUEUED_ITEMS,
  ) {}

  get queued() {
    return this.#queued
  }

  /** False: there is no room, the connection is being closed, and the item must not be queued. */
  take(): boolean {
    if (this.#exhausted) return false
    if (this.#queued >= this.maxItems || this.isCongested()) {
      this.#exhausted = true
      this.onOverflow()
      return false
    }
    this.#queued++
    return true
  }

  release(items = 1): void {
    this.#queued -= items
    if (this.#queued <= 0) for (const resolve of this.#waiting.splice(0)) resolve()
  }

  /** Resolves once nothing waits any more. */
  async drained(): Promise<void> {
    if (this.#queued > 0) await new Promise<void>(resolve => this.#waiting.push(resolve))
  }
}

export interface ConnectionOptions {
  transport: TransportKind
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
  readonly connectedAt: Date | null
  readonly queue: QueueBudget
  activeSubscriptions = 0
  #viewer: Viewer | null = null
  #expiresAt: Date | null = null
  #closed = false
  #expiryTimer: NodeJS.Timeout | undefined
  readonly #closeTransport: (code: number, reason: string) => void
  readonly #listeners = new Set<() => void>()

  constructor({ transport, id = null, close = () => {}, isCongested }: ConnectionOptions) {
    this.id = id
    this.transport = transport
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

  /** Also anew, under another token. Where it outlives a request, it ends with the token. */
  identify({ viewer, expiresAt }: Identity): void {
    this.#viewer = viewer
    this.#expiresAt = expiresAt
    if (this.id !== null) this.#armExpiry(expiresAt)
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

  close(code: number, reason: string): void {
    if (this.#closed) return
    this.#closeTransport(code, reason)
    this.ended()
  }

  /** Lets what runs and what is queued go out, for so long at most, and closes with 1001. */
  async drain(limitMs: number, running?: Promise<void>): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    const limit = new Promise<void>(resolve => (timer = setTimeout(resolve, limitMs)))
    const gone = new Promise<void>(resolve => this.onClose(resolve))
    await Promise.race([Promise.all([running, this.queue.drained()]), gone, limit])
    clearTimeout(timer)
    // What just finished is handed to the transport in this turn; the close goes behind it.
    await new Promise(resolve => setImmediate(resolve))
    this.close(GOING_AWAY_CLOSE, 'Going away')
  }

  #armExpiry(expiresAt: Date): void {
    clearTimeout(this.#expiryTimer)
    if (this.#closed) return
    const left = expiresAt.getTime() - Date.now()
    this.#expiryTimer = setTimeout(
      () =>
        left > LONGEST_TIMER_MS ? this.#armExpiry(expiresAt) : this.close(FORBIDDEN_CLOSE, 'The token has run out'),
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

export interface ConnectionsListener {
  /** An identified connection was opened; `count` are the user's, this one included. */
  onOpen?(connection: Connection, userId: string, count: number): void
  /** `count` are those that the user still has in this process. */
  onClose?(connection: Connection, userId: string, count: number): void
}

/** The live connections of this process: sockets and event streams. */
export class Connections {
  readonly #all = new Set<Connection>()
  readonly #byUser = new Map<string, Set<Connection>>()
  readonly #listeners = new Set<ConnectionsListener>()

  get count() {
    return this.#all.size
  }

  userIds(): string[] {
    return [...this.#byUser.keys()]
  }

  ofUser(userId: string): readonly Connection[] {
    return [...(this.#byUser.get(userId) ?? [])]
  }

  listen(listener: ConnectionsListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Once it is known whose it is. Leaves by itself when it closes. */
  add(connection: Connection): void {
    if (connection.closed) return
    this.#all.add(connection)
    connection.onClose(() => this.#remove(connection))
    const { userId } = connection
    if (userId === null) return
    const siblings = this.#byUser.get(userId) ?? new Set()
    this.#byUser.set(userId, siblings.add(connection))
    for (const listener of this.#listeners) listener.onOpen?.(connection, userId, siblings.size)
  }

  closeUser(userId: string, code: number, reason: string): void {
    for (const connection of this.ofUser(userId)) connection.close(code, reason)
  }

  /** Those of the WebSockets, which know what runs, are drained by their transport. */
  async drain(limitMs: number): Promise<void> {
    const streams = [...this.#all].filter(connection => connection.transport === 'SSE')
    await Promise.all(streams.map(stream => stream.drain(limitMs)))
  }

  #remove(connection: Connection): void {
    this.#all.delete(connection)
    const { userId } = connection
    const siblings = userId === null ? undefined : this.#byUser.get(userId)
    if (userId === null || !siblings?.delete(connection)) return
    if (siblings.size === 0) this.#byUser.delete(userId)
    for (const listener of this.#listeners) listener.onClose?.(connection, userId, siblings.size)
  }
}
