import type { EventBus, Unsubscribe } from './event-bus.js'
import type { TopicKind, Topics } from './topics.js'

type Listener = (event: never) => void

/** Within one process: it loses nothing. */
export class MemoryEventBus implements EventBus {
  private readonly listeners = new Map<string, Set<Listener>>()

  constructor(private readonly onListenerError: (error: unknown) => void = () => {}) {}

  /** Later in this turn of the event loop: whoever publishes answers first. */
  publish<K extends TopicKind>(kind: K, id: string, event: Topics[K]): void {
    if (this.listeners.has(keyOf(kind, id))) setImmediate(() => this.deliver(kind, id, event))
  }

  deliver<K extends TopicKind>(kind: K, id: string, event: Topics[K]): void {
    for (const listener of this.listeners.get(keyOf(kind, id)) ?? []) {
      try {
        listener(event as never)
      } catch (error) {
        this.onListenerError(error)
      }
    }
  }

  subscribe<K extends TopicKind>(kind: K, id: string, listener: (event: Topics[K]) => void): Promise<Unsubscribe> {
    return Promise.resolve(this.listen(kind, id, listener))
  }

  /** As subscribe, at once. */
  listen<K extends TopicKind>(kind: K, id: string, listener: (event: Topics[K]) => void): Unsubscribe {
    const key = keyOf(kind, id)
    // A function of its own, so that one given twice is called twice and taken away once.
    const own: Listener = event => listener(event)
    const others = this.listeners.get(key)
    if (others) others.add(own)
    else this.listeners.set(key, new Set([own]))
    return () => {
      const set = this.listeners.get(key)
      if (set?.delete(own) && set.size === 0) this.listeners.delete(key)
    }
  }

  onInterrupted(): Unsubscribe {
    return () => {}
  }

  healthy(): Promise<boolean> {
    return Promise.resolve(true)
  }

  close(): Promise<void> {
    this.listeners.clear()
    return Promise.resolve()
  }
}

const keyOf = (kind: TopicKind, id: string) => `${kind}:${id}`
