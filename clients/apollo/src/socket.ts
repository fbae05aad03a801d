import { createClient, type Client } from 'graphql-ws'
import type { ChatClientOptions } from './options.js'
import { Store } from './store.js'
import { TokenRenewal } from './token-renewal.js'

/**
 * IDLE: nothing is followed. LOST: it is tried again by itself. REFUSED: the token does not hold, and `getToken` gives the same
 * again: the person has to sign in.
 */
export type ConnectionState = 'IDLE' | 'CONNECTING' | 'OPEN' | 'LOST' | 'REFUSED'

/** What an end of the connection means: LOST and EXPIRED are worth another try, the others are not. */
type Ending = 'LOST' | 'REFUSED' | 'BROKEN'

/** What tells that the network comes and goes, where there is a browser. */
const page = globalThis as Partial<Pick<EventTarget, 'addEventListener' | 'removeEventListener'>>

/** Network trouble, a server that goes or is full; 4408: a slow connect; 4499: a ping without an answer. */
const TRY_AGAIN = [1001, 1005, 1006, 1012, 1013, 4408, 4499]
const NORMAL = 1000
const REFUSED = 4403

/** One WebSocket, which opens with the first operation. It does not come back by itself: what follows something does that. */
export class ChatSocket {
  readonly state = new Store<ConnectionState>('IDLE')
  readonly client: Client
  readonly #options: ChatClientOptions
  readonly #renewal: TokenRenewal
  readonly #impatient = new Set<() => void>()
  readonly #wishes = new Set<object>()
  #token = ''
  #refused: string | undefined
  #ending: Ending = 'LOST'
  readonly #closing = new AbortController()
  #patience: ReturnType<typeof setTimeout> | undefined
  #announcement: ReturnType<typeof setTimeout> | undefined
  #isOpen = false

  constructor(options: ChatClientOptions) {
    this.#options = options
    this.client = this.#createClient()
    this.#renewal = new TokenRenewal(options.getToken, this.client)
    page.addEventListener?.('online', this.#online)
    page.addEventListener?.('offline', this.#offline)
  }

  /** Before it connects: a server that waits 10 s for a token hangs up. */
  async fetchToken(): Promise<void> {
    this.#token = await this.#options.getToken()
  }

  /** Aborted by `close`: nothing opens a connection any more. */
  get closed(): AbortSignal {
    return this.#closing.signal
  }

  /** One thing more that wants a connection; returns what ends that. Where nothing does, none is missed. */
  want(): () => void {
    const wish = {}
    this.#wishes.add(wish)
    return () => {
      this.#wishes.delete(wish)
      if (this.#wishes.size === 0 && this.state.get() === 'LOST') this.state.set('IDLE')
    }
  }

  /** Before `state` says so. */
  get isOpen(): boolean {
    return this.#isOpen
  }

  /** Why the connection went. */
  get ending(): Ending {
    return this.#ending
  }

  /** Whether another token may do: not if this one was refused before, and never accepted since. */
  refuse(): boolean {
    const token = this.#renewal.token ?? this.#token
    const isFirst = token !== this.#refused
    this.#refused = token
    if (!isFirst) this.state.set('REFUSED')
    return isFirst
  }

  /** The listener is called when it is worth trying at once, for the network is back. */
  whenOnline(listener: () => void): () => void {
    this.#impatient.add(listener)
    return () => void this.#impatient.delete(listener)
  }

  async close(): Promise<void> {
    this.#closing.abort()
    page.removeEventListener?.('online', this.#online)
    page.removeEventListener?.('offline', this.#offline)
    this.#gone()
    // One that is refused while it connects is closed as well.
    await Promise.resolve(this.client.dispose()).catch(() => {})
    this.state.set('IDLE')
  }

  readonly #online = () => {
    for (const listener of [...this.#impatient]) listener()
  }

  // Nobody says that a network is dead: without this it would show with the next ping.
  readonly #offline = () => this.client.terminate()

  #createClient(): Client {
    const { url, pingMs = 10_000, pongMs = 5_000 } = this.#options
    return createClient({
      url: url.replace(/^http/, 'ws'),
      connectionParams: () => ({ token: this.#token }),
      // The resume link does it: graphql-ws would begin again at the first cursor.
      retryAttempts: 0,
      keepAlive: pingMs,
      on: {
        connecting: () => {
          if (this.state.get() === 'IDLE') this.state.set('CONNECTING')
        },
        connected: () => this.#opened(),
        ping: received => {
          if (!received) this.#patience = setTimeout(() => this.client.terminate(), pongMs)
        },
        pong: received => {
          if (received) clearTimeout(this.#patience)
        },
        error: () => this.#lost('LOST'),
        closed: event => this.#closed((event as { code: number }).code),
      },
    })
  }

  #opened(): void {
    this.#refused = undefined
    this.#renewal.begin(this.#token)
    this.#isOpen = true
    // First what is followed begins again: what is read then leaves no gap.
    this.#announcement = setTimeout(() => this.state.set('OPEN'))
  }

  #closed(code: number): void {
    this.#gone()
    if (code === NORMAL) return this.state.set('IDLE')
    if (code === REFUSED) return this.#lost(this.refuse() ? 'LOST' : 'REFUSED')
    this.#lost(TRY_AGAIN.includes(code) ? 'LOST' : 'BROKEN')
  }

  #gone(): void {
    this.#isOpen = false
    clearTimeout(this.#patience)
    clearTimeout(this.#announcement)
    this.#renewal.stop()
  }

  #lost(ending: Ending): void {
    this.#ending = ending
    this.state.set(ending === 'REFUSED' ? 'REFUSED' : 'LOST')
  }
}
