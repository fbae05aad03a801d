import { createClient as createSseClient } from 'graphql-sse'
import { createClient as createSocketClient } from 'graphql-ws'
import { WebSocket } from 'ws'
import { cleanUp } from './cleanup.js'
import { dataOf, type GraphqlError, type Variables } from './graphql-client.js'
import { Subscription, type Ending, type SubscriptionResult } from './subscription.js'

export interface Closing {
  code: number
  reason: string
}

export interface SocketClient {
  readonly socket: WebSocket
  /** How the socket was closed, once it is. */
  readonly closed: Promise<Closing>
  /** A subscription, or a query or mutation with its one result. */
  subscribe<Data>(query: string, variables?: Variables): Subscription<Data>
  /** A query or mutation over this socket; fails on errors. */
  request<Data>(query: string, variables?: Variables): Promise<Data>
  close(): Promise<Closing>
  /** Without a goodbye, as when a network is lost. */
  terminate(): void
}

export interface SocketOptions {
  connectionParams?: Record<string, unknown>
  headers?: Record<string, string>
  /** Of the URL, for instance `?token=…`. */
  query?: string
}

const endingOf = (error: unknown): Ending => {
  if (Array.isArray(error)) return { kind: 'ERRORS', errors: error as GraphqlError[] }
  const { code, reason } = error as Partial<Closing>
  return { kind: 'CLOSED', code, reason: reason ?? String(error) }
}

const sinkOf = <Data>(subscription: Subscription<Data>) => ({
  next: (result: unknown) => subscription.receive(result as SubscriptionResult<Data>),
  error: (error: unknown) => subscription.end(endingOf(error)),
  complete: () => subscription.end({ kind: 'COMPLETED' }),
})

const socketClass = (headers: Record<string, string>) =>
  class extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols, { headers })
    }
  }

const closingOf = (socket: WebSocket) =>
  new Promise<Closing>(resolve => {
    socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() }))
  })

/** A WebSocket after its connection_ack. Rejects with the Closing if the server refuses it. Closed after the test. */
export const connectSocket = async (
  url: string,
  token: string | null,
  { connectionParams, headers = {}, query = '' }: SocketOptions = {},
): Promise<SocketClient> => {
  const client = createSocketClient({
    url: `${url.replace(/^http/, 'ws')}/graphql${query}`,
    webSocketImpl: socketClass(headers),
    connectionParams: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...connectionParams },
    lazy: false,
    retryAttempts: 0,
    onNonLazyError: () => {},
  })
  const socket = await new Promise<WebSocket>((resolve, reject) => {
    client.on('connected', connected => resolve(connected as WebSocket))
    client.on('closed', event => {
      const { code, reason } = event as Closing
      reject(Object.assign(new Error(`Closed with ${code} ${reason}`), { code, reason }))
    })
    client.on('error', error => reject(error instanceof Error ? error : new Error(String(error))))
  })
  const closed = closingOf(socket)
  const subscribe = <Data>(document: string, variables: Variables = {}) => {
    const subscription = new Subscription<Data>(() => unsubscribe())
    const unsubscribe = client.subscribe({ query: document, variables }, sinkOf(subscription))
    return subscription
  }
  const close = async () => {
    await client.dispose()
    return closed
  }
  cleanUp(close)
  return {
    socket,
    closed,
    subscribe,
    request: async <Data>(document: string, variables?: Variables) =>
      dataOf(
        (await subscribe<Data>(document, variables).nextResult()) as {
          data: Data | null | undefined
          errors: GraphqlError[] | undefined
        },
      ),
    close,
    terminate: () => socket.terminate(),
  }
}

/** A subscription over server-sent events, a connection of its own. Ended after the test. */
export const subscribeSse = <Data>(
  url: string,
  token: string | null,
  query: string,
  variables: Variables = {},
): Subscription<Data> => {
  const client = createSseClient({
    url: `${url}/graphql/stream`,
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
    retryAttempts: 0,
  })
  const subscription = new Subscription<Data>(() => client.dispose())
  client.subscribe({ query, variables }, sinkOf(subscription))
  cleanUp(() => subscription.stop())
  return subscription
}
