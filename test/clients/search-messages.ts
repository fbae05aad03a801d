import type { ApolloClient } from '@apollo/client'
import { AroundDocument, SearchMessagesDocument, type MessagePartsFragment } from './operations.js'

/** The best matches, in one conversation or in all of the viewer's. `after`: the last one's cursor. */
export const searchMessages = async (
  client: ApolloClient,
  variables: { query: string; conversationId?: string; first?: number; after?: string },
) => {
  const { data } = await client.query({ query: SearchMessagesDocument, variables, fetchPolicy: 'no-cache' })
  return data?.searchMessages.edges.map(({ cursor, node }) => ({ cursor, ...node })) ?? []
}

/** What stands before and behind a message, with it between. */
export const readAround = async (client: ApolloClient, message: MessagePartsFragment, count = 20) => {
  const { conversationId, cursor } = message
  const { data } = await client.query({
    query: AroundDocument,
    variables: { conversationId, cursor, count },
    fetchPolicy: 'no-cache',
  })
  const messagesOf = (page?: { edges: { node: MessagePartsFragment }[] } | null) =>
    page?.edges.map(({ node }) => node) ?? []
  return [...messagesOf(data?.before), message, ...messagesOf(data?.after)]
}
