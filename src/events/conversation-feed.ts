import type { Message } from '../messages/message.js'
import type { FeedListener, FeedSource, Head } from './feeds.js'
import type { Change, ChangeRange } from './topics.js'

export interface FeedOptions {
  /** How long a gap waits for what the bus may yet bring. */
  graceMs: number
  pageSize: number
  onGapHealed: () => void
  /** Messages that are new here were handed out. */
  onAdded?: (messages: Message[]) => void
  onError: (error: unknown) => void
}

/** Beyond, what comes early is read from the database in its turn. */
const MAX_EARLY = 200

const messagesOf = (changes: Change[]) => changes.flatMap(change => (change.kind === 'message' ? [change.message] : []))

/**
 * Hands out every change of a conversation once, in order, whatever the bus loses, doubles, delays or reorders: what comes
 * next goes straight on, a gap is filled from the database, what is old is dropped.
 */
export class ConversationFeed {
  readonly listeners = new Set<FeedListener>()
  private rev = 0
  private seq = 0
  private opened = false
  private closed = false
  private filling = false
  /** The highest rev known of. */
  private target = 0
  private early: ChangeRange[] = []
  private grace: NodeJS.Timeout | undefined
  private waiting: { rev: number; resolve: () => void }[] = []

  constructor(
    private readonly conversationId: string,
    private readonly source: FeedSource,
    private readonly options: FeedOptions,
  ) {}

  /** `head` was read after the bus's events began to arrive. */
  open(head: Head): void {
    this.rev = head.rev
    this.seq = head.seq
    this.opened = true
    this.takeEarly()
  }

  close(): void {
    this.closed = true
    clearTimeout(this.grace)
    this.early = []
    for (const { resolve } of this.waiting.splice(0)) resolve()
  }

  position(): Head {
    return { rev: this.rev, seq: this.seq }
  }

  /** From the bus. */
  receive(range: ChangeRange): void {
    if (this.closed || range.last <= this.rev) return
    this.target = Math.max(this.target, range.last)
    if (this.early.length < MAX_EARLY || range.first <= this.rev + 1) this.early.push(range)
    if (this.opened && !this.filling) this.takeEarly()
  }

  /** The database says how far the conversation has come. */
  expect(rev: number): void {
    if (this.closed || !this.opened || rev <= this.rev) return
    this.target = Math.max(this.target, rev)
    this.awaitStragglers()
  }

  reach(rev: number): Promise<void> {
    if (this.closed || rev <= this.rev) return Promise.resolve()
    this.expect(rev)
    return new Promise(resolve => this.waiting.push({ rev, resolve }))
  }

  private takeEarly(): void {
    this.early.sort((one, other) => one.first - other.first)
    while (this.early[0] && this.early[0].first <= this.rev + 1) {
      const range = this.early.shift()
      if (range && range.last > this.rev) this.advance(range)
    }
    if (this.rev < this.target) this.awaitStragglers()
  }

  private advance(range: ChangeRange): void {
    const changes = range.changes.filter(change => change.rev > this.rev).sort((one, other) => one.rev - other.rev)
    const added = this.nextMessages(changes)
    if (added) this.tell(changes, this.rev, range.last, added)
  }

  /** The messages that are new here; null where others are missing before or between them. */
  private nextMessages(changes: Change[]): Message[] | null {
    const added = messagesOf(changes)
      .filter(message => message.seq > this.seq)
      .sort((one, other) => one.seq - other.seq)
    return added.every((message, index) => message.seq === this.seq + index + 1) ? added : null
  }

  private awaitStragglers(): void {
    if (this.filling || this.grace) return
    this.grace = setTimeout(() => {
      this.grace = undefined
      if (this.rev < this.target) void this.fill()
    }, this.options.graceMs)
  }

  /** A database that does not answer is asked again when the next event or check shows the gap. */
  private async fill(): Promise<void> {
    this.filling = true
    const { target, early } = this
    // What came before the reading began, and is not there, never happened.
    this.target = 0
    this.early = []
    try {
      await this.readToHead()
      this.options.onGapHealed()
    } catch (error) {
      this.target = Math.max(this.target, target)
      this.early = [...early, ...this.early]
      return this.options.onError(error)
    } finally {
      this.filling = false
    }
    if (!this.closed) this.takeEarly()
  }

  private async readToHead(): Promise<void> {
    const since = this.rev
    let head = await this.readChanges(since)
    while (this.seq < head.seq && !this.closed) {
      const through = head.seq
      const messages = await this.source.messagesAfter(this.conversationId, this.seq, through, this.options.pageSize)
      // What a message holds may be newer than what was told; that comes first, since it decides who may see it.
      if (messages.some(message => message.rev > this.rev)) head = await this.readChanges(since)
      const full = messages.length === this.options.pageSize
      // The changes may have brought some of them along already.
      const untold = messages.filter(message => message.seq > this.seq)
      this.tellMessages(untold, (full ? messages.at(-1)?.seq : undefined) ?? through)
    }
  }

  private async readChanges(since: number): Promise<Head> {
    for (;;) {
      const { changes, head } = await this.source.changesAfter(this.conversationId, this.rev, this.options.pageSize)
      const full = changes.length === this.options.pageSize
      const reached = (full ? changes.at(-1)?.rev : undefined) ?? head.rev
      const added = full ? null : this.nextMessages(changes)
      const complete = added !== null && this.seq + added.length === head.seq
      this.tell(changes, since, reached, complete ? added : [])
      if (!full || this.closed) return head
    }
  }

  private tell(changes: Change[], since: number, reached: number, added: Message[]): void {
    this.rev = Math.max(this.rev, reached)
    if (changes.length > 0) for (const listener of this.listeners) listener.onChanges(changes, since)
    this.tellMessages(added, added.at(-1)?.seq ?? this.seq)
    this.release()
  }

  private release(): void {
    const ready = this.waiting.filter(({ rev }) => rev <= this.rev)
    if (ready.length === 0) return
    this.waiting = this.waiting.filter(({ rev }) => rev > this.rev)
    for (const { resolve } of ready) resolve()
  }

  private tellMessages(messages: Message[], reached: number): void {
    this.seq = Math.max(this.seq, reached)
    if (messages.length === 0) return
    for (const listener of this.listeners) listener.onMessages(messages)
    this.options.onAdded?.(messages)
  }
}
