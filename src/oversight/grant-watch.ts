import type { EventBus, Unsubscribe } from '../events/event-bus.js'
import type { Logger } from '../logger.js'
import { RetryingTask } from '../retrying-task.js'
import type { AccessGrantStore } from './access-grant.store.js'
import type { HeldGrant } from './held-grant.js'

interface Needs {
  grants: Pick<AccessGrantStore, 'heldAmong'>
  bus: Pick<EventBus, 'subscribe' | 'onInterrupted'>
  logger: Logger
}

/** Something that goes on for as long as a grant is held. */
interface Following {
  readonly grantId: string
  end(): void
}

const CHECK_MS = 5_000

/** Tells when grants are over that something here rests on: by a timer, at once when the bus says so, and by a look every few seconds. */
export class GrantWatch {
  readonly #followings = new Set<Following>()
  readonly #task: RetryingTask
  #timer: NodeJS.Timeout | undefined
  readonly #stopListening: Unsubscribe

  constructor(
    private readonly needs: Needs,
    private readonly checkMs = CHECK_MS,
  ) {
    const failure = 'Whether access grants are still held could not be read; it is read again.'
    this.#task = new RetryingTask({ work: () => this.#check(), logger: needs.logger, failure })
    this.#stopListening = needs.bus.onInterrupted(() => this.#look())
  }

  start(): void {
    this.#timer = setInterval(() => this.#look(), this.checkMs).unref()
  }

  /** `onOver` is called once, when the grant is over, if nobody has stopped following it; then perhaps before this resolves. */
  async follow({ id, adminId, remainingMs }: HeldGrant, onOver: () => void): Promise<Unsubscribe> {
    const end = () => {
      stop()
      onOver()
    }
    const following = { grantId: id, end }
    const timer = setTimeout(end, remainingMs).unref()
    const subscribed = this.needs.bus.subscribe('user', adminId, ({ kind }) => {
      if (kind === 'grants') this.#look()
    })
    this.#followings.add(following)
    const stop = () => {
      if (!this.#followings.delete(following)) return
      clearTimeout(timer)
      void subscribed.then(unsubscribe => unsubscribe())
    }
    try {
      await subscribed
      // Ended between its reading and now: nobody told this process.
      await this.#check()
    } catch (error) {
      stop()
      throw error
    }
    return stop
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    this.#stopListening()
    await this.#task.stop()
  }

  #look(): void {
    if (this.#followings.size > 0) void this.#task.request()
  }

  /** One query for all. */
  async #check(): Promise<void> {
    const followings = [...this.#followings]
    const held = await this.needs.grants.heldAmong([...new Set(followings.map(({ grantId }) => grantId))])
    for (const following of followings)
      if (!held.has(following.grantId) && this.#followings.has(following)) following.end()
  }
}
