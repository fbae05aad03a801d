import type { GraphQLFormattedError } from 'graphql'
import { MessageType, type SubscribeMessage } from 'graphql-ws'
import type { Connection } from '../connections/connection.js'
import { rateLimited, unavailable } from '../errors.js'
import { hasLostRole, type Viewer } from '../people/person.js'
import { createContext, type Context } from '../graphql/context.js'
import { Deliveries, type Sink } from '../graphql/deliveries.js'
import { isRefused } from '../graphql/documents.js'
import type { Result } from '../graphql/engine.js'
import { isQuery, isSubscription, type Operation } from '../graphql/operation.js'
import type { SocketOutput } from './socket-output.js'
import type { TransportNeeds } from './transport.js'

const MAX_OPERATIONS = 100
const RETRY_MS = 1_000

export interface Ends {
  connection: Connection
  output: SocketOutput
}

/** An operation that the client awaits. */
interface Awaited {
  deliveries: Deliveries | null
  /** Whose it is, in the roles in which it began. */
  readonly viewer: Viewer | null
}

/** The operations of one socket, by the ids that its client gave them. */
export class SocketOperations {
  /** Nothing begins any more. */
  draining = false
  #count = 0
  readonly #awaited = new Map<string, Awaited>()
  readonly #beginning = new Set<Promise<unknown>>()

  constructor(
    private readonly needs: TransportNeeds,
    private readonly ends: Ends,
  ) {
    ends.connection.onLostRole(() => this.#endThoseOfLostRoles())
  }

  has(id: string): boolean {
    return this.#awaited.has(id)
  }

  begin({ id, payload: { query, operationName, variables } }: SubscribeMessage): void {
    const { connection } = this.ends
    const requestId = `${connection.id}.${++this.#count}`
    try {
      const operation = this.needs.engine.prepare(query, operationName, variables)
      if (isRefused(operation)) return this.#refuse(id, operation.errors, requestId)
      this.#requireRoom()
      const release = this.needs.services.costs.reserve(connection, operation.cost)
      void this.#run(id, operation, createContext(this.needs.services, connection, requestId)).finally(release)
    } catch (error) {
      this.#refuse(id, [error], requestId)
    }
  }

  leave(id: string): void {
    const awaited = this.#awaited.get(id)
    this.#awaited.delete(id)
    awaited?.deliveries?.return()
  }

  leaveAll(): void {
    for (const id of [...this.#awaited.keys()]) this.leave(id)
  }

  #requireRoom(): void {
    const { running, activeSubscriptions } = this.ends.connection
    if (this.draining) throw unavailable('The server is shutting down: nothing was done, connect again.')
    if (running + activeSubscriptions >= MAX_OPERATIONS)
      throw rateLimited(RETRY_MS, `At most ${MAX_OPERATIONS} operations may run on a connection at a time.`)
  }

  /** Until it is answered, or has ended. Never rejects. */
  async #run(id: string, operation: Operation, context: Context): Promise<void> {
    const awaited: Awaited = { deliveries: null, viewer: context.viewer }
    this.#awaited.set(id, awaited)
    try {
      if (isSubscription(operation)) await this.#follow(id, awaited, operation, context)
      else await this.ends.connection.track(this.#answer(id, awaited, operation, context))
    } catch (error) {
      if (this.#forget(id, awaited)) this.#fail(id, this.needs.engine.formatErrors([error], context.requestId))
    }
  }

  async #answer(id: string, awaited: Awaited, operation: Operation, context: Context): Promise<void> {
    const { output } = this.ends
    // So that what is read and what is told afterwards leave no gap.
    if (this.#beginning.size > 0 && isQuery(operation)) await Promise.allSettled(this.#beginning)
    const result = await this.needs.engine.execute(operation, context)
    // The client takes its time: the answer waits, and counts as running.
    while (output.isFull()) await new Promise<void>(resolve => output.onDrain(resolve))
    this.#finish(id, awaited, result)
  }

  async #follow(id: string, awaited: Awaited, operation: Operation, context: Context): Promise<void> {
    const begun = await this.#beginOne(this.ends.connection.track(this.needs.engine.subscribe(operation, context)))
    if (!(begun instanceof Deliveries)) return this.#finish(id, awaited, begun)
    if (this.#awaited.get(id) !== awaited) return begun.return()
    awaited.deliveries = begun
    this.#endThoseOfLostRoles()
    await begun.deliverTo(this.#sinkOf(id))
    this.#finish(id, awaited)
  }

  async #beginOne<Begun>(beginning: Promise<Begun>): Promise<Begun> {
    this.#beginning.add(beginning)
    try {
      return await beginning
    } finally {
      this.#beginning.delete(beginning)
    }
  }

  /** What somebody follows is found by the roles in which they began. */
  #endThoseOfLostRoles(): void {
    const { viewer: now } = this.ends.connection
    for (const { viewer, deliveries } of this.#awaited.values())
      if (viewer && now && hasLostRole(viewer, now))
        deliveries?.fail(unavailable('The new token gives fewer roles: subscribe again.'))
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
    if (this.#awaited.get(id) !== awaited) return
    const text = result && JSON.stringify(result)
    this.#awaited.delete(id)
    if (text) this.ends.output.send(`${nextOf(id)}${text}}`)
    this.ends.output.sendMessage({ id, type: MessageType.Complete })
  }

  #refuse(id: string, errors: readonly unknown[], requestId: string): void {
    this.#fail(id, this.needs.engine.refuse(errors, requestId).errors)
  }

  #fail(id: string, payload: GraphQLFormattedError[]): void {
    this.ends.output.sendMessage({ id, type: MessageType.Error, payload })
  }

  /** Whether the client still awaited it. */
  #forget(id: string, awaited: Awaited): boolean {
    return this.#awaited.get(id) === awaited && this.#awaited.delete(id)
  }
}

const nextOf = (id: string) => `{"id":${JSON.stringify(id)},"type":"next","payload":`
