import { badInput } from '../errors.js'
import { EventStream, type StreamBudget } from '../events/event-stream.js'
import type { Change } from '../events/topics.js'
import type { Message } from '../messages/message.js'
import type { Reader } from './read-access.js'
import type { Services } from '../services.js'
import type { ConversationEvent } from './conversation-events.js'
import { followConversation, type FollowNeeds, type Following } from './follow-conversation.js'

type Needs = FollowNeeds & Pick<Services, 'changeEvents' | 'cursors' | 'traffic'>

const MAX_MISSED = 10_000

/** Everything that happens in a conversation, in rev order; behind `after`, what changed since first. */
export const followEvents = async (
  needs: Needs,
  viewer: Reader,
  { conversationId, after }: { conversationId: string; after: string | null },
  budget: StreamBudget,
): Promise<EventStream<ConversationEvent>> => {
  const from = after === null ? null : needs.cursors.readEvent(after)
  if (from && from.conversationId !== conversationId) throw badInput('after', 'The cursor is of another conversation.')
  const stream = new EventStream<ConversationEvent>(budget)
  const follower = new EventFollower(needs, conversationId, stream)
  return stream.open(async () => {
    const following = await followConversation(needs, viewer, conversationId, {
      onChanges: (changes, since) => follower.take(changes, since),
      onDenied: error => stream.end(error),
    })
    stream.onEnd(following.close)
    await follower.start(following, from)
  })
}

/** One subscriber: where they stand, and what they were told. */
class EventFollower {
  private following: Following | undefined
  private live = false
  private rev = 0
  /** Messages added later are new to the subscriber, but for those told of since. */
  private since = 0
  private readonly told = new Set<string>()
  /** The rev since which they may see what they may see now. */
  private accessRev = 0

  constructor(
    private readonly needs: Needs,
    private readonly conversationId: string,
    private readonly stream: EventStream<ConversationEvent>,
  ) {}

  async start(following: Following, from: { rev: number; sameHistory: boolean } | null): Promise<void> {
    this.following = following
    this.accessRev = following.view.part.accessRev
    if (!from) return this.goLive(following.position().rev, ['CaughtUp'])
    // Not the feed's position, which may be behind: the cursor may come from another process.
    const head = (await this.needs.feeds.source.heads([this.conversationId])).get(this.conversationId)
    if (!head || !from.sameHistory || from.rev > head.rev || this.isTooOld(from.rev, head.rev)) return this.resync()
    this.rev = this.since = from.rev
    this.stream.refill = () => this.readPage(following)
  }

  /** From the feed. */
  take(changes: Change[], since: number): void {
    if (!this.live) return
    if (this.accessHasChanged()) return this.resync()
    if (since > this.since) this.restart(since)
    for (const event of this.eventsOf(changes)) this.stream.push(event)
  }

  private isTooOld(rev: number, head: number) {
    return this.accessRev > rev || head - rev > MAX_MISSED
  }

  private accessHasChanged() {
    return (this.following?.view.part.accessRev ?? 0) > this.accessRev
  }

  private async readPage(following: Following): Promise<boolean> {
    const { source, pageSize } = this.needs.feeds
    const { changes, head } = await source.changesAfter(this.conversationId, this.rev, pageSize)
    const full = changes.length === pageSize
    const reached = (full ? changes.at(-1)?.rev : undefined) ?? head.rev
    // What decides the viewer's access comes first.
    await following.reach(head.rev)
    if (this.stream.ended) return false
    if (this.accessHasChanged()) {
      this.resync()
      return false
    }
    this.stream.replay(this.eventsOf(following.view.visible(changes)))
    this.rev = reached
    // Level with the feed, and live in the same tick.
    if (reached >= following.position().rev) this.goLive(reached, ['CaughtUp'])
    return !this.live
  }

  private eventsOf(changes: Change[]): ConversationEvent[] {
    const next = changes.filter(change => change.rev > this.rev)
    this.rev = next.at(-1)?.rev ?? this.rev
    return next.map(change => this.eventOf(change))
  }

  private eventOf(change: Change): ConversationEvent {
    const isNew = change.kind === 'message' && this.isNew(change.message)
    if (isNew) {
      this.told.add(change.message.id)
      this.needs.traffic.delivered++
    }
    return this.needs.changeEvents.of(this.conversationId, change, isNew ? 'ADDED' : 'UPDATED')
  }

  private isNew(message: Message): boolean {
    return message.addedRev > this.since && !this.told.has(message.id)
  }

  private resync(): void {
    const { following } = this
    if (!following) return
    this.accessRev = following.view.part.accessRev
    this.stream.refill = null
    this.goLive(following.position().rev, ['ResyncRequired', 'CaughtUp'])
  }

  private goLive(rev: number, types: ('ResyncRequired' | 'CaughtUp')[]): void {
    this.live = true
    this.rev = rev
    this.restart(rev)
    this.stream.replay(types.map(type => ({ type, cursor: this.cursorAt(rev) })))
  }

  private restart(since: number): void {
    this.since = since
    this.told.clear()
  }

  private cursorAt(rev: number) {
    return this.needs.cursors.event(this.conversationId, rev)
  }
}
