/** Where a subscription's events come from: an EventStream. */
export interface Source {
  /** How many events wait. */
  readonly ready: number
  /** No more will come than wait. */
  readonly ended: boolean
  onReady: (() => void) | null
  take(): { readonly item: unknown } | undefined
  /** The oldest event that was taken has gone out. */
  settle(): void
  /** At the end: rejects with what ended it, if that was an error. */
  next(): Promise<unknown>
  return(): Promise<unknown>
}

/** Where deliveries go: a subscription's part of a transport. */
export interface Sink {
  /** A result as JSON. */
  write(text: string): void
  /** Whether more waits for the network than is written ahead. */
  isFull(): boolean
  /** Calls once, when there is room again. */
  onDrain(resume: () => void): void
}

export interface DeliveriesOptions {
  source: Source
  /** As JSON. Never rejects. */
  resolve: (event: unknown) => string | Promise<string>
  onEnd: () => void
  /** Of one result. */
  cost: number
  /** What all subscriptions of the connection have made and not yet written. */
  connection: { costAhead: number }
}

/** How many events are resolved at a time, so that what they ask of the database goes together. */
const AHEAD = 64
/** Of all subscriptions of a connection; beyond, each has one result under way. */
const MAX_COST_AHEAD = 10_000

/** One event's result; null while it is made. */
interface Slot {
  text: string | null
}

/** The results of a subscription, in the order of its events. What waits, waits in the source, where it is counted. */
export class Deliveries {
  private readonly slots: Slot[] = []
  private sink: Sink | null = null
  private advancing = false
  private draining = false
  private over = false
  private finish: () => void = () => {}
  private failure: Error | null = null

  constructor(private readonly options: DeliveriesOptions) {}

  /** Until the subscription ends, or is left; rejects with the error that ends it. */
  async deliverTo(sink: Sink): Promise<void> {
    const { source } = this.options
    const finished = new Promise<void>(resolve => (this.finish = resolve))
    this.sink = sink
    source.onReady = () => this.advance()
    this.advance()
    if (!this.over) await finished
    if (this.failure !== null) throw this.failure
    await source.next()
  }

  /** Ends it at once with the error, whatever waits. */
  fail(error: Error): void {
    this.failure ??= error
    this.return()
  }

  /** Ends it at once, whatever waits. */
  return(): void {
    void this.options.source.return()
    this.end()
  }

  private advance(): void {
    const { source } = this.options
    if (this.advancing || this.over || !this.sink) return
    this.advancing = true
    do this.resolveAhead(this.sink)
    while (this.writeResolved(this.sink) || (source.ready > 0 && this.mayResolve(this.sink)))
    this.advancing = false
    if (source.ended && source.ready === 0 && this.slots.length === 0) this.end()
  }

  private mayResolve(sink: Sink): boolean {
    if (this.over || sink.isFull()) return false
    const { length } = this.slots
    return length === 0 || (length < AHEAD && this.options.connection.costAhead < MAX_COST_AHEAD)
  }

  private resolveAhead(sink: Sink): void {
    while (this.mayResolve(sink)) {
      const taken = this.options.source.take()
      if (!taken) return
      this.options.connection.costAhead += this.options.cost
      this.slots.push(this.resolve(taken.item))
    }
  }

  private resolve(event: unknown): Slot {
    const resolved = this.options.resolve(event)
    if (typeof resolved === 'string') return { text: resolved }
    const slot: Slot = { text: null }
    void resolved.then(text => {
      slot.text = text
      this.advance()
    })
    return slot
  }

  private dropSlots(count: number): void {
    this.options.connection.costAhead -= this.slots.splice(0, count).length * this.options.cost
  }

  /** Whether anything was written. */
  private writeResolved(sink: Sink): boolean {
    let written = 0
    for (const { text } of this.slots) {
      if (text === null || this.over || sink.isFull()) break
      sink.write(text)
      this.options.source.settle()
      written++
    }
    this.dropSlots(written)
    if (sink.isFull()) this.awaitRoom(sink)
    return written > 0
  }

  private awaitRoom(sink: Sink): void {
    if (this.draining) return
    this.draining = true
    sink.onDrain(() => {
      this.draining = false
      this.advance()
    })
  }

  private end(): void {
    if (this.over) return
    this.over = true
    this.dropSlots(this.slots.length)
    this.options.onEnd()
    this.finish()
  }
}
