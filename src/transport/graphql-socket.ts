import { CloseCode, MessageType, parseMessage, type SubscribeMessage } from 'graphql-ws'
import { FORBIDDEN_CLOSE, TRY_AGAIN_CLOSE, type Connection } from '../connections/connection.js'
import { DomainError, rateLimited, unavailable } from '../errors.js'
import { createContext, type Context } from '../graphql/context.js'
import { Deliveries, type Sink } from '../graphql/deliveries.js'
import { isRefused } from '../graphql/documents.js'
import { isSubscription, type Engine, type Operation, type Result } from '../graphql/engine.js'
import type { Services } from '../services.js'
import { bareToken } from './bearer.js'
import type { SocketOutput } from './socket-output.js'

export const MAX_OPERATIONS = 100
const INIT_LIMIT_MS = 3_000

interface Needs {
  engine: Engine
  services: Services
}

interface Ends {
  connection: Connection
  output: SocketOutput
  /** From the upgrade: the Authorization header or `?token=`. */
  upgradeToken: string | undefined
}

/** An operation that the client awaits. */
interface Awaited {
  deliveries: Deliveries | null
}

/** The server's side of graphql-transport-ws, on one socket. */
export class GraphqlSocket {
  /** Nothing begins any more. */
  draining = false
  #state: 'NEW' | 'GREETED' | 'ACKNOWLEDGED' = 'NEW'
  #count = 0
  readonly #operations = new Map<string, Awaited>()
  readonly #initTimer: NodeJS.Timeout

  constructor(
    private readonly needs: Needs,
    private readonly ends: Ends,
  ) {
    this.#initTimer = setTimeout(
      () => this.#close(CloseCode.ConnectionInitialisationTimeout, 'Connection initialisation timeout'),
      INIT_LIMIT_MS,
    )
  }

  get connection() {
    return this.ends.connection
  }

  receive(data: string): void {
    if (this.connection.closed) return
    // Answers pile up in a client that does not read them, whatever it asks.
    if (this.ends.output.isCongested()) return this.#close(TRY_AGAIN_CLOSE, 'Too slow')
    const message = parsed(data)
    switch (message?.type) {
      case MessageType.ConnectionInit:
        return void this.#initialise(message.payload ?? {})
      case MessageType.Ping:
        return this.#send({ type: MessageType.Pong, payload: message.payload })
      case MessageType.Pong:
        return
      case MessageType.Subscribe:
        return this.#begin(message)
      case MessageType.Complete:
        return this.#leave(message.id)
      case MessageType.ConnectionAck:
      case MessageType.Next:
      case MessageType.Error:
      case undefined:
        return this.#close(CloseCode.BadRequest, 'Invalid message received')
    }
  }

  /** The transport is gone. */
  ended(): void {
    clearTimeout(this.#initTimer)
    for (const id of [...this.#operations.keys()]) this.#leave(id)
  }

  async #initialise(params: Record<string, unknown>): Promise<void> {
    if (this.#state !== 'NEW')
      return this.#close(CloseCode.TooManyInitialisationRequests, 'Too many initialisation requests')
    this.#state = 'GREETED'
    clearTimeout(this.#initTimer)
    const { authorization, Authorization, token: given } = params
    const token = bareToken(authorization) ?? bareToken(Authorization) ?? bareToken(given) ?? this.ends.upgradeToken
    if (!(await this.#identify(token))) return
    this.needs.services.connections.identified(this.connection)
    this.#state = 'ACKNOWLEDGED'
    this.#send({ type: MessageType.ConnectionAck })
  }

  async #identify(token: string | undefined): Promise<boolean> {
    const { authenticator, logger } = this.needs.services
    try {
      if (token === undefined) this.connection.remainAnonymous()
      else this.connection.identify(await authenticator.authenticate(token))
      return !this.connection.closed
    } catch (error) {
      if (error instanceof DomainError && error.code === 'UNAUTHENTICATED') {
        this.#close(FORBIDDEN_CLOSE, error.message)
        return false
      }
      logger.warn({ error, connectionId: this.connection.id }, 'A connection could not be authenticated')
      this.#close(TRY_AGAIN_CLOSE, 'Try again later')
      return false
    }
  }

  #begin({ id, payload: { query, operationName, variables } }: SubscribeMessage): void {
    if (this.#state !== 'ACKNOWLEDGED') return this.#close(CloseCode.Unauthorized, 'Unauthorized')
    if (this.#operations.has(id)) return this.#close(CloseCode.SubscriberAlreadyExists, 'The id is in use')
    const requestId = `${this.connection.id}.${++this.#count}`
    const refusal = this.#refusal()
    if (refusal) return this.#fail(id, [refusal], requestId)
    const operation = this.needs.engine.prepare(query, operationName, variables)
    if (isRefused(operation)) return this.#fail(id, operation.errors, requestId)
    const awaited: Awaited = { deliveries: null }
    this.#operations.set(id, awaited)
    const context = createContext(this.needs.services, this.connection, requestId)
    void (isSubscription(operation)
      ? this.#follow(id, awaited, operation, context)
      : this.#answer(id, awaited, operation, context))
  }

  /** Why nothing more may begin at present. */
  #refusal(): DomainError | undefined {
    const { running, activeSubscriptions } = this.connection
    if (this.draining) return unavailable('The server is shutting down: nothing was done, connect again.')
    if (running + activeSubscriptions < MAX_OPERATIONS) return undefined
    return rateLimited(1_000, `At most ${MAX_OPERATIONS} operations may run on a connection at a time.`)
  }

  async #answer(id: string, awaited: Awaited, operation: Operation, context: Context): Promise<void> {
    const result = await this.connection.track(this.needs.engine.execute(operation, context))
    this.#finish(id, awaited, result)
  }

  async #follow(id: string, awaited: Awaited, operation: Operation, context: Context): Promise<void> {
    const begun = await this.connection.track(this.needs.engine.subscribe(operation, context))
    if (!(begun instanceof Deliveries)) return this.#finish(id, awaited, begun)
    if (this.#operations.get(id) !== awaited) return begun.return()
    awaited.deliveries = begun
    try {
      await begun.deliverTo(this.#sinkOf(id))
      this.#finish(id, awaited)
    } catch (error) {
      if (this.#forget(id, awaited)) this.#fail(id, [error], context.requestId)
    }
  }

  #sinkOf(id: string): Sink {
    const { output } = this.ends
    const before = nextOf(id)
    return {
      write: text => output.send(`${before}${text}}`),
      isFull: () => output.isFull(),
      onDrain: resume => output.onDrain(resume),
    }
  }

  #finish(id: string, awaited: Awaited, result?: Result): void {
    if (!this.#forget(id, awaited)) return
    if (result) this.ends.output.send(`${nextOf(id)}${JSON.stringify(result)}}`)
    this.#send({ id, type: MessageType.Complete })
  }

  #fail(id: string, errors: readonly unknown[], requestId: string): void {
    this.#send({ id, type: MessageType.Error, payload: this.needs.engine.formatErrors(errors, requestId) })
  }

  /** Whether the client still awaited it. */
  #forget(id: string, awaited: Awaited): boolean {
    return this.#operations.get(id) === awaited && this.#operations.delete(id)
  }

  #leave(id: string): void {
    const awaited = this.#operations.get(id)
    this.#operations.delete(id)
    awaited?.deliveries?.return()
  }

  #send(message: object): void {
    this.ends.output.send(JSON.stringify(message))
  }

  #close(code: number, reason: string): void {
    this.connection.close(code, reason)
  }
}

/** Undefined for what is no message of the protocol. */
const parsed = (data: string) => {
  try {
    return parseMessage(data)
  } catch {
    return undefined
  }
}

const nextOf = (id: string) => `{"id":${JSON.stringify(id)},"type":"next","payload":`
