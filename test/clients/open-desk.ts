import type { ApolloClient } from '@apollo/client'
import { follow, type View } from './follow.js'
import { ChatUsersDocument, InboxEventsDocument, type ChatUsersQuery } from './operations.js'

type ChatUser = ChatUsersQuery['chatUsers']['edges'][number]['node']

/** Shows an admin the users of the support desk, the most recently active first, with what nobody there has read of theirs. */
export const openDesk = (client: ApolloClient, { show, fail }: View<ChatUser[]>, first = 50) => {
  let reading: Promise<void> | undefined
  let isDue = false

  const read = async () => {
    while (isDue) {
      isDue = false
      const { data } = await client.query({ query: ChatUsersDocument, variables: { first }, fetchPolicy: 'no-cache' })
      show(data?.chatUsers.edges.map(({ node }) => node) ?? [])
    }
  }
  /** One reading at a time, and one more for all that came meanwhile. */
  const readAgain = () => {
    isDue = true
    reading ??= read()
      .catch(fail)
      .finally(() => (reading = undefined))
  }
  return follow(
    client,
    InboxEventsDocument,
    {},
    {
      show: ({ inboxEvents: event }) => {
        // Every SUPPORT conversation comes to every admin. At the beginning, and after each reconnect: InboxLive.
        if (event.__typename !== 'ConversationChanged' || event.conversation.kind === 'SUPPORT') readAgain()
      },
      fail,
    },
  )
}
