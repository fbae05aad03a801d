import type { EventBus, Unsubscribe } from '../events/event-bus.js'
import type { Feeds } from '../events/feeds.js'
import type { Change } from '../events/topics.js'
import type { Logger } from '../logger.js'
import type { Message } from '../messages/message.js'
import type { Access } from './conversation-access.js'
import { type Followed, FollowedConversation, type FollowedListener } from './followed-conversation.js'
import { fingerprintOf, type InboxStore } from './inbox.store.js'
import { SharedReading } from './shared-reading.js'

export interface InboxNeeds {
  bus: EventBus
  feeds: Feeds
  store: InboxStore
  logger: Logger
}

/** Called synchronously, in order within each conversation. */
export interface InboxListener {
  /** As FeedListener's. */
  onChanges?(followed: Followed, changes: Change[], since: number): void
  onMessages?(followed: Followed, messages: Message[]): void
  /** The user takes part in it from now on. What happened there since they joined follows. */
  onJoined?(followed: Followed): void
  onLeft?(conversationId: string): void
}

/** All conversations of one user, or of the support desk, those to come included. */
export class Inbox {
  readonly listeners = new Set<InboxListener>()
  private readonly conversations = new Map<string, FollowedConversation>()
  private readonly subscribed: Promise<Unsubscribe>
  private readonly reading = new SharedReading(() => this.read())
  private opened = false
  private closed = false
  private lastFingerprint = ''
  private readonly listener: FollowedListener = {
    onChanges: (followed, changes, since) => this.tell(listener => listener.onChanges?.(followed, changes, since)),
    onMessages: (followed, messages) => this.tell(listener => listener.onMessages?.(followed, messages)),
    onLeft: ({ conversationId }) => {
      this.leave(conversationId)
      // They may have come back by now.
      this.refreshLater()
    },
  }

  constructor(
    private readonly needs: InboxNeeds,
    private readonly owner: string,
  ) {
    this.subscribed = needs.bus.subscribe('user', owner, signal => {
      if (signal.kind === 'conversations' && this.opened) this.refreshLater()
    })
  }

  followed(): Followed[] {
    return [...this.conversations.values()]
  }

  follows(conversationId: string) {
    return this.conversations.has(conversationId)
  }

  /** Of the conversations as they were read last. */
  get fingerprint() {
    return this.lastFingerprint
  }

  close(): void {
    this.closed = true
    for (const followed of this.conversations.values()) followed.close()
    this.conversations.clear()
    void this.subscribed.then(unsubscribe => unsubscribe())
  }

  /** Reads which conversations there are. */
  refresh(): Promise<void> {
    return this.reading.request()
  }

  refreshLater(): void {
    this.refresh().catch((error: unknown) =>
      this.needs.logger.warn({ error }, "A user's conversations could not be read; they are read again."),
    )
  }

  private async read(): Promise<void> {
    await this.subscribed
    const memberships = await this.needs.store.membershipsOf(this.owner)
    for (const [id, { view }] of this.conversations) if (memberships.get(id) !== view.part.membership) this.leave(id)
    const joined = [...memberships.keys()].filter(id => !this.conversations.has(id))
    if (joined.length > 0) await this.join(joined)
    this.lastFingerprint = fingerprintOf(this.owner, memberships)
    this.opened = true
  }

  private async accesses(ids: string[]): Promise<Map<string, Access>> {
    const accesses = await this.needs.store.accessesOf(this.owner, ids)
    return new Map(accesses.map(access => [access.conversation.id, access]))
  }

  private async join(ids: string[]): Promise<void> {
    const { feeds } = this.needs
    const accesses = await this.accesses(ids)
    const joining = [...accesses.values()].map(access => new FollowedConversation(feeds, access, this.listener))
    try {
      await Promise.all(joining.map(followed => followed.attach()))
      // Again after attaching: no removal falls between.
      const current = await this.accesses(ids)
      for (const followed of joining) {
        const access = current.get(followed.conversationId)
        if (access && !this.closed && followed.enter(access)) this.add(followed)
      }
    } finally {
      for (const followed of joining) if (!this.holds(followed)) followed.close()
    }
    await Promise.all(joining.map(followed => this.catchUp(followed)))
  }

  /** A conversation that the user joined while this is open is told from their joining on. */
  private add(followed: FollowedConversation): void {
    this.conversations.set(followed.conversationId, followed)
    if (this.opened) this.tell(listener => listener.onJoined?.(followed))
    else followed.goLive()
  }

  private async catchUp(followed: FollowedConversation): Promise<void> {
    try {
      await followed.catchUp()
    } catch (error) {
      // The next reading joins it again.
      if (this.holds(followed)) this.conversations.delete(followed.conversationId)
      followed.close()
      throw error
    }
  }

  private holds(followed: FollowedConversation) {
    return this.conversations.get(followed.conversationId) === followed
  }

  private leave(conversationId: string): void {
    this.conversations.get(conversationId)?.close()
    if (this.conversations.delete(conversationId)) this.tell(listener => listener.onLeft?.(conversationId))
  }

  private tell(tell: (listener: InboxListener) => void): void {
    for (const listener of this.listeners) tell(listener)
  }
}
