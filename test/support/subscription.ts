import { GraphqlFailure, type GraphqlError } from './graphql-client.js'

export interface SubscriptionResult<Data> {
  data?: Data | null
  errors?: GraphqlError[]
}

/** How a subscription ended: by itself, by an `error`, or with its connection. */
export type Ending =
  | { kind: 'COMPLETED' }
  | { kind: 'ERRORS'; errors: GraphqlError[] }
  | { kind: 'CLOSED'; code: number | undefined; reason: string }

const PATIENCE_MS = 10_000

/** What a subscription received, in order, to be awaited; nothing here waits for a time to pass. */
export class Subscription<Data> {
  readonly #results: SubscriptionResult<Data>[] = []
  readonly #wakeUps = new Set<() => void>()
  #ending: Ending | undefined

  constructor(private readonly unsubscribe: () => void) {}

  receive(result: SubscriptionResult<Data>): void {
    this.#results.push(result)
    this.#wake()
  }

  end(ending: Ending): void {
    this.#ending ??= ending
    this.#wake()
  }

  /** Ends it from the client's side. */
  stop(): void {
    this.unsubscribe()
    this.end({ kind: 'COMPLETED' })
  }

  /** What has arrived and nobody took yet. */
  get waiting(): number {
    return this.#results.length
  }

  /** The next result, errors and all. */
  async nextResult(patienceMs = PATIENCE_MS): Promise<SubscriptionResult<Data>> {
    const deadline = Date.now() + patienceMs
    while (this.#results.length === 0) {
      if (this.#ending) throw new Error(`The subscription ended: ${JSON.stringify(this.#ending)}`)
      await this.#change(deadline, 'the next event')
    }
    const result = this.#results.shift()
    if (!result) throw new Error('Unreachable')
    return result
  }

  /** The data of the next event, which must have no errors. */
  async next(patienceMs = PATIENCE_MS): Promise<Data> {
    const { data, errors } = await this.nextResult(patienceMs)
    if (errors) throw new GraphqlFailure(errors)
    if (!data) throw new Error('The event has neither data nor errors.')
    return data
  }

  async take(count: number, patienceMs = PATIENCE_MS): Promise<Data[]> {
    const events: Data[] = []
    while (events.length < count) events.push(await this.next(patienceMs))
    return events
  }

  /** Takes events up to the first that fits; gives all of them, that one last. */
  async until(fits: (event: Data) => boolean, patienceMs = PATIENCE_MS): Promise<Data[]> {
    const deadline = Date.now() + patienceMs
    const events: Data[] = []
    for (;;) {
      const event = await this.next(deadline - Date.now())
      events.push(event)
      if (fits(event)) return events
    }
  }

  /** Proves that something was not sent, by a later event that was: the next one must be that. */
  async expectNext(isMarker: (event: Data) => boolean, patienceMs = PATIENCE_MS): Promise<Data> {
    const event = await this.next(patienceMs)
    if (!isMarker(event)) throw new Error(`Another event came first: ${JSON.stringify(event)}`)
    return event
  }

  /** How it ended; what it received before stays to be taken. */
  async ended(patienceMs = PATIENCE_MS): Promise<Ending> {
    const deadline = Date.now() + patienceMs
    while (!this.#ending) await this.#change(deadline, 'the end')
    return this.#ending
  }

  #wake(): void {
    for (const wakeUp of this.#wakeUps) wakeUp()
    this.#wakeUps.clear()
  }

  #change(deadline: number, what: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => {
          this.#wakeUps.delete(wakeUp)
          reject(new Error(`Waited in vain for ${what} of the subscription.`))
        },
        Math.max(0, deadline - Date.now()),
      )
      const wakeUp = () => {
        clearTimeout(timer)
        resolve()
      }
      this.#wakeUps.add(wakeUp)
    })
  }
}
