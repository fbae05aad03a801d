import { ApolloLink, CombinedGraphQLErrors, HttpLink } from '@apollo/client'
import { SetContextLink } from '@apollo/client/link/context'
import { RetryLink } from '@apollo/client/link/retry'
import { GraphQLWsLink } from '@apollo/client/link/subscriptions'
import { Kind, OperationTypeNode } from 'graphql'
import type { ChatClientOptions } from './options.js'
import { createResumeLink } from './resume-link.js'
import type { ChatSocket } from './socket.js'

/** Mutations that do the same once, twice or thrice. */
const REPEATABLE = new Set([
  ...['markRead', 'markDelivered', 'markNotificationsRead', 'updateNotificationSettings', 'setPresence'],
  ...['editMessage', 'deleteMessage', 'restoreMessage', 'react', 'unreact', 'flagEmergency', 'acknowledgeEmergency'],
  ...['startConversation', 'startSupportConversation', 'joinSession', 'leaveSession', 'endSession', 'endAccess'],
])
const MOST_ATTEMPTS = 5

const rootFields = ({ query }: ApolloLink.Operation): string[] =>
  query.definitions.flatMap(definition =>
    definition.kind === Kind.OPERATION_DEFINITION
      ? definition.selectionSet.selections.map(field => (field.kind === Kind.FIELD ? field.name.value : ''))
      : [],
  )

/** Whether nobody knows if it was done, and it may be done again. */
const maySendAgain = (error: unknown, operation: ApolloLink.Operation): boolean => {
  if (CombinedGraphQLErrors.is(error) || operation.getContext().once) return false
  if (operation.operationType === OperationTypeNode.QUERY) return true
  return rootFields(operation).every(field => REPEATABLE.has(field))
}

/** Signals in their order, and what the connection is about: over HTTP they would do nothing good. */
const LIVE_ALONE = new Set(['sendSignal', 'renewToken'])

/** A server closes a connection over which more than 1 MiB comes at once; over HTTP it refuses that request alone. */
const MOST_CHARACTERS = 200_000

/** Over the WebSocket while that is open, else over HTTP. Subscriptions open it. */
export const createLinks = (options: ChatClientOptions, socket: ChatSocket): ApolloLink => {
  const overSocket = new GraphQLWsLink(socket.client)
  const withToken = new SetContextLink(async ({ headers }) => ({
    headers: { ...(headers as Record<string, string>), authorization: `Bearer ${await options.getToken()}` },
  }))
  const overHttp = withToken.concat(new HttpLink({ uri: options.url }))
  const isLive = (operation: ApolloLink.Operation) =>
    (socket.state.get() === 'OPEN' && JSON.stringify(operation.variables).length < MOST_CHARACTERS) ||
    rootFields(operation).some(field => LIVE_ALONE.has(field))
  const retry = new RetryLink({ attempts: { max: MOST_ATTEMPTS, retryIf: maySendAgain } })
  return ApolloLink.split(
    ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
    createResumeLink(socket).concat(overSocket),
    retry.concat(ApolloLink.split(isLive, overSocket, overHttp)),
  )
}
