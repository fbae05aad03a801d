import { ApolloLink, CombinedGraphQLErrors, Observable } from '@apollo/client'
import { GraphQLWsLink } from '@apollo/client/link/subscriptions'
import { createClient } from 'graphql-ws'
import { Kind, OperationTypeNode, type DocumentNode, type GraphQLFormattedError } from 'graphql'
import type { ErrorCode } from './operations.js'

export interface Options {
  /** For instance https://chat.example.org/graphql */
  url: string
  /** Asked before each request and subscription: it should keep a token for as long as that holds. */
  getToken: () => string | Promise<string>
  pingMs?: number
  pongMs?: number
}

/** Network trouble, a server that goes or is full; 4408: a slow connect; 4499: a ping without an answer. */
const TRY_AGAIN = [1001, 1005, 1006, 1012, 1013, 4408, 4499]
const REFUSED = 4403

const refusal = () => {
  const code: ErrorCode = 'UNAUTHENTICATED'
  return new CombinedGraphQLErrors({ errors: [{ message: 'The token is refused.', extensions: { code } }] })
}

const createSocket = ({ url, getToken, pingMs = 10_000, pongMs = 5_000 }: Options) => {
  let token = ''
  let sent = ''
  let refused: string | undefined
  let ending: 'LOST' | 'REFUSED' | 'BROKEN' = 'LOST'
  let patience: ReturnType<typeof setTimeout> | undefined

  /** Whether another token may do: not if this one was refused before, and never accepted since. */
  const refuse = () => {
    const isFirst = sent !== refused
    refused = sent
    return isFirst
  }
  const client = createClient({
    url: url.replace(/^http/, 'ws'),
    connectionParams: () => ({ token: (sent = token) }),
    // The resume link does it: graphql-ws would begin again at the first cursor.
    retryAttempts: 0,
    // Nobody says that a network is dead: only an answer shows that it is not.
    keepAlive: pingMs,
    on: {
      connected: () => (refused = undefined),
      ping: received => {
        if (!received) patience = setTimeout(() => client.terminate(), pongMs)
      },
      pong: received => {
        if (received) clearTimeout(patience)
      },
      error: () => (ending = 'LOST'),
      closed: event => {
        clearTimeout(patience)
        const { code } = event as { code: number }
        if (code === REFUSED) ending = refuse() ? 'LOST' : 'REFUSED'
        else ending = TRY_AGAIN.includes(code) ? 'LOST' : 'BROKEN'
      },
    },
  })
  return {
    client,
    refuse,
    ending: () => ending,
    fetchToken: async () => {
      token = await getToken()
    },
  }
}

const wants = (query: DocumentNode, variable: string) =>
  query.definitions.some(
    definition =>
      definition.kind === Kind.OPERATION_DEFINITION &&
      definition.variableDefinitions?.some(({ variable: { name } }) => name.value === variable),
  )

/** After a loss, subscribes again behind the last cursor that came: nothing is missed, and nothing comes twice. */
const createResumeLink = ({ client, refuse, ending, fetchToken }: ReturnType<typeof createSocket>) =>
  new ApolloLink(
    (operation, forward) =>
      new Observable(observer => {
        let losses = 0
        let stopped = false
        let timer: ReturnType<typeof setTimeout> | undefined
        let running: { unsubscribe(): void } | undefined
        let mayHurry = false
        const forget = client.on('connected', () => {
          losses = 0
          // The first that is back brings the others along.
          if (!mayHurry) return
          clearTimeout(timer)
          void subscribe()
        })

        const subscribeLater = (atLeastMs = 0) => {
          running?.unsubscribe()
          mayHurry = atLeastMs === 0
          // Not all at once, when a server has gone.
          const pauseMs = Math.min(30_000, 500 * 2 ** losses++) * (0.5 + Math.random())
          timer = setTimeout(() => void subscribe(), Math.max(atLeastMs, pauseMs))
        }
        /** Whether these errors pass: then it is subscribed again. */
        const outlasts = ([error]: readonly GraphQLFormattedError[] = []) => {
          const { code, retryAfterMs } = (error?.extensions ?? {}) as { code?: ErrorCode; retryAfterMs?: number }
          const ranOut = code === 'UNAUTHENTICATED' && refuse()
          if (!ranOut && code !== 'UNAVAILABLE' && code !== 'RATE_LIMITED') return false
          subscribeLater(retryAfterMs)
          // The next connection has the next token.
          if (ranOut) client.terminate()
          return true
        }
        const subscribe = async () => {
          mayHurry = false
          try {
            // Before it connects: a server that waits 10 s for a token hangs up.
            await fetchToken()
          } catch {
            if (!stopped) subscribeLater()
            return
          }
          if (stopped) return
          running = forward(operation).subscribe({
            next: result => {
              if (outlasts(result.errors)) return
              losses = 0
              const [event] = Object.values(result.data ?? {}) as ({ cursor?: string } | null)[]
              if (event?.cursor !== undefined && wants(operation.query, 'after'))
                operation.variables = { ...operation.variables, after: event.cursor }
              observer.next(result)
            },
            complete: () => observer.complete(),
            error: error => {
              if (CombinedGraphQLErrors.is(error)) {
                if (!outlasts(error.errors)) observer.error(error)
              } else if (ending() === 'LOST') subscribeLater()
              else observer.error(ending() === 'REFUSED' ? refusal() : error)
            },
          })
        }
        void subscribe()
        return () => {
          stopped = true
          forget()
          clearTimeout(timer)
          running?.unsubscribe()
        }
      }),
  )

/** Over one WebSocket, which opens with the first operation. Only subscriptions are begun again. */
export const createLiveLink = (options: Options) => {
  const socket = createSocket(options)
  const overSocket = new GraphQLWsLink(socket.client)
  const link = ApolloLink.split(
    ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
    createResumeLink(socket).concat(overSocket),
    overSocket,
  )
  return { link, close: () => socket.client.dispose() }
}
