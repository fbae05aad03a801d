import type { EventBus, Unsubscribe } from '../events/event-bus.js'
import type { FeedHandle, Feeds } from '../events/feeds.js'
import type { Change } from '../events/topics.js'
import type { Logger } from '../logger.js'
import type { Message } from '../messages/message.js'
import type { Access } from './conversation-access.js'
import { ConversationView, decidesAccess } from './conversation-view.js'
import { fingerprintOf, type InboxStore } from './inbox.store.js'

export interface InboxNeeds {
  bus: EventBus
  feeds: Feeds
  store: InboxStore
  logger: Logger
}

/** One of the user's conversations. */
export interface Followed {
  readonly conversationId: string
  readonly view: ConversationView
  /** The newest message's. */
  readonly lastSeq: number
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

interface Entry extends Followed {
  readonly handle: FeedHandle
  /** What the user was told; null until they stand where the feed stands. */
  told: { rev: number; seq: number } | null
}

interface Attached {
  access: Access
  handle: FeedHandle
  early: Change[]
  entry: Entry | null
}

/** All conversations of one user, those to come included. */
export class Inbox {
  readonly listeners = new Set<InboxListener>()
  private readonly entries = new Map<string, Entry>()
  private readonly subscribed: Promise<Unsubscribe>
  private refreshing: Promise<void> = Promise.resolve()
  private opened = false
  private closed = false
  private lastFingerprint = ''

  constructor(
    private readonly needs: InboxNeeds,
    private readonly userId: string,
  ) {
    this.subscribed = needs.bus.subscribe('user', userId, signal => {
      if (signal.kind === 'conversations' && this.opened) this.refreshLater()
    })
  }

  followed(): Followed[] {
    return [...this.entries.values()]
  }

  /** Of the conversations as they were read last. */
  get fingerprint() {
    return this.lastFingerprint
  }

  close(): void {
    this.closed = true
    for (const { handle } of this.entries.values()) handle.close()
    this.entries.clear()
    void this.subscribed.then(unsubscribe => unsubscribe())
  }

  /** Reads which conversations there are; one reading at a time. */
  refresh(): Promise<void> {
    const next = this.refreshing.then(() => this.read())
    this.refreshing = next.catch(() => {})
    return next
  }

  refreshLater(): void {
    this.refresh().catch((error: unknown) =>
      this.needs.logger.warn({ error }, "A user's conversations could not be read; they are read again."),
    )
  }

  private async read(): Promise<void> {
    await this.subscribed
    const accesses = await this.needs.store.accessesOf(this.userId)
    const present = new Map(accesses.map(access => [access.conversation.id, access]))
    for (const [id, { view }] of this.entries)
      if (present.get(id)?.participant.membership !== view.participant.membership) this.leave(id)
    const fresh = accesses.filter(access => !this.entries.has(access.conversation.id))
    if (fresh.length > 0) await this.join(fresh)
    this.lastFingerprint = fingerprintOf(accesses)
    this.opened = true
  }

  private async join(accesses: Access[]): Promise<void> {
    const attached = (await Promise.all(accesses.map(access => this.attach(access)))).flatMap(one => one ?? [])
    try {
      // Again after joining the feeds: no removal falls between.
      const current = await this.needs.store.accessesOf(this.userId)
      const present = new Map(current.map(access => [access.conversation.id, access]))
      for (const one of attached) {
        const access = present.get(one.access.conversation.id)
        if (access && !this.closed) this.enter(one, access)
      }
    } finally {
      for (const { entry, handle } of attached) if (!entry) handle.close()
    }
    const behind = attached.flatMap(({ entry }) => (entry && !entry.told ? [entry] : []))
    await Promise.all(behind.map(entry => this.catchUp(entry).catch(this.giveUp(entry))))
  }

  private async attach(access: Access): Promise<Attached | null> {
    const early: Change[] = []
    const state: { entry: Entry | null } = { entry: null }
    const handle = await this.needs.feeds.follow(access.conversation.id, {
      onChanges: (changes, since) => {
        if (state.entry) this.changed(state.entry, changes, since)
        else early.push(...changes.filter(change => decidesAccess(change, this.userId)))
      },
      onMessages: messages => state.entry && this.added(state.entry, messages),
    })
    return handle && Object.assign(state, { access, handle, early })
  }

  private enter(attached: Attached, access: Access): void {
    const { handle, early } = attached
    const view = new ConversationView(access)
    view.apply(early)
    if (view.left) return
    // A conversation that the user joined while this is open is told from their joining on.
    const told = this.opened ? null : handle.position()
    const conversationId = access.conversation.id
    const entry: Entry = {
      conversationId,
      view,
      handle,
      told,
      get lastSeq() {
        return handle.position().seq
      },
    }
    attached.entry = entry
    this.entries.set(conversationId, entry)
    if (this.opened) this.tell(listener => listener.onJoined?.(entry))
  }

  /** Reads until level with the feed, and goes live in the same tick. */
  private async catchUp(entry: Entry): Promise<void> {
    const { conversationId, handle, view } = entry
    const { source, pageSize } = this.needs.feeds
    const since = view.participant.accessRev
    const changes: Change[] = []
    let rev = since
    while (!this.closed && this.entries.get(conversationId) === entry) {
      const page = await source.changesAfter(conversationId, rev, pageSize)
      changes.push(...page.changes)
      const full = page.changes.length === pageSize
      rev = (full ? page.changes.at(-1)?.rev : undefined) ?? page.head.rev
      if (full) continue
      await handle.reach(rev)
      if (handle.position().rev > rev) continue
      entry.told = { rev, seq: page.head.seq }
      return this.tellMissed(entry, latest(changes), since)
    }
  }

  /** The next reading joins it again. */
  private giveUp(entry: Entry) {
    return (error: unknown) => {
      if (this.entries.get(entry.conversationId) === entry) this.entries.delete(entry.conversationId)
      entry.handle.close()
      throw error
    }
  }

  private tellMissed(entry: Entry, changes: Change[], since: number): void {
    this.tellChanges(entry, changes, since)
    const added = changes.flatMap(change =>
      change.kind === 'message' && change.message.addedRev > since ? [change.message] : [],
    )
    this.tellMessages(
      entry,
      added.sort((one, other) => one.seq - other.seq),
    )
  }

  private changed(entry: Entry, changes: Change[], since: number): void {
    entry.view.apply(changes)
    if (entry.view.left) {
      this.leave(entry.conversationId)
      // They may have come back by now.
      return this.refreshLater()
    }
    const { told } = entry
    if (!told) return
    const next = changes.filter(change => change.rev > told.rev)
    told.rev = Math.max(told.rev, next.at(-1)?.rev ?? 0)
    this.tellChanges(entry, next, since)
  }

  private added(entry: Entry, messages: Message[]): void {
    const { told } = entry
    if (!told) return
    const next = messages.filter(message => message.seq > told.seq)
    told.seq = Math.max(told.seq, next.at(-1)?.seq ?? 0)
    this.tellMessages(entry, next)
  }

  /** After the end of a care relationship messages are withheld; that the conversation changed is still told. */
  private tellChanges(entry: Entry, changes: Change[], since: number): void {
    const { view } = entry
    const shown = view.denied ? changes.filter(change => decidesAccess(change, this.userId)) : view.visible(changes)
    if (shown.length > 0) this.tell(listener => listener.onChanges?.(entry, shown, since))
  }

  private tellMessages(entry: Entry, messages: Message[]): void {
    const shown = entry.view.denied ? [] : messages.filter(message => entry.view.shows(message))
    if (shown.length > 0) this.tell(listener => listener.onMessages?.(entry, shown))
  }

  private leave(conversationId: string): void {
    const entry = this.entries.get(conversationId)
    if (!entry) return
    this.entries.delete(conversationId)
    entry.handle.close()
    this.tell(listener => listener.onLeft?.(conversationId))
  }

  private tell(tell: (listener: InboxListener) => void): void {
    for (const listener of this.listeners) tell(listener)
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
