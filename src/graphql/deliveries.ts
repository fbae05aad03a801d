import type { FormattedExecutionResult } from 'graphql'

/** A result as it is sent. */
export type Delivery = FormattedExecutionResult

/** Where a subscription's events come from: an EventStream. */
export interface Source extends AsyncIterator<unknown, undefined> {
  /** How many events wait. */
  readonly ready: number
  /** The oldest event that was taken has gone out. */
  settle(): void
}

export interface DeliveriesOptions {
  source: Source
  /** Never rejects. */
  resolve: (event: unknown) => Promise<Delivery>
  onEnd: () => void
}

/** How many events are resolved at a time, so that what they ask of the database goes together. */
const AHEAD = 64

type Result = IteratorResult<Delivery, undefined>

/** In the order of the events. `return` is its own: a client's `complete` does not wait behind a pending event. */
export class Deliveries implements AsyncIterableIterator<Delivery, undefined> {
  private ahead: Promise<Result>[] = []
  private handedOut = false

  constructor(private readonly options: DeliveriesOptions) {}

  next(): Promise<Result> {
    const { source } = this.options
    // Whoever asks for the next has sent the one before.
    if (this.handedOut) source.settle()
    this.handedOut = true
    while (this.ahead.length === 0 || (this.ahead.length < AHEAD && source.ready > 0)) this.ahead.push(this.takeNext())
    return this.ahead.shift() ?? this.finished()
  }

  async return(): Promise<Result> {
    this.ahead = []
    this.options.onEnd()
    await this.options.source.return?.()
    return this.finished()
  }

  throw(error: unknown): Promise<Result> {
    void this.return()
    return Promise.reject(error instanceof Error ? error : new Error('A subscription failed.', { cause: error }))
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  private takeNext(): Promise<Result> {
    const { source, resolve, onEnd } = this.options
    const taken = source.next().then(
      async ({ done, value }): Promise<Result> => {
        if (!done) return { done: false, value: await resolve(value) }
        onEnd()
        return this.finished()
      },
      (error: unknown) => {
        onEnd()
        throw error
      },
    )
    // Its failure is told to whoever takes it.
    taken.catch(() => {})
    return taken
  }

  private finished(): Promise<Result> {
    return Promise.resolve({ done: true, value: undefined })
  }
}
