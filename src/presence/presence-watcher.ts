import type { EventBus, Unsubscribe } from '../events/event-bus.js'
import type { Logger } from '../logger.js'
import { isVisible } from '../people/people-access.js'
import type { Viewer } from '../people/person.js'
import type { PeopleStore } from '../people/people.store.js'
import { RetryingTask } from '../retrying-task.js'
import { samePresence, type Presence } from './presence.js'
import type { PresenceStore } from './presence.store.js'
import { PresenceTopics } from './presence-topics.js'

interface Needs {
  store: PresenceStore
  people: PeopleStore
  bus: EventBus
  logger: Logger
}

export interface PresenceListener {
  tell(presence: Presence): void
  /** The viewer may not know of the person any more. */
  forget(userId: string): void
}

/** What one subscriber follows, and what they were told. */
interface Watch {
  readonly viewer: Viewer
  readonly listener: PresenceListener
  readonly ids: Set<string>
  /** Whether `ids` are whomever the viewer is related to, and change with that. */
  readonly related: boolean
  readonly told: Map<string, Presence>
  closed: boolean
}

interface Offer {
  watch: Watch
  presence: Presence
}

/** Tells subscribers here of the people whom they may see: the bus says who changed, the database what is true. */
export class PresenceWatcher {
  private readonly watches = new Set<Watch>()
  private readonly topics: PresenceTopics<Watch>
  private readonly dirty = new Set<string>()
  /** Whose relations may have changed. */
  private readonly stale = new Set<Watch>()
  private readonly task: RetryingTask
  private timer: NodeJS.Timeout | undefined
  private readonly unlisten: Unsubscribe

  constructor(
    private readonly needs: Needs,
    private readonly checkEveryMs: number,
  ) {
    this.task = new RetryingTask({
      work: () => this.check(),
      logger: needs.logger,
      failure: 'presence could not be read; trying again',
    })
    this.topics = new PresenceTopics(needs.bus, id => this.changed(id))
    this.unlisten = needs.bus.onInterrupted(() => this.checkAll())
  }

  start(): void {
    this.timer = setInterval(() => this.checkAll(), this.checkEveryMs).unref()
  }

  /** Tells the present state of each, then every change. Without ids: of everyone whom the viewer is related to. */
  async watch(viewer: Viewer, ids: readonly string[] | null, listener: PresenceListener): Promise<() => void> {
    const watch: Watch = { viewer, listener, ids: new Set(), related: ids === null, told: new Map(), closed: false }
    this.watches.add(watch)
    const unsubscribe = this.needs.bus.subscribe('user', viewer.userId, ({ kind }) => {
      if (kind === 'conversations') this.sightChanged(watch)
    })
    const close = () => this.close(watch, unsubscribe)
    try {
      await unsubscribe
      await this.follow(watch, new Set(ids ?? (await this.needs.people.relatedTo([viewer]))[0]))
      // Once more: a signal that came meanwhile may have been answered with what was read before it.
      this.sightChanged(watch)
    } catch (error) {
      close()
      throw error
    }
    return close
  }

  async stop(): Promise<void> {
    this.unlisten()
    clearInterval(this.timer)
    await this.task.stop()
  }

  private close(watch: Watch, unsubscribe: Promise<Unsubscribe>): void {
    if (watch.closed) return
    watch.closed = true
    this.watches.delete(watch)
    for (const id of watch.ids) this.leave(watch, id)
    void unsubscribe.then(end => end())
  }

  private async follow(watch: Watch, ids: ReadonlySet<string>): Promise<void> {
    for (const id of watch.ids) if (!ids.has(id)) this.leave(watch, id)
    await Promise.all([...ids].filter(id => !watch.ids.has(id)).map(id => this.join(watch, id)))
    void this.task.request()
  }

  private async join(watch: Watch, id: string): Promise<void> {
    watch.ids.add(id)
    await this.topics.join(id, watch)
    this.dirty.add(id)
  }

  private leave(watch: Watch, id: string): void {
    watch.ids.delete(id)
    this.forget(watch, id)
    this.topics.leave(id, watch)
  }

  private forget(watch: Watch, id: string): void {
    if (watch.told.delete(id)) watch.listener.forget(id)
  }

  private changed(id: string): void {
    this.dirty.add(id)
    void this.task.request()
  }

  private sightChanged(watch: Watch): void {
    if (watch.related) this.stale.add(watch)
    for (const id of watch.ids) this.dirty.add(id)
    void this.task.request()
  }

  private checkAll(): void {
    for (const watch of this.watches) if (watch.related) this.stale.add(watch)
    for (const id of this.topics.ids()) this.dirty.add(id)
    if (this.watches.size > 0) void this.task.request()
  }

  private async check(): Promise<void> {
    const ids = [...this.dirty]
    this.dirty.clear()
    const stale = [...this.stale]
    this.stale.clear()
    try {
      await this.rereadRelations(stale)
      const presences = await this.needs.store.read(ids)
      await this.deliver(presences.flatMap(presence => this.offers(presence)))
    } catch (error) {
      for (const id of ids) this.dirty.add(id)
      for (const watch of stale) this.stale.add(watch)
      throw error
    }
  }

  private async rereadRelations(watches: readonly Watch[]): Promise<void> {
    const related = await this.needs.people.relatedTo(watches.map(watch => watch.viewer))
    for (const [index, watch] of watches.entries())
      if (!watch.closed) await this.follow(watch, related[index] ?? new Set())
  }

  private offers(presence: Presence): Offer[] {
    const news = this.topics.listenersOf(presence.userId).filter(({ told }) => {
      const last = told.get(presence.userId)
      return !last || !samePresence(last, presence)
    })
    return news.map(watch => ({ watch, presence }))
  }

  /** Whether the viewer may see the person is asked now, so that nothing is told after they no longer may. */
  private async deliver(offers: Offer[]): Promise<void> {
    const visible = await Promise.all(
      offers.map(({ watch, presence }) => isVisible(this.needs, watch.viewer, presence.userId)),
    )
    offers.forEach(({ watch, presence }, index) => {
      if (!watch.ids.has(presence.userId)) return
      if (!visible[index]) return this.forget(watch, presence.userId)
      watch.told.set(presence.userId, presence)
      watch.listener.tell(presence)
    })
  }
}
