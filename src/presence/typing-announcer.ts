import type { Connection } from '../connections/connection.js'
import type { EventBus } from '../events/event-bus.js'
import type { TypingSignal } from '../events/topics.js'
import { stopped } from './typing.js'

/** What was last published of one person in one conversation, and what waits to be. */
interface Announced {
  signal: TypingSignal
  at: number
  pending: TypingSignal | null
  timer: NodeJS.Timeout
  /** The connection through which the person types; null over plain HTTP. */
  connection: Connection | null
}

/** Publishes the typing of those who type through this process: each state at once, its repetitions at intervals. */
export class TypingAnnouncer {
  private readonly announced = new Map<string, Announced>()
  private readonly keysOf = new WeakMap<Connection, Set<string>>()

  constructor(
    private readonly bus: Pick<EventBus, 'publish'>,
    private readonly repeatAfterMs: number,
    private readonly expiresAfterMs: number,
  ) {}

  announce(signal: TypingSignal, connection: Connection | null): void {
    const key = keyOf(signal)
    const last = this.announced.get(key)
    if (!last || this.isDue(last, signal)) return this.publish(key, signal, connection)
    last.pending = signal
    last.connection = connection
    this.remember(connection, key)
  }

  stop(): void {
    for (const { signal, timer } of this.announced.values()) {
      clearTimeout(timer)
      if (signal.isTyping)
        this.bus.publish('typing', signal.conversationId, stopped(signal.conversationId, signal.userId))
    }
    this.announced.clear()
  }

  /** A stop never waits for its start's repetition; everything else at most once in each interval. */
  private isDue(last: Announced, signal: TypingSignal): boolean {
    return (last.signal.isTyping && !signal.isTyping) || Date.now() - last.at >= this.repeatAfterMs
  }

  private publish(key: string, signal: TypingSignal, connection: Connection | null): void {
    clearTimeout(this.announced.get(key)?.timer)
    const timer = setTimeout(() => this.intervalOver(key), this.repeatAfterMs).unref()
    this.announced.set(key, { signal, at: Date.now(), pending: null, timer, connection })
    this.bus.publish('typing', signal.conversationId, signal)
    if (signal.isTyping) this.remember(connection, key)
  }

  private intervalOver(key: string): void {
    const last = this.announced.get(key)
    if (!last) return
    const { pending, signal, at, connection } = last
    if (pending) return this.publish(key, pending, connection)
    const left = at + this.expiresAfterMs - Date.now()
    if (signal.isTyping && left > 0) last.timer = setTimeout(() => this.intervalOver(key), left).unref()
    else this.announced.delete(key)
  }

  private remember(connection: Connection | null, key: string): void {
    if (!connection) return
    const keys = this.keysOf.get(connection)
    if (keys) return void keys.add(key)
    const remembered = new Set([key])
    this.keysOf.set(connection, remembered)
    connection.onClose(() => this.gone(connection, remembered))
  }

  private gone(connection: Connection, keys: ReadonlySet<string>): void {
    for (const key of keys) {
      const last = this.announced.get(key)
      if (last?.connection !== connection || !(last.pending ?? last.signal).isTyping) continue
      const { conversationId, userId } = last.signal
      this.announce(stopped(conversationId, userId), null)
    }
  }
}

const keyOf = ({ conversationId, userId }: TypingSignal) => `${conversationId} ${userId}`
