import { createGraphiQLFetcher } from '@graphiql/toolkit'
import { createClient } from 'graphql-ws'
import { listEvents } from './list-events.js'

/** Beside this script, wherever a proxy puts it. */
const endpoint = new URL('../graphql', import.meta.url)

const socketUrl = () => {
  const url = new URL(endpoint)
  url.protocol = url.protocol.replace('http', 'ws')
  return url.href
}

/** The server's word that the token does not hold. */
const REFUSED = 4403

/** Queries and mutations over HTTP, subscriptions over a WebSocket that opens with the first of them. */
export const connect = (token: string) => {
  const wsClient = createClient({
    url: socketUrl(),
    connectionParams: token === '' ? {} : { token },
    shouldRetry: event => (event as CloseEvent).code !== REFUSED,
  })
  const headers: Record<string, string> = token === '' ? {} : { authorization: `Bearer ${token}` }
  return {
    // Without incremental delivery only subscriptions have several results.
    fetcher: listEvents(
      createGraphiQLFetcher({ url: endpoint.href, headers, wsClient, enableIncrementalDelivery: false }),
    ),
    close: () => void wsClient.dispose(),
  }
}
