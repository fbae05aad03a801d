import type { OperationVariables, TypedDocumentNode } from '@apollo/client'
import { useQuery } from '@apollo/client/react'
import { useChatClient } from '@colloquy/apollo/react'
import { showError, showUnlessPassing } from './show-error.js'

interface Connection<Item> {
  edges: readonly { node: Item }[]
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
}

interface Options<Data, Variables, Item> {
  query: TypedDocumentNode<Data, Variables>
  /** With `first`: how many a page has. */
  variables: Variables & { first: number }
  connectionOf: (data: Data) => Connection<Item>
}

/** As many as the API gives at once. */
const MOST = 100

/** A list that grows by pages, kept in the cache. */
export const usePagedQuery = <Data, Variables extends OperationVariables, Item>(
  options: Options<Data, Variables, Item>,
) => {
  const { query, variables, connectionOf } = options
  const client = useChatClient()
  const { data, previousData, loading, error, fetchMore } = useQuery<Data, OperationVariables>(query, {
    variables,
    fetchPolicy: 'cache-and-network',
  })
  const shown = data ?? previousData
  const connection = shown && connectionOf(shown)
  const items = connection?.edges.map(({ node }) => node) ?? []
  const { hasNextPage, endCursor: after } = connection?.pageInfo ?? {}
  return {
    data: shown,
    items,
    isLoading: loading,
    error,
    loadMore: data && hasNextPage ? () => void fetchMore({ variables: { after } }).catch(showError) : undefined,
    /** From the beginning, as far as it was read: nothing that is shown goes. */
    refresh: () => {
      const first = Math.min(Math.max(variables.first, items.length), MOST)
      client
        .query<unknown>({ query, variables: { ...variables, first }, fetchPolicy: 'network-only' })
        .catch(showUnlessPassing)
    },
  }
}
