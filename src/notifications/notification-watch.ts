import type { EventBus, Unsubscribe } from '../events/event-bus.js'
import type { Logger } from '../logger.js'
import { RetryingTask } from '../retrying-task.js'
import type { NotificationStore, Recent, RecentKey } from './notification.store.js'
import type { Notification } from './notification.js'

interface Needs {
  store: Pick<NotificationStore, 'recent'>
  bus: Pick<EventBus, 'subscribe' | 'onInterrupted'>
  logger: Logger
}

export interface NotificationListener {
  onAdded?(notification: Notification): void
  /** Another number than before is unread. */
  onUnread?(unread: number): void
}

interface Watched {
  readonly listeners: Set<NotificationListener>
  readonly subscribed: Promise<Unsubscribe>
  opened: Promise<void>
  since: Date | null
  /** Of the last minute before `since`. */
  known: Set<string>
  unread: number
}

const CHECK_MS = 5_000

/** Tells of the notifications of users who are connected here: at once when the bus says so, else by a look every few seconds. */
export class NotificationWatch {
  private readonly users = new Map<string, Watched>()
  private readonly due = new Set<string>()
  private readonly task: RetryingTask
  private timer: NodeJS.Timeout | undefined
  private readonly stopListening: Unsubscribe

  constructor(
    private readonly needs: Needs,
    private readonly checkMs = CHECK_MS,
  ) {
    this.task = new RetryingTask({
      work: () => this.readDue(),
      logger: needs.logger,
      failure: 'Notifications could not be read; they are read again.',
    })
    this.stopListening = needs.bus.onInterrupted(() => this.look(this.users.keys()))
  }

  start(): void {
    this.timer = setInterval(() => this.look(this.users.keys()), this.checkMs).unref()
  }

  /** What the listener is told begins with what is added after this. */
  async watch(userId: string, listener: NotificationListener): Promise<Unsubscribe> {
    const watched = this.users.get(userId) ?? this.open(userId)
    watched.listeners.add(listener)
    const unwatch = () => {
      if (watched.listeners.delete(listener) && watched.listeners.size === 0) this.close(userId, watched)
    }
    try {
      await watched.opened
    } catch (error) {
      unwatch()
      throw error
    }
    return unwatch
  }

  async stop(): Promise<void> {
    clearInterval(this.timer)
    this.stopListening()
    for (const [userId, watched] of this.users) this.close(userId, watched)
    await this.task.stop()
  }

  private open(userId: string): Watched {
    const subscribed = this.needs.bus.subscribe('user', userId, ({ kind }) => {
      if (kind === 'notifications') this.look([userId])
    })
    const watched: Watched = {
      listeners: new Set(),
      subscribed,
      opened: Promise.resolve(),
      since: null,
      known: new Set(),
      unread: 0,
    }
    // Signals first, then what there is: nothing falls between.
    watched.opened = subscribed.then(async () => {
      const [recent] = await this.needs.store.recent([{ userId, since: null }])
      if (recent) takeOver(watched, recent)
      if (this.due.has(userId)) this.look([userId])
    })
    this.users.set(userId, watched)
    return watched
  }

  private close(userId: string, watched: Watched): void {
    if (this.users.get(userId) === watched) this.users.delete(userId)
    watched.listeners.clear()
    void watched.subscribed.then(unsubscribe => unsubscribe())
  }

  private look(userIds: Iterable<string>): void {
    for (const userId of userIds) this.due.add(userId)
    if (this.due.size > 0) void this.task.request()
  }

  /** One query for all. */
  private async readDue(): Promise<void> {
    const keys: RecentKey[] = []
    for (const userId of this.due) {
      const watched = this.users.get(userId)
      // While it is being opened it stays due.
      if (watched && watched.since === null) continue
      this.due.delete(userId)
      if (watched) keys.push({ userId, since: watched.since })
    }
    if (keys.length === 0) return
    try {
      for (const recent of await this.needs.store.recent(keys)) {
        const watched = this.users.get(recent.userId)
        if (watched) tell(watched, recent)
      }
    } catch (error) {
      for (const { userId } of keys) this.due.add(userId)
      throw error
    }
  }
}

const takeOver = (watched: Watched, { at, unread, notifications }: Recent): void => {
  watched.since = at
  watched.unread = unread
  watched.known = new Set(notifications.map(({ id }) => id))
}

const tell = (watched: Watched, recent: Recent): void => {
  const added = recent.notifications.filter(({ id }) => !watched.known.has(id))
  const counts = added.length > 0 || watched.unread !== recent.unread
  takeOver(watched, recent)
  for (const listener of watched.listeners) {
    for (const notification of added) listener.onAdded?.(notification)
    if (counts) listener.onUnread?.(recent.unread)
  }
}
