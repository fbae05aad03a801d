/** How many items may wait for a consumer, over all of its subscriptions. */
export const MAX_QUEUED_ITEMS = 2_000
/** How many pages that are read for it. */
const MAX_PAGES = 8

/** Bounds what waits for one consumer. Past it, the consumer is cut off: a slow one costs only itself. */
export class QueueBudget {
  #queued = 0
  #pages = 0
  #exhausted = false
  readonly #waiting: (() => void)[] = []
  readonly #waitingForPage: (() => void)[] = []

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

  /** A place for a page that is to be read. Null: it is taken; else once one is left. */
  takePage(): Promise<void> | null {
    if (this.#pages >= MAX_PAGES) return new Promise(resolve => this.#waitingForPage.push(resolve))
    this.#pages++
    return null
  }

  releasePage(): void {
    const next = this.#waitingForPage.shift()
    if (next) next()
    else this.#pages--
  }

  /** Resolves once nothing waits any more. */
  async drained(): Promise<void> {
    if (this.#queued > 0) await new Promise<void>(resolve => this.#waiting.push(resolve))
  }
}
