import type { FeedHandle, Feeds } from '../events/feeds.js'
import type { Change } from '../events/topics.js'
import type { Message } from '../messages/message.js'
import type { Access } from './conversation-access.js'
import { ConversationView } from './conversation-view.js'

/** One of the user's conversations. */
export interface Followed {
  readonly conversationId: string
  readonly view: ConversationView
  /** The newest message's. */
  readonly lastSeq: number
}

/** Called synchronously, in order, with what the user may see only. */
export interface FollowedListener {
  /** As FeedListener's. */
  onChanges(followed: Followed, changes: Change[], since: number): void
  onMessages(followed: Followed, messages: Message[]): void
  /** The user does not take part any more as they did. Nothing comes after. */
  onLeft(followed: Followed): void
}

/** Attached to the feed first, and entered once it is known that the user takes part. */
export class FollowedConversation implements Followed {
  readonly conversationId: string
  view: ConversationView
  private handle: FeedHandle | null = null
  private early: Change[] = []
  private state: 'ATTACHED' | 'BEHIND' | 'LIVE' | 'CLOSED' = 'ATTACHED'
  /** Messages up to this one the user was told of, though the feed may yet bring them. */
  private toldSeq = 0

  constructor(
    private readonly feeds: Feeds,
    access: Access,
    private readonly listener: FollowedListener,
  ) {
    this.conversationId = access.conversation.id
    this.view = new ConversationView(access)
  }

  get lastSeq() {
    return this.handle?.position().seq ?? 0
  }

  async attach(): Promise<void> {
    this.handle = await this.feeds.follow(this.conversationId, {
      onChanges: (changes, since) => this.changed(changes, since),
      onMessages: messages => this.added(messages),
    })
    if (this.state === 'CLOSED') this.handle?.close()
  }

  /** `access` was read after attaching: no removal falls between. False if the user does not take part any more. */
  enter(access: Access): boolean {
    if (!this.handle) return false
    this.view = new ConversationView(access)
    this.view.apply(this.early)
    this.early = []
    this.state = 'BEHIND'
    return !this.view.left
  }

  /** Tells what comes from now on. */
  goLive(toldSeq = 0): void {
    this.toldSeq = toldSeq
    this.state = 'LIVE'
  }

  /** Tells what happened since the user joined: reads until level with the feed, and goes live in the same tick. */
  async catchUp(): Promise<void> {
    const { source, pageSize } = this.feeds
    const since = this.view.part.accessRev
    const missed: Change[] = []
    let rev = since
    while (this.state === 'BEHIND') {
      const { changes, head } = await source.changesAfter(this.conversationId, rev, pageSize)
      missed.push(...changes)
      const full = changes.length === pageSize
      rev = (full ? changes.at(-1)?.rev : undefined) ?? head.rev
      if (full) continue
      await this.handle?.reach(rev)
      if (!this.isLevelAt(rev)) continue
      this.goLive(head.seq)
      this.tellMissed(latest(missed), since)
    }
  }

  close(): void {
    this.state = 'CLOSED'
    this.handle?.close()
  }

  private isLevelAt(rev: number): boolean {
    return this.state === 'BEHIND' && this.handle !== null && this.handle.position().rev <= rev
  }

  private changed(changes: Change[], since: number): void {
    if (this.state === 'CLOSED') return
    if (this.state === 'ATTACHED') return void this.early.push(...this.view.deciding(changes))
    this.view.apply(changes)
    if (this.view.left) {
      this.close()
      this.listener.onLeft(this)
    } else if (this.state === 'LIVE') this.tellChanges(changes, since)
  }

  private added(messages: Message[]): void {
    if (this.state === 'LIVE') this.tellMessages(messages.filter(message => message.seq > this.toldSeq))
  }

  private tellMissed(changes: Change[], since: number): void {
    this.tellChanges(changes, since)
    const messages = changes.flatMap(change => (change.kind === 'message' ? [change.message] : []))
    const added = messages.filter(message => message.addedRev > since)
    this.tellMessages(added.sort((one, other) => one.seq - other.seq))
  }

  /** After the end of a care relationship messages are withheld; that the conversation changed is still told. */
  private tellChanges(changes: Change[], since: number): void {
    const { view } = this
    const shown = view.denied ? view.deciding(changes) : view.visible(changes)
    if (shown.length > 0) this.listener.onChanges(this, shown, since)
  }

  private tellMessages(messages: Message[]): void {
    const shown = this.view.denied ? [] : messages.filter(message => this.view.shows(message))
    if (shown.length > 0) this.listener.onMessages(this, shown)
  }
}

/** The latest state of each thing, where pages read one after the other hold several. */
const latest = (changes: Change[]): Change[] => {
  const byThing = new Map<string, Change>()
  for (const change of changes) {
    const thing =
      change.kind === 'message' ? change.message.id : change.kind === 'participant' ? change.participant.id : ''
    byThing.delete(thing)
    byThing.set(thing, change)
  }
  return [...byThing.values()]
}
