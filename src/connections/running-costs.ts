import { rateLimited } from '../errors.js'
import type { Connection } from './connection.js'

/** In the units of an operation's cost. */
const MAX_RUNNING_COST = 30_000
const RETRY_MS = 1_000

/**
 * What runs and what waits to be read takes memory: so much of it one person may have in this process at a time, over all
 * connections. Who is nobody has it on each connection.
 */
export class RunningCosts {
  readonly #running = new Map<string | Connection, number>()

  /** Until what it returns is called. Throws RATE_LIMITED where it would be too much. */
  reserve(connection: Connection, cost: number): () => void {
    const owner = connection.userId ?? connection
    const running = (this.#running.get(owner) ?? 0) + cost
    if (running > MAX_RUNNING_COST)
      throw rateLimited(RETRY_MS, `At most ${MAX_RUNNING_COST} objects may be read and followed by a person at a time.`)
    this.#running.set(owner, running)
    let reserved = true
    return () => {
      if (reserved) this.#release(owner, cost)
      reserved = false
    }
  }

  #release(owner: string | Connection, cost: number): void {
    const left = (this.#running.get(owner) ?? 0) - cost
    if (left > 0) this.#running.set(owner, left)
    else this.#running.delete(owner)
  }
}
