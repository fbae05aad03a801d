import DataLoader from 'dataloader'
import type { Logger } from '../logger.js'
import { ConversationFeed, type FeedOptions } from './conversation-feed.js'
import type { EventBus, Unsubscribe } from './event-bus.js'
import type { FeedHandle, FeedListener, Feeds, FeedSource, Head } from './feeds.js'

export interface ConversationFeedsOptions extends Pick<FeedOptions, 'onAdded'> {
  graceMs: number
  /** How often the feeds are compared with the conversations' heads. */
  checkMs: number
  pageSize: number
}

const DEFAULTS: ConversationFeedsOptions = { graceMs: 50, checkMs: 3_000, pageSize: 200 }

interface Entry {
  feed: ConversationFeed
  followers: number
  subscribed: Promise<Unsubscribe>
  /** Whether there is such a conversation. */
  opened: Promise<boolean>
}

/** The feeds of this process. */
export class ConversationFeeds implements Feeds {
  private readonly entries = new Map<string, Entry>()
  private readonly options: ConversationFeedsOptions
  private readonly feedOptions: FeedOptions
  private readonly head: DataLoader<string, Head | null>
  private timer: NodeJS.Timeout | undefined
  private readonly stopListening: Unsubscribe
  private healed = 0
  private checking = false
  private checkAgain = false

  constructor(
    private readonly bus: EventBus,
    readonly source: FeedSource,
    private readonly logger: Logger,
    options: Partial<ConversationFeedsOptions> = {},
  ) {
    this.options = { ...DEFAULTS, ...options }
    this.feedOptions = {
      ...this.options,
      onGapHealed: () => (this.healed += 1),
      onError: error => this.logger.warn({ error }, 'A gap in a conversation could not be filled; it is tried again.'),
    }
    // Whoever opens an inbox opens many at once.
    this.head = new DataLoader(ids => this.readHeads(ids), {
      cache: false,
      batchScheduleFn: read => setTimeout(read, 1),
    })
    this.stopListening = bus.onInterrupted(() => void this.check())
  }

  start(): void {
    this.timer = setInterval(() => void this.check(), this.options.checkMs)
  }

  get pageSize() {
    return this.options.pageSize
  }

  get openFeeds() {
    return this.entries.size
  }

  /** How often the database had to bring what the bus did not. */
  get gapsHealed() {
    return this.healed
  }

  async follow(conversationId: string, listener: FeedListener): Promise<FeedHandle | null> {
    const entry = this.entries.get(conversationId) ?? this.open(conversationId)
    entry.followers += 1
    let following = true
    const close = () => {
      if (!following) return
      following = false
      entry.feed.listeners.delete(own)
      entry.followers -= 1
      if (entry.followers === 0) this.close(conversationId, entry)
    }
    const own: FeedListener = {
      onChanges: (changes, since) => this.guard(() => listener.onChanges(changes, since)),
      onMessages: messages => this.guard(() => listener.onMessages(messages)),
    }
    try {
      if (!(await entry.opened)) {
        close()
        return null
      }
    } catch (error) {
      close()
      throw error
    }
    entry.feed.listeners.add(own)
    return { position: () => entry.feed.position(), reach: rev => entry.feed.reach(rev), close }
  }

  stop(): Promise<void> {
    clearInterval(this.timer)
    this.stopListening()
    for (const [conversationId, entry] of this.entries) this.close(conversationId, entry)
    return Promise.resolve()
  }

  private open(conversationId: string): Entry {
    const feed = new ConversationFeed(conversationId, this.source, this.feedOptions)
    const subscribed = this.bus.subscribe('conversation', conversationId, range => feed.receive(range))
    // Events first, then the head: nothing falls between.
    const opened = subscribed.then(async () => {
      const head = await this.head.load(conversationId)
      if (head) feed.open(head)
      return head !== null
    })
    const entry: Entry = { feed, followers: 0, subscribed, opened }
    this.entries.set(conversationId, entry)
    return entry
  }

  private close(conversationId: string, entry: Entry): void {
    entry.feed.close()
    if (this.entries.get(conversationId) === entry) this.entries.delete(conversationId)
    void entry.subscribed.then(unsubscribe => unsubscribe())
  }

  private async readHeads(ids: readonly string[]): Promise<(Head | null)[]> {
    const heads = await this.source.heads(ids)
    return ids.map(id => heads.get(id) ?? null)
  }

  /** One query for all feeds. */
  private async check(): Promise<void> {
    this.checkAgain = this.checking
    if (this.checking || this.entries.size === 0) return
    this.checking = true
    try {
      const heads = await this.source.heads([...this.entries.keys()])
      for (const [id, { rev }] of heads) this.entries.get(id)?.feed.expect(rev)
    } catch (error) {
      this.logger.warn({ error }, 'The heads of the conversations could not be read; they are read again.')
    } finally {
      this.checking = false
    }
    if (this.checkAgain) void this.check()
  }

  private guard(listen: () => void): void {
    try {
      listen()
    } catch (error) {
      this.logger.error({ error }, 'A follower of a conversation failed.')
    }
  }
}
