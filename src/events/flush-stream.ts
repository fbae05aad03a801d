import { setImmediate as turn } from 'node:timers/promises'
import { EventStream, type StreamBudget } from './event-stream.js'

export interface FlushOptions<T> {
  budget: StreamBudget
  /** What there is to tell of the things that changed. */
  flush: (keys: string[]) => Promise<T[]>
  /** The flush failed; it is tried again. */
  onError: (error: unknown) => void
}

const PAGE = 100
const RETRY_MS = 1_000

/** A burst of changes is told of once for each thing, when the consumer asks. */
export class FlushStream<T> extends EventStream<T> {
  private readonly changed = new Set<string>()

  constructor(private readonly options: FlushOptions<T>) {
    super(options.budget)
    this.refill = () => this.flush()
  }

  touch(key: string): void {
    if (this.ended) return
    this.changed.add(key)
    this.wake()
  }

  private async flush(): Promise<boolean> {
    // What else comes in the same turn goes with it.
    await turn()
    const keys = [...this.changed].slice(0, PAGE)
    if (keys.length === 0) return false
    for (const key of keys) this.changed.delete(key)
    try {
      this.replay(await this.options.flush(keys))
    } catch (error) {
      for (const key of keys) this.changed.add(key)
      this.options.onError(error)
      setTimeout(() => this.wake(), RETRY_MS).unref()
      return false
    }
    return this.changed.size > 0
  }
}
