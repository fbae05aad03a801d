import type { EventBus, Unsubscribe } from '../events/event-bus.js'

interface Topic<Listener> {
  readonly listeners: Set<Listener>
  readonly subscribed: Promise<Unsubscribe>
}

/** One subscription to the bus for each person, however many follow them here. */
export class PresenceTopics<Listener> {
  private readonly topics = new Map<string, Topic<Listener>>()

  constructor(
    private readonly bus: Pick<EventBus, 'subscribe'>,
    private readonly onSignal: (userId: string) => void,
  ) {}

  ids(): Iterable<string> {
    return this.topics.keys()
  }

  listenersOf(userId: string): Listener[] {
    return [...(this.topics.get(userId)?.listeners ?? [])]
  }

  /** Resolves once signals arrive. */
  async join(userId: string, listener: Listener): Promise<void> {
    const topic = this.topics.get(userId) ?? {
      listeners: new Set<Listener>(),
      subscribed: this.bus.subscribe('presence', userId, () => this.onSignal(userId)),
    }
    this.topics.set(userId, topic)
    topic.listeners.add(listener)
    await topic.subscribed
  }

  leave(userId: string, listener: Listener): void {
    const topic = this.topics.get(userId)
    if (!topic?.listeners.delete(listener) || topic.listeners.size > 0) return
    this.topics.delete(userId)
    void topic.subscribed.then(unsubscribe => unsubscribe())
  }
}
