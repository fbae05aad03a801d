import type { Config } from '../config.js'
import { FORBIDDEN_CLOSE, type Connection } from '../connections/connection.js'
import type { Connections } from '../connections/connections.js'
import type { EventBus, Unsubscribe } from '../events/event-bus.js'
import type { Logger } from '../logger.js'
import type { PeopleStore, Standing } from '../people/people.store.js'
import { hasLostRole } from '../people/person.js'
import { RetryingTask } from '../retrying-task.js'

const CHECK_MS = 5_000

interface Needs {
  config: Pick<Config, 'autoProvisionUsers'>
  connections: Connections
  bus: Pick<EventBus, 'subscribe' | 'onInterrupted'>
  people: Pick<PeopleStore, 'standingOf'>
  logger: Logger
}

/** Cuts off whoever was deactivated or lost a role: at once when the bus says so, and else by a look every few seconds. */
export class StandingWatch {
  readonly #signals = new Map<string, Promise<Unsubscribe>>()
  /** Who is looked at next, and whether at their roles, too. */
  readonly #due = new Map<string, boolean>()
  readonly #task: RetryingTask
  #timer: NodeJS.Timeout | undefined
  readonly #endings: Unsubscribe[]

  constructor(
    private readonly needs: Needs,
    private readonly checkMs = CHECK_MS,
  ) {
    const { bus, connections, logger } = needs
    const failure = 'Whether everybody still is who they were could not be read; it is read again'
    this.#task = new RetryingTask({ work: () => this.#check(), logger, failure })
    this.#endings = [
      bus.onInterrupted(() => this.#look(connections.userIds())),
      connections.listen({
        onOpen: (_, userId, count) => count === 1 && this.#listen(userId),
        onClose: (_, userId, count) => count === 0 && this.#forget(userId),
      }),
    ]
  }

  start(): void {
    this.#timer = setInterval(() => this.#look(this.needs.connections.userIds()), this.checkMs)
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    for (const end of this.#endings) end()
    for (const userId of [...this.#signals.keys()]) this.#forget(userId)
    await this.#task.stop()
  }

  #listen(userId: string): void {
    const subscribed = this.needs.bus.subscribe('user', userId, ({ kind }) => {
      if (kind === 'standing') this.#look([userId], true)
    })
    this.#signals.set(userId, subscribed)
    // Deactivated between the token's check and now: nobody told this process.
    void subscribed.then(() => this.#look([userId]))
  }

  #forget(userId: string): void {
    void this.#signals.get(userId)?.then(unsubscribe => unsubscribe())
    this.#signals.delete(userId)
  }

  /** Where tokens bring the roles, another token may have narrowed the stored ones: there only the directory's word counts. */
  #look(userIds: readonly string[], rolesToo = !this.needs.config.autoProvisionUsers): void {
    for (const userId of userIds) this.#note(userId, rolesToo)
    if (this.#due.size > 0) void this.#task.request()
  }

  #note(userId: string, rolesToo: boolean): void {
    this.#due.set(userId, rolesToo || this.#due.get(userId) === true)
  }

  /** The signal is a hint: the database says what is true. */
  async #check(): Promise<void> {
    const due = new Map(this.#due)
    this.#due.clear()
    try {
      for (const standing of await this.needs.people.standingOf([...due.keys()]))
        for (const connection of this.needs.connections.ofUser(standing.id)) {
          const reason = lossOf(standing, connection, due.get(standing.id) === true)
          if (reason !== undefined) connection.close(FORBIDDEN_CLOSE, reason)
        }
    } catch (error) {
      for (const [userId, rolesToo] of due) this.#note(userId, rolesToo)
      throw error
    }
  }
}

const lossOf = ({ active, roles }: Standing, { viewer }: Connection, rolesToo: boolean): string | undefined => {
  if (!active) return 'The person is not active any more'
  return rolesToo && viewer && hasLostRole(viewer, { roles })
    ? 'The person does not have these roles any more'
    : undefined
}
