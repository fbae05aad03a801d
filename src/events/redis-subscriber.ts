import type { Redis } from 'ioredis'
import type { Logger } from '../logger.js'

const SUBSCRIBE_LIMIT_MS = 1_000

type Done = (error: null) => void

/**
 * The subscriber's connection as graphql-redis-subscriptions uses it. There a SUBSCRIBE that fails, or an UNSUBSCRIBE, would
 * end the process; here none fails: what could not be subscribed is when the connection is ready again, or at `retry`.
 */
export class RedisSubscriber {
  private readonly channels = new Set<string>()
  private incomplete = false

  constructor(
    private readonly client: Redis,
    private readonly logger: Logger,
    /** All channels are subscribed on a new connection: what was published meanwhile is gone. */
    private readonly onResubscribed: () => void,
  ) {
    client.on('ready', () => void this.resubscribe())
  }

  on(event: string, listener: (...values: unknown[]) => void): this {
    this.client.on(event, listener)
    return this
  }

  /** Done once events arrive; while they cannot, at once. */
  subscribe(channel: string, done: Done): void {
    this.channels.add(channel)
    if (this.client.status !== 'ready') return done(null)
    let answered = false
    const answer = () => {
      if (answered) return
      answered = true
      clearTimeout(limit)
      done(null)
    }
    const limit = setTimeout(answer, SUBSCRIBE_LIMIT_MS)
    this.client.subscribe(channel).catch(this.failed).then(answer, answer)
  }

  unsubscribe(channel: string): void {
    this.channels.delete(channel)
    if (this.client.status === 'ready') this.client.unsubscribe(channel).catch(() => {})
  }

  punsubscribe(): void {}

  /** Subscribes again where something failed. */
  retry(): void {
    if (this.incomplete && this.client.status === 'ready') void this.resubscribe()
  }

  private async resubscribe(): Promise<void> {
    this.incomplete = false
    if (this.channels.size > 0) await this.client.subscribe(...this.channels).catch(this.failed)
    if (!this.incomplete) this.onResubscribed()
  }

  private readonly failed = (error: unknown) => {
    this.incomplete = true
    this.logger.warn({ error }, 'Subscribing to events failed; it is tried again.')
  }
}
