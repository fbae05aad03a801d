import type { Connection } from './connection.js'

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

  /** Event streams; those of the WebSockets, which begin nothing more then, are drained by their transport. */
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
