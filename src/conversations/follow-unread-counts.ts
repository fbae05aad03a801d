import type { StreamBudget } from '../events/event-stream.js'
import { FlushStream } from '../events/flush-stream.js'
import type { Change } from '../events/topics.js'
import { isAdmin, type Viewer } from '../people/person.js'
import type { Services } from '../services.js'
import { isSeen } from './conversation-rules.js'
import type { Conversation } from './conversation.js'
import type { Followed } from './followed-conversation.js'
import type { InboxHandle } from './inboxes.js'
import type { UnreadCounts } from './unread-counts.js'

type Needs = Pick<Services, 'conversations' | 'inboxes' | 'logger' | 'notifications' | 'notificationWatch'>

/** Beside the ids of conversations. */
const NOTIFICATIONS = 'notifications'

/** The present counts, then those that change. */
export const followUnreadCounts = async (
  needs: Needs,
  viewer: Viewer,
  budget: StreamBudget,
): Promise<FlushStream<UnreadCounts>> => {
  const counter = new UnreadCounter(needs, viewer)
  const stream = new FlushStream<UnreadCounts>({
    budget,
    flush: ids => counter.recount(ids),
    onError: error => needs.logger.warn({ error }, 'Unread messages could not be counted; they are counted again.'),
  })
  return stream.open(async () => {
    const inbox = await needs.inboxes.follow(viewer, {
      onChanges(followed, changes, since) {
        const { conversationId, view } = followed
        if (!isSeen(view.conversation, view.part)) counter.lose(conversationId)
        if (changes.some(change => concernsCount(change, since, followed))) stream.touch(conversationId)
      },
      onMessages: ({ conversationId }) => stream.touch(conversationId),
      onJoined: ({ conversationId }) => stream.touch(conversationId),
      onLeft(conversationId) {
        counter.lose(conversationId)
        stream.touch(conversationId)
      },
    })
    stream.onEnd(inbox.close)
    stream.onEnd(await needs.notificationWatch.watch(viewer.userId, { onUnread: () => stream.touch(NOTIFICATIONS) }))
    stream.replay([await counter.start(inbox)])
  })
}

/** What was told of one user's counts. */
class UnreadCounter {
  private readonly counts = new Map<string, number>()
  /** Whose counts the user may not know: they are told of when the user is back. */
  private readonly untold = new Set<string>()
  private inbox: InboxHandle | undefined
  private notifications = 0

  constructor(
    private readonly needs: Pick<Needs, 'conversations' | 'notifications'>,
    private readonly viewer: Viewer,
  ) {}

  async start(inbox: InboxHandle): Promise<UnreadCounts> {
    this.inbox = inbox
    const unread = await this.needs.conversations.unreadCountsOf(this.viewer)
    for (const { conversationId, unreadCount } of unread) this.counts.set(conversationId, unreadCount)
    this.notifications = await this.needs.notifications.unreadCount(this.viewer.userId)
    return this.tell(await this.read(unread.map(({ conversationId }) => conversationId)))
  }

  /** What was told of it last may not have reached the user, who may not read it any more. */
  lose(conversationId: string): void {
    this.untold.add(conversationId)
  }

  /** Where the user has left, or what was deleted, nothing is unread, and only the total says so. */
  async recount(keys: string[]): Promise<UnreadCounts[]> {
    const { viewer, counts } = this
    const { userId } = viewer
    const asAdmin = isAdmin(viewer)
    const ids = keys.filter(key => key !== NOTIFICATIONS)
    const notifications =
      ids.length < keys.length ? await this.needs.notifications.unreadCount(userId) : this.notifications
    const now = await this.needs.conversations.unreadCounts(
      ids.map(conversationId => ({ conversationId, userId, asAdmin })),
    )
    const changed = ids.filter((id, index) => this.untold.has(id) || (counts.get(id) ?? 0) !== now[index])
    if (changed.length === 0 && notifications === this.notifications) return []
    this.notifications = notifications
    const conversations = await this.readSeen(changed)
    ids.forEach((id, index) => counts.set(id, now[index] ?? 0))
    for (const id of changed) this.untold.add(id)
    for (const { id } of conversations) this.untold.delete(id)
    return [this.tell(conversations)]
  }

  private async readSeen(ids: string[]): Promise<Conversation[]> {
    const found = await this.read(ids.filter(id => this.inbox?.follows(id)))
    return found.filter(conversation => isSeen(conversation, this.viewer))
  }

  private async read(ids: string[]): Promise<Conversation[]> {
    const found = await this.needs.conversations.findMany(ids)
    const byId = new Map(found.map(conversation => [conversation.id, conversation]))
    return ids.flatMap(id => byId.get(id) ?? [])
  }

  private tell(conversations: Conversation[]): UnreadCounts {
    return {
      id: this.viewer.userId,
      total: [...this.counts.values()].reduce((sum, count) => sum + count, 0),
      conversations,
      notifications: this.notifications,
    }
  }
}

const concernsCount = (change: Change, since: number, { view }: Followed): boolean => {
  if (change.kind === 'conversation') return true
  if (change.kind === 'participant') return view.isOwn(change.participant)
  return view.mayCount(change.message) || change.message.addedRev > since
}
