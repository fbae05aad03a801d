import type { EventBus, Unsubscribe } from '../events/event-bus.js'
import type { Logger } from '../logger.js'
import type { PeopleStore } from '../people/people.store.js'
import { FORBIDDEN_CLOSE } from './connection.js'
import type { Connections } from './connections.js'

const CHECK_MS = 5_000
const REASON = 'The person is not active any more'

interface Needs {
  connections: Connections
  bus: Pick<EventBus, 'subscribe' | 'onInterrupted'>
  people: Pick<PeopleStore, 'inactiveAmong'>
  logger: Logger
}

/** Cuts off whoever was deactivated: at once when the bus says so, and else by a look every few seconds. */
export class DeactivationWatch {
  readonly #signals = new Map<string, Promise<Unsubscribe>>()
  readonly #timer: NodeJS.Timeout
  readonly #endings: Unsubscribe[]

  constructor(
    private readonly needs: Needs,
    checkMs = CHECK_MS,
  ) {
    this.#timer = setInterval(() => void this.#check(), checkMs)
    this.#endings = [
      needs.bus.onInterrupted(() => void this.#check()),
      needs.connections.listen({
        onOpen: (_, userId, count) => count === 1 && this.#listen(userId),
        onClose: (_, userId, count) => count === 0 && this.#forget(userId),
      }),
    ]
  }

  stop(): void {
    clearInterval(this.#timer)
    for (const end of this.#endings) end()
    for (const userId of [...this.#signals.keys()]) this.#forget(userId)
  }

  #listen(userId: string): void {
    const { bus, logger } = this.needs
    const subscribed = bus
      .subscribe('user', userId, ({ kind }) => {
        if (kind === 'deactivated') void this.#check([userId])
      })
      .catch((error: unknown) => {
        logger.warn({ error }, 'Nobody will say at once that somebody was deactivated; it is looked for')
        return () => {}
      })
    this.#signals.set(userId, subscribed)
    // Deactivated between the token's check and now: nobody told this process.
    void subscribed.then(() => this.#check([userId]))
  }

  #forget(userId: string): void {
    void this.#signals.get(userId)?.then(unsubscribe => unsubscribe())
    this.#signals.delete(userId)
  }

  /** The signal is a hint: the database says what is true. */
  async #check(userIds = this.needs.connections.userIds()): Promise<void> {
    const { connections, people, logger } = this.needs
    if (userIds.length === 0) return
    try {
      for (const userId of await people.inactiveAmong(userIds)) connections.closeUser(userId, FORBIDDEN_CLOSE, REASON)
    } catch (error) {
      logger.warn({ error }, 'Whether everybody is still active could not be read; it is read again')
    }
  }
}
