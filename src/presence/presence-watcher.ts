import type { EventBus, Unsubscribe } from '../events/event-bus.js'
import type { Logger } from '../logger.js'
import { isVisible } from '../people/people-access.js'
import type { Viewer } from '../people/person.js'
import type { PeopleStore } from '../people/people.store.js'
import { samePresence, type Presence } from './presence.js'
import type { PresenceStore } from './presence.store.js'
import { SerialTask } from './serial-task.js'

const RETRY_MS = 1_000

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

interface Watched {
  readonly watches: Set<Watch>
  readonly unsubscribe: Promise<Unsubscribe>
}

interface Offer {
  watch: Watch
  presence: Presence
}

/** Tells subscribers here of the people whom they may see: the bus says who changed, the database what is true. */
export class PresenceWatcher {
  private readonly watches = new Set<Watch>()
  private readonly watched = new Map<string, Watched>()
  private readonly dirty = new Set<string>()
  private readonly task = new SerialTask(() => this.check())
  private readonly timer: NodeJS.Timeout
  private retryTimer: NodeJS.Timeout | undefined
  private relationsDue = false
  private failing = false
  private stopped = false

  constructor(
    private readonly needs: Needs,
    checkEveryMs: number,
  ) {
    this.timer = setInterval(() => this.checkAll(), checkEveryMs).unref()
  }

  /** Tells the present state of each, then every change. Without ids: of everyone whom the viewer is related to. */
  async watch(viewer: Viewer, ids: readonly string[] | null, listener: PresenceListener): Promise<() => void> {
    const watch: Watch = { viewer, listener, ids: new Set(), related: ids === null, told: new Map(), closed: false }
    this.watches.add(watch)
    const unsubscribe = this.needs.bus.subscribe('user', viewer.userId, () => this.sightChanged(watch))
    const close = () => this.close(watch, unsubscribe)
    try {
      await unsubscribe
      const related = ids ?? (await this.needs.people.relatedTo([viewer.userId])).get(viewer.userId) ?? []
      await this.follow(watch, new Set(related))
    } catch (error) {
      close()
      throw error
    }
    return close
  }

  stop(): void {
    this.stopped = true
    clearInterval(this.timer)
    clearTimeout(this.retryTimer)
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
    this.request()
  }

  private async join(watch: Watch, id: string): Promise<void> {
    const watched = this.watched.get(id) ?? {
      watches: new Set<Watch>(),
      unsubscribe: this.needs.bus.subscribe('presence', id, () => this.changed(id)),
    }
    this.watched.set(id, watched)
    watch.ids.add(id)
    watched.watches.add(watch)
    await watched.unsubscribe
    this.dirty.add(id)
  }

  private leave(watch: Watch, id: string): void {
    watch.ids.delete(id)
    this.forget(watch, id)
    const watched = this.watched.get(id)
    if (!watched?.watches.delete(watch) || watched.watches.size > 0) return
    this.watched.delete(id)
    void watched.unsubscribe.then(end => end())
  }

  private forget(watch: Watch, id: string): void {
    if (watch.told.delete(id)) watch.listener.forget(id)
  }

  private changed(id: string): void {
    this.dirty.add(id)
    this.request()
  }

  private sightChanged(watch: Watch): void {
    if (watch.related) this.relationsDue = true
    for (const id of watch.ids) this.dirty.add(id)
    this.request()
  }

  private checkAll(): void {
    this.relationsDue = true
    for (const id of this.watched.keys()) this.dirty.add(id)
    if (this.watches.size > 0) this.request()
  }

  private request(): void {
    if (!this.stopped) void this.task.request()
  }

  private async check(): Promise<void> {
    const ids = [...this.dirty]
    this.dirty.clear()
    const rereads = this.relationsDue
    this.relationsDue = false
    try {
      if (rereads) await this.rereadRelations()
      const presences = await this.needs.store.read(ids)
      await this.deliver(presences.flatMap(presence => this.offers(presence)))
      this.failing = false
    } catch (error) {
      this.retry(ids, error)
    }
  }

  private async rereadRelations(): Promise<void> {
    const watches = [...this.watches].filter(watch => watch.related)
    if (watches.length === 0) return
    const related = await this.needs.people.relatedTo([...new Set(watches.map(watch => watch.viewer.userId))])
    for (const watch of watches)
      if (!watch.closed) await this.follow(watch, related.get(watch.viewer.userId) ?? new Set())
  }

  private offers(presence: Presence): Offer[] {
    const watches = [...(this.watched.get(presence.userId)?.watches ?? [])]
    const news = watches.filter(({ told }) => {
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

  private retry(ids: string[], error: unknown): void {
    for (const id of ids) this.dirty.add(id)
    this.relationsDue = true
    if (!this.failing) this.needs.logger.warn({ error }, 'presence could not be read; trying again')
    this.failing = true
    clearTimeout(this.retryTimer)
    this.retryTimer = setTimeout(() => this.request(), RETRY_MS).unref()
  }
}
