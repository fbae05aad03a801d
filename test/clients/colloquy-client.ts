import {
  ApolloClient,
  ApolloLink,
  CombinedGraphQLErrors,
  HttpLink,
  InMemoryCache,
  type TypePolicies,
} from '@apollo/client'
import { SetContextLink } from '@apollo/client/link/context'
import { RetryLink } from '@apollo/client/link/retry'
import { relayStylePagination } from '@apollo/client/utilities'
import { OperationTypeNode } from 'graphql'
import { createLiveLink, type Options } from './live-link.js'

/** What comes replaces what was there, also where it is less. */
const replaced = { merge: false }

/** Of lists in pages: beside the place of a page, these arguments say which list it is. */
const LISTS: TypePolicies = {
  Query: {
    fields: {
      accessGrants: relayStylePagination(['subjectId', 'adminId', 'active']),
      accessReport: relayStylePagination(),
      auditLog: relayStylePagination(['filter']),
      chatUsers: relayStylePagination(['search']),
      contacts: relayStylePagination(['role', 'search']),
      conversations: relayStylePagination(['filter']),
      history: relayStylePagination(['conversationId']),
      legalHolds: relayStylePagination(['conversationId']),
      notifications: relayStylePagination(['unreadOnly']),
      onlineUsers: relayStylePagination(),
      openEmergencies: relayStylePagination(),
      searchMessages: relayStylePagination(['query', 'conversationId']),
      sessions: relayStylePagination(['filter']),
      unreadMessages: relayStylePagination(['conversationId']),
      userHistory: relayStylePagination(['userId', 'direction']),
    },
  },
  Conversation: {
    fields: {
      messages: relayStylePagination(),
      sessions: relayStylePagination(),
      participants: replaced,
      permissions: replaced,
    },
  },
  Message: {
    fields: {
      replies: relayStylePagination(),
      attachments: replaced,
      reactions: replaced,
      receipts: replaced,
      revisions: replaced,
    },
  },
  Session: { fields: { messages: relayStylePagination(), participants: replaced } },
  SessionParticipant: { fields: { stays: replaced } },
  Wallet: { fields: { transactions: relayStylePagination(['currency']), balances: replaced } },
  ProfessionalProfile: { fields: { rates: replaced } },
  Call: { fields: { iceServers: replaced } },
  MessageMatch: { fields: { excerpt: replaced } },
  UnreadCounts: { fields: { conversations: replaced } },
}

const createCache = () =>
  new InMemoryCache({
    possibleTypes: {
      ConversationEvent: ['MessageChanged', 'ParticipantChanged', 'ConversationChanged', 'CaughtUp', 'ResyncRequired'],
      InboxEvent: ['InboxLive', 'ConversationChanged', 'ConversationRemoved'],
    },
    typePolicies: {
      ...LISTS,
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
