import type { EventBus, Unsubscribe } from '../../src/events/event-bus.js'
import type { TopicKind, Topics } from '../../src/events/topics.js'

export type Fault = 'NONE' | 'DROP' | 'DOUBLE' | 'HOLD' | 'HOLD_COPY'

/** One process's sight of a bus: it does to each event what the plan says. What it holds comes later, in another order. */
export class FaultyBus implements EventBus {
  private readonly held: (() => void)[] = []
  private received = 0

  constructor(
    private readonly bus: EventBus,
    private readonly plan: readonly Fault[],
  ) {}

  publish<K extends TopicKind>(kind: K, id: string, event: Topics[K]): void {
    this.bus.publish(kind, id, event)
  }

  subscribe<K extends TopicKind>(kind: K, id: string, listener: (event: Topics[K]) => void): Promise<Unsubscribe> {
    return this.bus.subscribe(kind, id, event => this.disturb(() => listener(event)))
  }

  /** Delivers what it holds, the newest first. */
  release(): void {
    for (const deliver of this.held.splice(0).reverse()) deliver()
  }

  onInterrupted(): Unsubscribe {
    return () => {}
  }

  healthy(): Promise<boolean> {
    return this.bus.healthy()
  }

  close(): Promise<void> {
    return Promise.resolve()
  }

  private disturb(deliver: () => void): void {
    const fault = this.plan[this.received++ % this.plan.length] ?? 'NONE'
    if (fault !== 'DROP' && fault !== 'HOLD') deliver()
    if (fault === 'DOUBLE') deliver()
    if (fault === 'HOLD' || fault === 'HOLD_COPY') this.held.push(deliver)
    // An event that passes lets those go that were held before it.
    if (fault === 'NONE' && this.received % 3 === 0) this.release()
  }
}
