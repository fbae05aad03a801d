import { type PageBudget, type Refill, Refilling } from './refilling.js'

/** Bounds what waits for a consumer, over all of its streams. */
export interface StreamBudget extends PageBudget {
  /** False: there is no room, and the consumer is cut off. */
  take(): boolean
  release(items?: number): void
}

interface Queued<T> {
  readonly item: T
  readonly counted: boolean
}

interface Waiting<T> {
  resolve: (result: IteratorResult<T, undefined>) => void
  reject: (error: unknown) => void
}

const asError = (error: unknown) => (error instanceof Error ? error : new Error('A stream failed.', { cause: error }))

/**
 * What a subscription yields, to one consumer. It takes items as they come, without a promise for each, or waits for the
 * `next`. Unlike an async generator it can be left at any time: `return` ends it at once, also while the consumer waits.
 */
export class EventStream<T> implements AsyncIterableIterator<T, undefined> {
  /** Called when there is something to take, and at the end. */
  onReady: (() => void) | null = null
  private queue: Queued<T>[] = []
  private readonly waiting: Waiting<T>[] = []
  /** Items that the consumer took and still deals with, the oldest first: whether they are counted. */
  private taken: boolean[] = []
  /** The consumer found nothing to take. */
  private hungry = false
  private over = false
  private error: unknown = null
  private readonly closings: (() => void)[] = []
  private readonly refilling: Refilling

  constructor(private readonly budget: StreamBudget) {
    this.refilling = new Refilling(
      budget,
      () => this.hungry && !this.over,
      error => this.end(error),
    )
  }

  /** What is to be read rather than pushed, and given to `replay`: asked for whenever the consumer waits. */
  set refill(refill: Refill | null) {
    this.refilling.refill = refill
  }

  /** Nothing is added any more; what waits can still be taken. */
  get ended() {
    return this.over
  }

  /** How many items wait for the consumer. */
  get ready() {
    return this.queue.length
  }

  /** The oldest item that waits; undefined if none does. */
  take(): { readonly item: T } | undefined {
    const queued = this.queue.shift()
    if (queued) this.taken.push(queued.counted)
    else this.starve()
    return queued
  }

  /** The consumer has done with the oldest item that it took: it counts no more. */
  settle(): void {
    if (this.taken.shift()) this.budget.release()
  }

  /** Sets up what the stream tells of; if that fails, the stream ends, and what the set-up took hold of is let go. */
  async open(setUp: () => Promise<void>): Promise<this> {
    try {
      await setUp()
      return this
    } catch (error) {
      void this.return()
      throw error
    }
  }

  /** Done once, when the stream ends; at once if it has ended already. */
  onEnd(close: () => void): void {
    if (this.over) close()
    else this.closings.push(close)
  }

  push(item: T): void {
    if (this.over) return
    if (!this.budget.take()) return void this.return()
    this.queue.push({ item, counted: true })
    this.offer()
  }

  /** As push, for a page that the consumer asked for: it is bounded by its size. */
  replay(items: T[]): void {
    if (this.over || items.length === 0) return
    for (const item of items) this.queue.push({ item, counted: false })
    this.offer()
  }

  /** There is something to read again. */
  wake(): void {
    this.refilling.wake()
  }

  /** What waits is still delivered, then the error or the end. */
  end(error: unknown = null): void {
    if (this.over) return
    this.over = true
    const waiting = this.waiting.splice(0)
    if (error !== null && waiting.length > 0) waiting.shift()?.reject(error)
    else this.error = error
    for (const { resolve } of waiting) resolve({ value: undefined, done: true })
    this.refilling.close()
    for (const close of this.closings.splice(0)) close()
    this.onReady?.()
  }

  next(): Promise<IteratorResult<T, undefined>> {
    if (this.queue.length === 0 && !this.over)
      return new Promise((resolve, reject) => {
        this.waiting.push({ resolve, reject })
        this.starve()
      })
    const taken = this.take()
    return taken ? Promise.resolve({ value: taken.item, done: false }) : this.finish()
  }

  return(): Promise<IteratorResult<T, undefined>> {
    const counted = this.queue.filter(queued => queued.counted).length + this.taken.filter(Boolean).length
    this.queue = []
    this.taken = []
    this.error = null
    if (counted > 0) this.budget.release(counted)
    this.end()
    return Promise.resolve({ value: undefined, done: true })
  }

  throw(error: unknown): Promise<IteratorResult<T, undefined>> {
    void this.return()
    return Promise.reject(asError(error))
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  private starve(): void {
    this.hungry = true
    void this.refilling.read()
  }

  private offer(): void {
    this.hungry = false
    while (this.waiting.length > 0) {
      const taken = this.take()
      if (!taken) return
      this.waiting.shift()?.resolve({ value: taken.item, done: false })
    }
    this.onReady?.()
  }

  private finish(): Promise<IteratorResult<T, undefined>> {
    const { error } = this
    this.error = null
    if (error === null) return Promise.resolve({ value: undefined, done: true })
    return Promise.reject(asError(error))
  }
}
