import type { ApolloClient } from '@apollo/client'
import { follow, type View } from './follow.js'
import { ConversationEventsDocument, HistoryDocument, type MessagePartsFragment } from './operations.js'

const nothing = () => ({
  /** By id: a page and an event may bring the same message. */
  messages: new Map<string, MessagePartsFragment>(),
  /** What is older was not read: changes of it are kept, but not shown. */
  oldestSeq: Infinity,
  /** Before this the next page ends; null where there is none. */
  before: null as string | null,
})

/** Shows the newest messages, and whatever becomes of them. `older` adds the page before them. */
export const openConversation = (
  client: ApolloClient,
  conversationId: string,
  { show, fail }: View<MessagePartsFragment[]>,
  last = 50,
) => {
  let held = nothing()
  let closed = false
  let unfollow = () => {}

  /** What it answers as that is by now: it may have been edited or deleted since, and the answer is not told again. */
  const withTarget = (message: MessagePartsFragment) =>
    message.replyTo ? { ...message, replyTo: held.messages.get(message.replyTo.id) ?? message.replyTo } : message
  const showHeld = () => {
    if (closed || held.oldestSeq === Infinity) return
    const shown = [...held.messages.values()].filter(({ seq }) => seq >= held.oldestSeq)
    show(shown.sort((one, two) => one.seq - two.seq).map(withTarget))
  }
  const readPage = async (into: typeof held) => {
    const { data } = await client.query({
      query: HistoryDocument,
      // Only the first page's eventCursor: a later one's would skip what came since.
      variables: { conversationId, last, before: into.before, firstPage: into.before === null },
      // Neither from the cache nor into it: a page is of its moment.
      fetchPolicy: 'no-cache',
    })
    const { edges = [], pageInfo, eventCursor } = data?.history ?? {}
    // What an event brought is newer: a page that comes late must not bring a deleted text back.
    for (const { node } of edges) if (!into.messages.has(node.id)) into.messages.set(node.id, node)
    into.before = pageInfo?.hasPreviousPage ? pageInfo.startCursor : null
    into.oldestSeq = into.before === null ? 0 : (edges[0]?.node.seq ?? 0)
    showHeld()
    return eventCursor
  }
  const begin = async () => {
    const after = await readPage(held)
    if (closed) return
    unfollow = follow(
      client,
      ConversationEventsDocument,
      { conversationId, after },
      {
        show: ({ conversationEvents: event }) => {
          if (event.__typename === 'MessageChanged') {
            // New, edited, or deleted: then it has no text.
            held.messages.set(event.message.id, event.message)
            showHeld()
          } else if (event.__typename === 'ResyncRequired') {
            held = nothing()
            readPage(held).catch(fail)
          }
        },
        fail,
      },
    )
  }
  begin().catch(fail)

  return {
    older: async () => {
      if (held.before !== null) await readPage(held)
    },
    close: () => {
      closed = true
      unfollow()
    },
  }
}
