import type { ApolloClient } from '@apollo/client'
import { follow, type View } from './follow.js'
import { InboxDocument, InboxEventsDocument, type ConversationPartsFragment } from './operations.js'

/** Shows the open conversations, the latest first. Returns what closes it. */
export const openInbox = (client: ApolloClient, { show, fail }: View<ConversationPartsFragment[]>, first = 50) => {
  /** Null for those that were removed. */
  let held = new Map<string, ConversationPartsFragment | null>()
  let isRead = false

  const showHeld = () => {
    if (!isRead) return
    const open = [...held.values()].filter(conversation => conversation !== null)
    const active = open.filter(({ status }) => status === 'ACTIVE')
    show(active.sort((one, two) => two.lastActivityAt.localeCompare(one.lastActivityAt)))
  }
  const read = async (into: typeof held) => {
    const { data } = await client.query({ query: InboxDocument, variables: { first }, fetchPolicy: 'network-only' })
    // What an event told meanwhile is newer.
    for (const { node } of data?.conversations.edges ?? []) if (!into.has(node.id)) into.set(node.id, node)
    if (into !== held) return
    isRead = true
    showHeld()
  }
  return follow(
    client,
    InboxEventsDocument,
    {},
    {
      show: ({ inboxEvents: event }) => {
        // At the beginning, and after each reconnect: what is read from now on misses nothing.
        if (event.__typename === 'InboxLive') {
          held = new Map()
          isRead = false
          return void read(held).catch(fail)
        }
        if (event.__typename === 'ConversationChanged') held.set(event.conversation.id, event.conversation)
        else if (event.__typename === 'ConversationRemoved') held.set(event.conversationId, null)
        showHeld()
      },
      fail,
    },
  )
}
