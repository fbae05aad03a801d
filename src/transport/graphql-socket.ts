import { CloseCode, MessageType, parseMessage, type SubscribeMessage } from 'graphql-ws'
import { FORBIDDEN_CLOSE, TRY_AGAIN_CLOSE } from '../connections/connection.js'
import { DomainError } from '../errors.js'
import { bareToken } from './bearer.js'
import { type Ends, SocketOperations } from './socket-operations.js'
import type { TransportNeeds } from './transport.js'

/** Long enough for a person who types it. */
const INIT_LIMIT_MS = 10_000

/** The server's side of graphql-transport-ws, on one socket. */
export class GraphqlSocket {
  #state: 'NEW' | 'GREETED' | 'ACKNOWLEDGED' = 'NEW'
  readonly #operations: SocketOperations
  readonly #initTimer: NodeJS.Timeout

  /** The token is from the upgrade: its Authorization header or `?token=`. */
  constructor(
    private readonly needs: TransportNeeds,
    private readonly ends: Ends,
    private readonly upgradeToken: string | undefined,
  ) {
    this.#operations = new SocketOperations(needs, ends)
    this.#initTimer = setTimeout(
      () => this.#close(CloseCode.ConnectionInitialisationTimeout, 'Connection initialisation timeout'),
      INIT_LIMIT_MS,
    )
  }

  get connection() {
    return this.ends.connection
  }

  /** Nothing begins any more. */
  stopBeginning(): void {
    this.#operations.draining = true
  }

  /** Never throws: a message that cannot be dealt with costs its own connection. */
  receive(data: string): void {
    if (this.connection.closed) return
    try {
      this.#receive(data)
    } catch (error) {
      this.#broken(error)
    }
  }

  #receive(data: string): void {
    // Answers pile up in a client that does not read them, whatever it asks.
    if (this.ends.output.isCongested()) return this.#close(TRY_AGAIN_CLOSE, 'Too slow')
    const message = parsed(data)
    switch (message?.type) {
      case MessageType.ConnectionInit:
        return void this.#initialise(message.payload ?? {}).catch(error => this.#broken(error))
      case MessageType.Ping:
        return this.ends.output.sendMessage({ type: MessageType.Pong, payload: message.payload })
      case MessageType.Pong:
        return
      case MessageType.Subscribe:
        return this.#begin(message)
      case MessageType.Complete:
        return this.#operations.leave(message.id)
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
    this.#operations.leaveAll()
  }

  async #initialise(params: Record<string, unknown>): Promise<void> {
    if (this.#state !== 'NEW')
      return this.#close(CloseCode.TooManyInitialisationRequests, 'Too many initialisation requests')
    this.#state = 'GREETED'
    clearTimeout(this.#initTimer)
    const { authorization, Authorization, token: given } = params
    const token = bareToken(authorization) ?? bareToken(Authorization) ?? bareToken(given) ?? this.upgradeToken
    if (!(await this.#identify(token))) return
    this.needs.services.connections.identified(this.connection)
    this.#state = 'ACKNOWLEDGED'
    this.ends.output.sendMessage({ type: MessageType.ConnectionAck })
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

  #begin(message: SubscribeMessage): void {
    if (this.#state !== 'ACKNOWLEDGED') return this.#close(CloseCode.Unauthorized, 'Unauthorized')
    if (this.#operations.has(message.id)) return this.#close(CloseCode.SubscriberAlreadyExists, 'The id is in use')
    this.#operations.begin(message)
  }

  #broken(error: unknown): void {
    // Clients can bring it about: no alarm.
    this.needs.services.logger.warn({ error, connectionId: this.connection.id }, 'A message of a socket failed')
    this.#close(CloseCode.InternalServerError, 'Internal server error')
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
