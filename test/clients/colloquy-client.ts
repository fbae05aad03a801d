import { ApolloClient, ApolloLink, CombinedGraphQLErrors, HttpLink, InMemoryCache } from '@apollo/client'
import { SetContextLink } from '@apollo/client/link/context'
import { RetryLink } from '@apollo/client/link/retry'
import { relayStylePagination } from '@apollo/client/utilities'
import { OperationTypeNode } from 'graphql'
import { createLiveLink, type Options } from './live-link.js'

/** What comes replaces what was there, also where it is less. */
const replaced = { merge: false }

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
          notifications: relayStylePagination(['unreadOnly']),
          chatUsers: relayStylePagination(['search']),
          sessions: relayStylePagination(['filter']),
        },
      },
      Conversation: {
        fields: { messages: relayStylePagination(), participants: replaced, permissions: replaced },
      },
      Message: {
        fields: { replies: relayStylePagination(), reactions: replaced, receipts: replaced, revisions: replaced },
      },
      UnreadCounts: { fields: { conversations: replaced } },
      // An event replaces the one before it: they are not one object that changes.
      Subscription: { fields: { conversationEvents: replaced, inboxEvents: replaced, callSignal: replaced } },
    },
  })

export const createColloquyClient = (options: Options) => {
  const live = createLiveLink(options)
  const withToken = new SetContextLink(async ({ headers }) => ({
    headers: { ...(headers as Record<string, string>), authorization: `Bearer ${await options.getToken()}` },
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
      // Over HTTP, RenewToken would renew nothing, and signals could overtake each other.
      ({ operationType, operationName = '' }) =>
        operationType === OperationTypeNode.SUBSCRIPTION || ['RenewToken', 'SendSignal'].includes(operationName),
      live.link,
      ApolloLink.from([retry, withToken, new HttpLink({ uri: options.url })]),
    ),
  })
  return { client, close: live.close }
}
