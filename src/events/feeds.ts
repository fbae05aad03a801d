import type { Message } from '../messages/message.js'
import type { Change } from './topics.js'

export interface Head {
  rev: number
  seq: number
}

/** What changed after a rev, and where the conversation stood in that same statement. */
export interface ChangePage {
  /** The latest state of each thing, by rev. */
  changes: Change[]
  head: Head
}

/** Where a feed reads what the bus did not bring. One statement each, on the primary. */
export interface FeedSource {
  /** Without those that do not exist. */
  heads(conversationIds: readonly string[]): Promise<Map<string, Head>>
  changesAfter(conversationId: string, rev: number, limit: number): Promise<ChangePage>
  /** Those after `seq` up to `through`, by seq. */
  messagesAfter(conversationId: string, seq: number, through: number, limit: number): Promise<Message[]>
}

/** Called synchronously; must not throw. */
export interface FeedListener {
  /**
   * In rev order. `since` is where the feed stood before it began to read what these belong to: a message whose addedRev
   * is higher is new.
   */
  onChanges(changes: Change[], since: number): void
  /** Newly added messages, in seq order, each once; after the changes that they came with. */
  onMessages(messages: Message[]): void
}

export interface FeedHandle {
  /** Where the feed stands: what it hands out from now on comes after this. */
  position: () => Head
  /** Resolves once the feed stands at that rev, which the database has: all changes up to it have been handed out. */
  reach: (rev: number) => Promise<void>
  close: () => void
}

/** One feed for each conversation that somebody here follows. */
export interface Feeds {
  readonly source: FeedSource
  /** How much is read from it at a time. */
  readonly pageSize: number
  /** Null if there is no such conversation. */
  follow(conversationId: string, listener: FeedListener): Promise<FeedHandle | null>
  start(): void
  stop(): Promise<void>
}
