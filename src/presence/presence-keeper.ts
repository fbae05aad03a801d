import { randomUUID } from 'node:crypto'
import DataLoader from 'dataloader'
import type { Connections } from '../connections/connections.js'
import type { EventBus } from '../events/event-bus.js'
import type { Logger } from '../logger.js'
import { RetryingTask } from '../retrying-task.js'
import { absent, type Presence, type SettablePresence } from './presence.js'
import type { PresenceStore } from './presence.store.js'

export interface PresenceTimings {
  /** How often a process says that it lives, and looks for dead ones. */
  touchEveryMs: number
  /** How long after its last touch a process counts as dead. */
  deadAfterMs: number
  /** How often the people who are watched here are read again, for lost signals. */
  checkEveryMs: number
}

export const PRESENCE_TIMINGS: PresenceTimings = { touchEveryMs: 10_000, deadAfterMs: 30_000, checkEveryMs: 10_000 }

interface Needs {
  store: PresenceStore
  bus: Pick<EventBus, 'publish'>
  connections: Connections
  logger: Logger
}

/** Who is connected to this process, as the database and so every process knows it. */
export class PresenceKeeper {
  private readonly processId = randomUUID()
  /** Whom the database has as online here. */
  private readonly stored = new Set<string>()
  /** Whose state may differ from what is stored. */
  private readonly dirty = new Set<string>()
  private readonly task: RetryingTask
  private readonly loader: DataLoader<string, Presence>
  private touchDue = false
  private stopped = false
  private unlisten = () => {}
  private timer: NodeJS.Timeout | undefined

  constructor(
    private readonly needs: Needs,
    private readonly timings: PresenceTimings = PRESENCE_TIMINGS,
  ) {
    this.task = new RetryingTask({
      work: () => this.write(),
      logger: needs.logger,
      failure: 'presence could not be written; trying again',
    })
    this.loader = new DataLoader(ids => this.readEach(ids), { cache: false, maxBatchSize: 1000 })
  }

  async start(): Promise<void> {
    this.unlisten = this.needs.connections.listen({
      onOpen: (_, userId, count) => count === 1 && this.changed(userId),
      onClose: (_, userId, count) => count === 0 && this.changed(userId),
    })
    this.timer = setInterval(() => void this.touch(), this.timings.touchEveryMs).unref()
    await this.touch()
  }

  /** How long after its last touch a process counts as dead. */
  get deadAfterMs() {
    return this.timings.deadAfterMs
  }

  /** Same-tick calls are one query. Someone who does not exist is absent. */
  find(userId: string): Promise<Presence> {
    return this.loader.load(userId)
  }

  /** Those who exist, in no particular order. */
  read(userIds: readonly string[]): Promise<Presence[]> {
    return this.needs.store.read(userIds)
  }

  async choose(userId: string, status: SettablePresence): Promise<Presence> {
    await this.needs.store.choose(userId, status)
    this.needs.bus.publish('presence', userId, { userId })
    return this.find(userId)
  }

  /** Takes back what this process said. */
  async stop(): Promise<void> {
    if (this.stopped) return
    this.stopped = true
    this.unlisten()
    clearInterval(this.timer)
    await this.task.stop()
    try {
      this.publish(await this.needs.store.leave(this.processId))
    } catch (error) {
      this.needs.logger.warn({ error }, 'presence could not be taken back; other processes will')
    }
  }

  private changed(userId: string): void {
    this.dirty.add(userId)
    void this.task.request()
  }

  private touch(): Promise<void> {
    this.touchDue = true
    return this.task.request()
  }

  private async write(): Promise<void> {
    const sweeps = this.touchDue
    this.touchDue = false
    const changed = [...this.dirty]
    this.dirty.clear()
    const arrived = changed.filter(id => this.isConnected(id) && !this.stored.has(id))
    const departed = changed.filter(id => !this.isConnected(id))
    if (!sweeps && arrived.length === 0 && departed.length === 0) return
    try {
      const fresh = await this.needs.store.touch(this.processId, { arrived, departed })
      if (fresh) this.arriveAgain()
      for (const id of arrived) this.stored.add(id)
      for (const id of departed) this.stored.delete(id)
      this.publish([...arrived, ...departed])
      if (sweeps) this.publish(await this.needs.store.removeDead())
    } catch (error) {
      // Whether the statement was done is not known: everything in it is done again.
      for (const id of changed) this.dirty.add(id)
      for (const id of departed) this.stored.delete(id)
      this.touchDue = true
      throw error
    }
  }

  /** We were taken for dead, or just began: the database has nobody but who arrived just now. */
  private arriveAgain(): void {
    this.stored.clear()
    for (const id of this.needs.connections.userIds()) this.changed(id)
  }

  private isConnected(userId: string): boolean {
    return this.needs.connections.ofUser(userId).length > 0
  }

  private publish(userIds: readonly string[]): void {
    for (const userId of userIds) this.needs.bus.publish('presence', userId, { userId })
  }

  private async readEach(userIds: readonly string[]): Promise<Presence[]> {
    const found = new Map((await this.read(userIds)).map(presence => [presence.userId, presence]))
    return userIds.map(id => found.get(id) ?? absent(id))
  }
}
