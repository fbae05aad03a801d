import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { OperationTypeNode } from 'graphql'
import { Connection, FORBIDDEN_CLOSE, TRY_AGAIN_CLOSE } from '../connections/connection.js'
import { unauthenticated, unavailable } from '../errors.js'
import { createContext } from '../graphql/context.js'
import { isRefused } from '../graphql/documents.js'
import { Deliveries } from '../graphql/deliveries.js'
import type { Result } from '../graphql/engine.js'
import { isSubscription, type Operation } from '../graphql/operation.js'
import { badRequest } from '../graphql/request-errors.js'
import { bareToken } from './bearer.js'
import { baseUrlOf } from './origin.js'
import type { Params } from './sse-params.js'
import { MAX_BUFFERED_BYTES, type TransportNeeds } from './transport.js'

const HEARTBEAT_MS = 12_000
const KEEP_ALIVE_MS = 30_000

const nextOf = (text: string) => `event: next\ndata: ${text}\n\n`
const COMPLETE = 'event: complete\ndata: \n\n'

/** One operation's answer. */
export class EventStreamResponse {
  readonly #raw: ServerResponse
  readonly #connection: Connection
  #ending = false

  constructor(
    private readonly needs: TransportNeeds,
    private readonly request: FastifyRequest,
    private readonly reply: FastifyReply,
  ) {
    this.#raw = reply.raw
    this.#connection = new Connection({
      id: randomUUID(),
      transport: 'SSE',
      baseUrl: baseUrlOf(request.headers, needs.services.config),
      close: code => this.#close(code),
      isCongested: () => this.#raw.writableLength > MAX_BUFFERED_BYTES,
    })
  }

  async run(params: Params): Promise<void> {
    this.#begin()
    if (this.#raw.destroyed) return
    const leave = this.needs.services.connections.enter(this.#connection)
    const heartbeat = setInterval(() => this.#write(':\n\n'), HEARTBEAT_MS)
    this.#connection.onClose(() => clearInterval(heartbeat))
    this.#raw.once('close', () => {
      leave?.()
      this.#connection.ended()
    })
    const operation = await this.#admit(params, leave !== undefined).catch((error: unknown) => this.#refuse([error]))
    if (operation) await this.#run(operation).catch((error: unknown) => this.#fail([error]))
    this.#write(COMPLETE)
    this.#end()
  }

  /** From here on the answer is a stream, whatever happens. */
  #begin(): void {
    this.reply.hijack()
    this.request.raw.socket.setKeepAlive(true, KEEP_ALIVE_MS)
    this.#raw.writeHead(200, {
      ...(this.reply.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    })
    // Some browsers wait for a first byte.
    this.#write(':\n\n')
  }

  /** Undefined for what may not run, and was told so. */
  async #admit({ query, operationName, variables }: Params, hasPlace: boolean): Promise<Operation | undefined> {
    const { engine, services } = this.needs
    if (!hasPlace) throw unavailable('Too many connections: try again.')
    if (services.health.draining) throw unavailable('The server is shutting down: connect again.')
    await this.#identify()
    const operation = engine.prepare(query, operationName, variables)
    if (isRefused(operation)) return this.#refuse(operation.errors)
    if (operation.kind === OperationTypeNode.MUTATION && this.request.method === 'GET')
      throw badRequest('Mutations need POST.')
    this.#onGone(services.costs.reserve(this.#connection, operation.cost))
    // What is answered at once makes nobody be there.
    if (isSubscription(operation)) services.connections.identified(this.#connection)
    return operation
  }

  /** When the client has all of the answer, or is gone. */
  #onGone(listener: () => void): void {
    if (this.#raw.destroyed) listener()
    else this.#raw.once('close', listener)
  }

  async #identify(): Promise<void> {
    const token = bareToken(this.request.headers.authorization)
    if (token !== undefined) this.#connection.identify(await this.needs.services.authenticator.authenticate(token))
  }

  async #run(operation: Operation): Promise<void> {
    const { engine, services } = this.needs
    const context = createContext(services, this.#connection, this.request.id)
    if (!isSubscription(operation))
      return this.#connection.track(engine.execute(operation, context).then(result => this.#send(result)))
    const deliveries = await this.#connection.track(engine.subscribe(operation, context))
    if (!(deliveries instanceof Deliveries)) return this.#send(deliveries)
    this.#connection.onClose(() => deliveries.return())
    await deliveries.deliverTo({
      write: text => this.#write(nextOf(text)),
      isFull: () => this.#raw.writableNeedDrain,
      onDrain: resume => this.#raw.once('drain', resume),
    })
  }

  #refuse(errors: readonly unknown[]): undefined {
    this.#send(this.needs.engine.refuse(errors, this.request.id))
  }

  /** What ran, and cannot go on. */
  #fail(errors: readonly unknown[]): void {
    this.#send({ errors: this.needs.engine.formatErrors(errors, this.request.id) })
  }

  #send(result: Result): void {
    this.#write(nextOf(JSON.stringify(result)))
  }

  #write(chunk: string): void {
    if (!this.#ending && !this.#raw.destroyed) this.#raw.write(chunk)
  }

  #close(code: number): void {
    if (code === TRY_AGAIN_CLOSE) return void this.#raw.destroy()
    if (code === FORBIDDEN_CLOSE) {
      this.#fail([unauthenticated('The token does not hold any more.')])
      this.#write(COMPLETE)
    }
    // Without `complete` a client knows that there is more to come, and connects again.
    this.#end()
  }

  #end(): void {
    if (this.#ending) return
    this.#ending = true
    this.#raw.end()
    this.#connection.ended()
  }
}
