import type { ApolloClient } from '@apollo/client'
import {
  AroundDocument,
  SearchMessagesDocument,
  type MessagePartsFragment,
  type SearchMessagesQuery,
} from './operations.js'

interface Search {
  query: string
  /** Omitted: in all of the viewer's. */
  conversationId?: string
  /** How many at a time. */
  first?: number
}

interface SearchPage {
  matches: SearchMessagesQuery['searchMessages']['edges'][number]['node'][]
  loadMore: (() => Promise<SearchPage>) | null
}

/** The best matches, a page at a time: `loadMore` is null behind the last one. */
export const searchMessages = async (client: ApolloClient, { first = 20, ...search }: Search) => {
  const readPage = async (after?: string | null): Promise<SearchPage> => {
    const variables = { ...search, first, after }
    const { data } = await client.query({ query: SearchMessagesDocument, variables, fetchPolicy: 'no-cache' })
    if (!data) throw new Error('There was no answer.')
    const { edges, pageInfo } = data.searchMessages
    return {
      matches: edges.map(({ node }) => node),
      loadMore: pageInfo.hasNextPage ? () => readPage(pageInfo.endCursor) : null,
    }
  }
  return readPage()
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
