import type { Connection } from '../connections/connection.js'
import type { EventBus, Unsubscribe } from '../events/event-bus.js'
import type { TypingSignal } from '../events/topics.js'
import { stopped, type Typing, typingOf } from './typing.js'
import { TypingAnnouncer } from './typing-announcer.js'

export interface TypingTimings {
  expiresAfterMs: number
  /** Repetitions within this time are published once. */
  repeatAfterMs: number
}

export const TYPING_TIMINGS: TypingTimings = { expiresAfterMs: 6_000, repeatAfterMs: 1_000 }

type Listener = (typing: Typing) => void

export interface TypingFollow {
  readonly ready: Promise<void>
  close(): void
}

/** A conversation whose typing somebody here follows. */
interface Followed {
  readonly listeners: Set<Listener>
  /** Ends each person's typing, should no stop arrive. */
  readonly timers: Map<string, NodeJS.Timeout>
  readonly unsubscribe: Promise<Unsubscribe>
}

/** Who types where. Nothing of it is stored: it travels on the bus, and runs out on its own where it is heard. */
export class TypingKeeper {
  private readonly followed = new Map<string, Followed>()
  private readonly announcer: TypingAnnouncer

  constructor(
    private readonly bus: EventBus,
    private readonly timings: TypingTimings = TYPING_TIMINGS,
  ) {
    this.announcer = new TypingAnnouncer(bus, timings.repeatAfterMs, timings.expiresAfterMs)
  }

  /** With a connection the typing ends when that goes. */
  set(conversationId: string, userId: string, isTyping: boolean, connection: Connection | null): Typing {
    const signal = isTyping
      ? { conversationId, userId, isTyping, expiresAt: Date.now() + this.timings.expiresAfterMs }
      : stopped(conversationId, userId)
    this.announcer.announce(signal, connection)
    return typingOf(signal)
  }

  /** Everybody's typing, once it is ready; after a start a stop always comes. */
  follow(conversationId: string, listener: Listener): TypingFollow {
    const followed = this.followed.get(conversationId) ?? {
      listeners: new Set<Listener>(),
      timers: new Map<string, NodeJS.Timeout>(),
      unsubscribe: this.bus.subscribe('typing', conversationId, signal => this.heard(signal)),
    }
    this.followed.set(conversationId, followed)
    followed.listeners.add(listener)
    return { ready: followed.unsubscribe.then(() => {}), close: () => this.leave(conversationId, followed, listener) }
  }

  /** Whoever types through this process stops. */
  stop(): void {
    this.announcer.stop()
    for (const { timers } of this.followed.values()) for (const timer of timers.values()) clearTimeout(timer)
  }

  private leave(conversationId: string, followed: Followed, listener: Listener): void {
    if (!followed.listeners.delete(listener) || followed.listeners.size > 0) return
    this.followed.delete(conversationId)
    for (const timer of followed.timers.values()) clearTimeout(timer)
    void followed.unsubscribe.then(end => end())
  }

  private heard(signal: TypingSignal): void {
    const followed = this.followed.get(signal.conversationId)
    if (!followed) return
    clearTimeout(followed.timers.get(signal.userId))
    followed.timers.delete(signal.userId)
    if (signal.isTyping) {
      // By this process's own clock: the typist's may differ.
      const expire = () => this.heard(stopped(signal.conversationId, signal.userId))
      followed.timers.set(signal.userId, setTimeout(expire, this.timings.expiresAfterMs).unref())
    }
    for (const listener of followed.listeners) listener(typingOf(signal))
  }
}
