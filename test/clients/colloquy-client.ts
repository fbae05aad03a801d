import { ApolloClient, ApolloLink, CombinedGraphQLErrors, HttpLink, InMemoryCache, Observable } from '@apollo/client'
import { SetContextLink } from '@apollo/client/link/context'
import { RetryLink } from '@apollo/client/link/retry'
import { GraphQLWsLink } from '@apollo/client/link/subscriptions'
import { relayStylePagination } from '@apollo/client/utilities'
import { createClient } from 'graphql-ws'
import { Kind, OperationTypeNode, type DocumentNode, type GraphQLFormattedError } from 'graphql'

export interface Options {
  /** For instance https://chat.example.org/graphql */
  url: string
  getToken: () => string | Promise<string>
  /** Browsers, and Node.js from 22 on, have one. */
  webSocketImpl?: unknown
}

const createCache = () =>
  new InMemoryCache({
    possibleTypes: {
      ConversationEvent: ['MessageChanged', 'ParticipantChanged', 'ConversationChanged', 'CaughtUp', 'ResyncRequired'],
      InboxEvent: ['InboxLive', 'ConversationChanged', 'ConversationRemoved'],
    },
    typePolicies: {
      Query: {
        fields: {
          conversations: relayStylePagination(['filter']),
          history: relayStylePagination(['conversationId']),
          sessions: relayStylePagination(['filter']),
        },
      },
      Conversation: { fields: { messages: relayStylePagination() } },
      UnreadCounts: { fields: { conversations: { merge: false } } },
      // An event replaces the one before it: they are not one object that changes.
      Subscription: { fields: { conversationEvents: { merge: false }, inboxEvents: { merge: false } } },
    },
  })

/** Network trouble, a server that goes, one that is full; 4403: the token ran out, and the next one may do; 4499: ours. */
const TRY_AGAIN = [1001, 1005, 1006, 1012, 1013, 4403, 4499]

const wants = (query: DocumentNode, variable: string) =>
  query.definitions.some(
    definition =>
      definition.kind === Kind.OPERATION_DEFINITION &&
      definition.variableDefinitions?.some(({ variable: { name } }) => name.value === variable),
  )

const tokenRanOut = (errors: readonly GraphQLFormattedError[] = []) =>
  errors.some(error => error.extensions?.code === 'UNAUTHENTICATED')

/** After a loss, subscribes again behind the last cursor that came: nothing is missed, and nothing comes twice. */
const createResumeLink = (mayTryAgain: () => boolean, disconnect: () => void) =>
  new ApolloLink(
    (operation, forward) =>
      new Observable(observer => {
        let losses = 0
        let timer: ReturnType<typeof setTimeout> | undefined
        let running: { unsubscribe(): void } | undefined
        const subscribeLater = () => {
          running?.unsubscribe()
          // Not all at once, when a server has gone.
          timer = setTimeout(subscribe, Math.min(30_000, 500 * 2 ** losses++) * (0.5 + Math.random()))
        }
        const subscribe = () => {
          running = forward(operation).subscribe({
            next: result => {
              if (tokenRanOut(result.errors)) {
                subscribeLater()
                return disconnect()
              }
              losses = 0
              const [event] = Object.values(result.data ?? {}) as ({ cursor?: string } | null)[]
              if (event?.cursor !== undefined && wants(operation.query, 'after'))
                operation.variables = { ...operation.variables, after: event.cursor }
              observer.next(result)
            },
            complete: () => observer.complete(),
            error: error => {
              const refused = CombinedGraphQLErrors.is(error)
              if (refused ? !tokenRanOut(error.errors) : !mayTryAgain()) return observer.error(error)
              subscribeLater()
              if (refused) disconnect()
            },
          })
        }
        subscribe()
        return () => {
          clearTimeout(timer)
          running?.unsubscribe()
        }
      }),
  )

export const createColloquyClient = ({ url, getToken, webSocketImpl }: Options) => {
  let closeCode = 0
  const socket = createClient({
    url: url.replace(/^http/, 'ws'),
    webSocketImpl,
    // Asked again at each connect.
    connectionParams: async () => ({ token: await getToken() }),
    // The resume link does it: graphql-ws would begin again at the first cursor.
    retryAttempts: 0,
    on: { closed: event => (closeCode = (event as { code: number }).code) },
  })
  const live = createResumeLink(
    () => TRY_AGAIN.includes(closeCode),
    () => socket.terminate(),
  ).concat(new GraphQLWsLink(socket))

  const withToken = new SetContextLink(async ({ headers }) => ({
    headers: { ...(headers as Record<string, string>), authorization: `Bearer ${await getToken()}` },
  }))
  // A send may be repeated because it carries a clientMessageId.
  const retry = new RetryLink({
    attempts: {
      max: 5,
      retryIf: (error, { operationType, operationName }) =>
        !CombinedGraphQLErrors.is(error) &&
        (operationType === OperationTypeNode.QUERY || operationName === 'SendMessage'),
    },
  })

  const client = new ApolloClient({
    cache: createCache(),
    link: ApolloLink.split(
      ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
      live,
      ApolloLink.from([retry, withToken, new HttpLink({ uri: url })]),
    ),
  })
  return { client, close: () => socket.dispose() }
}
