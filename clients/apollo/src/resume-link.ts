import { ApolloLink, CombinedGraphQLErrors, Observable } from '@apollo/client'
import { Kind, type DocumentNode, type GraphQLFormattedError } from 'graphql'
import type { Subscription } from 'rxjs'
import { chatError } from './errors.js'
import type { ChatSocket } from './socket.js'

const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 30_000
/** Timers hold no more than some weeks. */
const LONGEST_WAIT_MS = 86_400_000

const wants = (query: DocumentNode, variable: string) =>
  query.definitions.some(
    definition =>
      definition.kind === Kind.OPERATION_DEFINITION &&
      definition.variableDefinitions?.some(({ variable: { name } }) => name.value === variable),
  )

const refusal = () =>
  new CombinedGraphQLErrors({
    errors: [{ message: 'The token is refused.', extensions: { code: 'UNAUTHENTICATED' } }],
  })

/** One subscription across any number of connections. */
class Resuming {
  #losses = 0
  #attempts = 0
  /** Nothing but its own patience keeps it: neither does it run, nor did the server say how long to wait. */
  #mayHurry = true
  #timer: ReturnType<typeof setTimeout> | undefined
  #running: Subscription | undefined
  readonly #forget: (() => void)[]

  constructor(
    private readonly socket: ChatSocket,
    private readonly operation: ApolloLink.Operation,
    private readonly forward: ApolloLink.ForwardFunction,
    private readonly observer: { next(result: ApolloLink.Result): void; error(error: unknown): void; complete(): void },
  ) {
    const ended = () => {
      this.stop()
      observer.complete()
    }
    socket.closed.addEventListener('abort', ended)
    this.#forget = [
      socket.want(),
      socket.client.on('connected', () => {
        this.#losses = 0
        this.#hurry()
      }),
      socket.whenOnline(() => this.#hurry()),
      () => socket.closed.removeEventListener('abort', ended),
    ]
    if (socket.closed.aborted) ended()
    else void this.#subscribe()
  }

  stop(): void {
    this.#attempts++
    this.#mayHurry = false
    for (const forget of this.#forget) forget()
    clearTimeout(this.#timer)
    this.#running?.unsubscribe()
  }

  async #subscribe(): Promise<void> {
    clearTimeout(this.#timer)
    const attempt = ++this.#attempts
    // On an open connection it begins before whatever is asked next: that misses nothing then.
    const isReady = this.socket.isOpen || (await this.#fetchToken())
    if (attempt !== this.#attempts) return
    if (!isReady) return this.#later()
    this.#mayHurry = false
    this.#running = this.forward(this.operation).subscribe({
      next: result => this.#next(result),
      complete: () => this.observer.complete(),
      error: error => this.#failed(error),
    })
  }

  async #fetchToken(): Promise<boolean> {
    try {
      await this.socket.fetchToken()
      return true
    } catch {
      return false
    }
  }

  #next(result: ApolloLink.Result): void {
    if (this.#outlasts(result.errors)) return
    this.#losses = 0
    const [event] = Object.values(result.data ?? {}) as ({ cursor?: string } | null)[]
    const { operation } = this
    if (event?.cursor !== undefined && wants(operation.query, 'after'))
      operation.variables = { ...operation.variables, after: event.cursor }
    this.observer.next(result)
  }

  #failed(error: unknown): void {
    if (CombinedGraphQLErrors.is(error)) {
      if (!this.#outlasts(error.errors)) this.observer.error(error)
    } else if (this.socket.ending === 'LOST') this.#later()
    else this.observer.error(this.socket.ending === 'REFUSED' ? refusal() : error)
  }

  /** Whether these errors pass: then it is subscribed again. */
  #outlasts(errors: readonly GraphQLFormattedError[] | undefined): boolean {
    if (!errors || errors.length === 0) return false
    const { code, retryAfterMs } = chatError(new CombinedGraphQLErrors({ errors }))
    const ranOut = code === 'UNAUTHENTICATED' && this.socket.refuse()
    if (!ranOut && code !== 'UNAVAILABLE' && code !== 'RATE_LIMITED') return false
    this.#later(retryAfterMs)
    // The next connection has the next token.
    if (ranOut) this.socket.client.terminate()
    return true
  }

  #later(atLeastMs = 0): void {
    this.#running?.unsubscribe()
    this.#mayHurry = atLeastMs === 0
    // Not all at once, when a server has gone.
    const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.#losses++) * (0.5 + Math.random())
    this.#timer = setTimeout(() => void this.#subscribe(), Math.max(Math.min(atLeastMs, LONGEST_WAIT_MS), pauseMs))
  }

  #hurry(): void {
    if (this.#mayHurry) void this.#subscribe()
  }
}

/** After a loss, subscribes again behind the last cursor that came: nothing is missed, and nothing comes twice. */
export const createResumeLink = (socket: ChatSocket): ApolloLink =>
  new ApolloLink(
    (operation, forward) =>
      new Observable(observer => {
        const resuming = new Resuming(socket, operation, forward, observer)
        return () => resuming.stop()
      }),
  )
