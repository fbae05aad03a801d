import type { ChatClient } from './chat-client.js'
import { chatError, isNoAnswer, type ChatError } from './errors.js'
import { follow } from './follow.js'
import {
  ActiveSessionDocument,
  SessionDocument,
  SessionUpdatedDocument,
  type MoneyPartsFragment,
  type SessionPartsFragment,
} from './operations.js'
import { Store, type Readable } from './store.js'
import { untilAnswered } from './until-answered.js'
import { whenOpen } from './when-open.js'

export type ChatSession = SessionPartsFragment

export interface SessionState {
  status: 'LOADING' | 'LIVE' | 'ENDED'
  error: ChatError | null
  /** The one that runs, or the last that ended while this was shown; null: there is none. */
  session: ChatSession | null
  /** When `session` was read, by this device's clock: its `durationSeconds` go on from there. */
  readAt: number
}

/** Before anything is known. */
export const LOADING_SESSION: SessionState = { status: 'LOADING', error: null, session: null, readAt: 0 }

/** The session of a conversation. */
export class SessionView {
  readonly #state = new Store(LOADING_SESSION)
  readonly #client: ChatClient
  readonly #conversationId: string
  readonly #endings: (() => void)[]
  readonly #ended = new AbortController()
  #readings = 0

  constructor(client: ChatClient, conversationId: string) {
    this.#client = client
    this.#conversationId = conversationId
    const fail = (error: unknown) => this.#fail(error)
    this.#endings = [
      follow(client, SessionUpdatedDocument, {}, ({ sessionUpdated }) => this.#take(sessionUpdated), fail),
      // Events do not say what was missed.
      whenOpen(client.connection, () => this.#read()),
    ]
    this.#read()
  }

  get state(): Readable<SessionState> {
    return this.#state
  }

  close(): void {
    this.#ended.abort()
    this.#readings = Infinity
    for (const end of this.#endings) end()
  }

  #take(session: ChatSession): void {
    if (session.conversation.id !== this.#conversationId) return
    // What is being read may be older.
    this.#readings++
    this.#show(session)
  }

  #read(): void {
    const reading = ++this.#readings
    const { connection } = this.#client
    // A network that is gone comes back: only a refusal ends it.
    untilAnswered({ connection, signal: this.#ended.signal, passes: isNoAnswer }, () => this.#ask())
      .then(session => {
        if (reading === this.#readings) this.#show(session)
      })
      .catch((error: unknown) => {
        if (reading === this.#readings) this.#fail(error)
      })
  }

  /** The one that runs; without one, what became of the one that was shown. */
  async #ask(): Promise<ChatSession | null> {
    const variables = { conversationId: this.#conversationId }
    const query = { query: ActiveSessionDocument, variables, fetchPolicy: 'network-only' } as const
    const active = (await this.#client.query(query)).data?.conversation?.activeSession
    const { session: shown } = this.#state.get()
    if (active || !shown) return active ?? null
    const again = { query: SessionDocument, variables: { id: shown.id }, fetchPolicy: 'network-only' } as const
    return (await this.#client.query(again)).data?.session ?? null
  }

  #show(session: ChatSession | null): void {
    this.#state.set({ status: 'LIVE', error: null, session, readAt: Date.now() })
  }

  #fail(error: unknown): void {
    this.#state.set({ ...this.#state.get(), status: 'ENDED', error: chatError(error) })
  }
}

/** How long it lasts by now, in whole seconds. */
export const secondsOf = ({ session, readAt }: SessionState, now = Date.now()): number => {
  if (!session) return 0
  const since = session.status === 'ACTIVE' ? Math.max(0, now - readAt) / 1000 : 0
  return session.durationSeconds + Math.floor(since)
}

export interface SessionCosts {
  /** Of all who pay; null where nothing is charged. */
  cost: MoneyPartsFragment | null
  /** Of the viewer; null for who pays nothing. */
  viewerCost: MoneyPartsFragment | null
}

/** What it costs by now: the rate × the seconds ÷ 60, rounded half up. Once it has ended, what the server says alone counts. */
export const costsOf = (state: SessionState, viewerId: string, now = Date.now()): SessionCosts => {
  const { session } = state
  if (!session?.rate) return { cost: null, viewerCost: null }
  const { rate, cost, viewerCost, patient, participants, durationSeconds, status } = session
  if (status !== 'ACTIVE') return { cost, viewerCost }
  const seconds = secondsOf(state, now)
  const priceOf = (seconds: number) => Math.round((rate.amountMinor * seconds) / 60)
  // Of two, the patient pays until the end.
  if (patient) {
    const whole = { ...rate, amountMinor: priceOf(seconds) }
    return { cost: whole, viewerCost: viewerCost && whole }
  }
  // In a group each patient pays while they are in it.
  const paying = participants.filter(({ role, leftAt }) => role === 'PATIENT' && leftAt === null)
  const grown = priceOf(seconds - durationSeconds)
  const after = (money: MoneyPartsFragment | null, times: number) =>
    money && { ...money, amountMinor: money.amountMinor + times * grown }
  const isPaying = paying.some(({ user }) => user.id === viewerId)
  return { cost: after(cost, paying.length), viewerCost: after(viewerCost, isPaying ? 1 : 0) }
}
