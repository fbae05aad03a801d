import type { TopicKind, Topics } from './topics.js'

export type Unsubscribe = () => void

/** Carries events between processes, at most once: it may lose, double, delay or reorder them. */
export interface EventBus {
  /** Never throws and never waits: an event that cannot be sent is lost. */
  publish<K extends TopicKind>(kind: K, id: string, event: Topics[K]): void
  /** Never rejects. Resolves once events arrive or, while the bus is down, at once: then they arrive after the reconnect. */
  subscribe<K extends TopicKind>(kind: K, id: string, listener: (event: Topics[K]) => void): Promise<Unsubscribe>
  /** Called when events may have been lost. */
  onInterrupted(listener: () => void): Unsubscribe
  /** Whether the bus answers at present. */
  healthy(): Promise<boolean>
  close(): Promise<void>
}
