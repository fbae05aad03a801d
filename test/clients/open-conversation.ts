import type { ApolloClient } from '@apollo/client'
import { HistoryDocument, MessageAddedDocument, type MessagePartsFragment } from './operations.js'

/** Shows the newest messages, and whatever comes. `older` adds the page before them. */
export const openConversation = async (
  client: ApolloClient,
  conversationId: string,
  show: (messages: MessagePartsFragment[]) => void,
  last = 50,
) => {
  const variables = { conversationId, last, firstPage: true }
  const { data: first } = await client.query({ query: HistoryDocument, variables })
  const history = client.watchQuery({ query: HistoryDocument, variables })
  const watching = history.subscribe(({ data, dataState }) => {
    if (dataState === 'complete') show(data.history?.edges.map(edge => edge.node) ?? [])
  })

  const unfollow = history.subscribeToMore({
    document: MessageAddedDocument,
    variables: { conversationId, after: first?.history?.pageInfo.endCursor ?? null },
    updateQuery: (_, { subscriptionData, previousData, complete }) => {
      if (!complete || !previousData.history) return
      const { messageAdded: node } = subscriptionData.data
      const { edges, pageInfo, ...rest } = previousData.history
      return {
        history: {
          ...rest,
          edges: [...edges, { __typename: 'MessageEdge', cursor: node.cursor, node }],
          pageInfo: { ...pageInfo, endCursor: node.cursor },
        },
      }
    },
  })

  const older = async () => {
    const { pageInfo } = client.readQuery({ query: HistoryDocument, variables })?.history ?? {}
    // Not eventCursor again: a later page's would skip what came since.
    if (pageInfo?.hasPreviousPage)
      await history.fetchMore({ variables: { before: pageInfo.startCursor, firstPage: false } })
  }
  const close = () => {
    unfollow()
    watching.unsubscribe()
  }
  return { older, close }
}
