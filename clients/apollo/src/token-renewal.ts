import type { Client } from 'graphql-ws'
import { expiryOf } from './token.js'

const RENEW_TOKEN =
  'mutation RenewToken($input: RenewTokenInput!) { renewToken(input: $input) { connection { expiresAt } } }'
/** How long before its end a token is renewed, at most. */
const AHEAD_MS = 60_000
const SHORTEST_PAUSE_MS = 1_000
/** Timers hold no more. */
const LONGEST_PAUSE_MS = 2 ** 31 - 1

/** Carries an open connection on past the end of its token. Where that fails the connection ends, and comes back with the next token. */
export class TokenRenewal {
  #token: string | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly getToken: () => string | Promise<string>,
    private readonly client: Client,
  ) {}

  /** The one that the open connection has; undefined while there is none. */
  get token(): string | undefined {
    return this.#token
  }

  begin(token: string): void {
    this.stop()
    this.#token = token
    this.#schedule(token)
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#token = undefined
  }

  #schedule(token: string): void {
    const expiry = expiryOf(token)
    if (expiry === null) return
    const leftMs = expiry - Date.now()
    if (leftMs <= 0) return
    const pauseMs = Math.max(SHORTEST_PAUSE_MS, leftMs - Math.min(AHEAD_MS, leftMs / 2))
    this.#timer = setTimeout(() => void this.#renew(token), Math.min(pauseMs, LONGEST_PAUSE_MS))
  }

  async #renew(old: string): Promise<void> {
    const token = await this.#next(old)
    if (this.#token !== old) return
    if (token !== old && (await this.#send(token)) && this.#token === old) this.#token = token
    if (this.#token !== undefined) this.#schedule(this.#token)
  }

  async #next(old: string): Promise<string> {
    try {
      return await this.getToken()
    } catch {
      return old
    }
  }

  #send(token: string): Promise<boolean> {
    return new Promise(resolve => {
      let isRenewed = false
      this.client.subscribe(
        { query: RENEW_TOKEN, variables: { input: { token } } },
        {
          next: ({ errors }) => (isRenewed = !errors),
          error: () => resolve(false),
          complete: () => resolve(isRenewed),
        },
      )
    })
  }
}
