import type { Connection, TransportKind } from './connection.js'

export interface ConnectionsListener {
  /** An identified connection was opened; `count` are the user's, this one included. */
  onOpen?(connection: Connection, userId: string, count: number): void
  /** `count` are those that the user still has in this process. */
  onClose?(connection: Connection, userId: string, count: number): void
}

/** The live connections of this process: sockets and event streams. */
export class Connections {
  readonly #entered = new Set<Connection>()
  readonly #byUser = new Map<string, Set<Connection>>()
  readonly #listeners = new Set<ConnectionsListener>()

  /** 0 is no limit. */
  constructor(private readonly limit = 0) {}

  get count() {
    return this.#entered.size
  }

  countOf(transport: TransportKind): number {
    let count = 0
    for (const connection of this.#entered) if (connection.transport === transport) count++
    return count
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

  /** Before anything else: takes a place, until what this returns is called. Undefined where none is free. */
  enter(connection: Connection): (() => void) | undefined {
    if (this.limit > 0 && this.#entered.size >= this.limit) return undefined
    this.#entered.add(connection)
    return () => void this.#entered.delete(connection)
  }

  /** Once it is known whose it is: the user is connected until it closes. */
  identified(connection: Connection): void {
    const { userId } = connection
    if (connection.closed || userId === null) return
    connection.onClose(() => this.#remove(connection, userId))
    const siblings = this.#byUser.get(userId) ?? new Set()
    this.#byUser.set(userId, siblings.add(connection))
    for (const listener of this.#listeners) listener.onOpen?.(connection, userId, siblings.size)
  }

  /** Event streams; those of the WebSockets, which begin nothing more then, are drained by their transport. */
  async drain(limitMs: number): Promise<void> {
    const streams = [...this.#entered].filter(connection => connection.transport === 'SSE')
    await Promise.all(streams.map(stream => stream.drain(limitMs)))
  }

  #remove(connection: Connection, userId: string): void {
    const siblings = this.#byUser.get(userId)
    if (!siblings?.delete(connection)) return
    if (siblings.size === 0) this.#byUser.delete(userId)
    for (const listener of this.#listeners) listener.onClose?.(connection, userId, siblings.size)
  }
}
