import { EventStream, type StreamBudget } from '../events/event-stream.js'

const PAGE = 100

/** Of each thing only the latest state waits: to a slow consumer it tells less, and nothing outdated. */
export class LatestStream<T> extends EventStream<T> {
  protected readonly pending = new Map<string, T>()

  /** `isNews` is asked when the consumer takes it. */
  constructor(
    budget: StreamBudget,
    private readonly isNews: (key: string, item: T) => boolean,
  ) {
    super(budget)
    this.refill = () => Promise.resolve(this.replayPending())
  }

  put(key: string, item: T): void {
    if (this.ended) return
    this.pending.delete(key)
    this.pending.set(key, item)
    this.wake()
  }

  drop(key: string): void {
    this.pending.delete(key)
  }

  private replayPending(): boolean {
    const page = [...this.pending].slice(0, PAGE)
    for (const [key] of page) this.pending.delete(key)
    this.replay(page.filter(([key, item]) => this.isNews(key, item)).map(([, item]) => item))
    return this.pending.size > 0
  }
}
