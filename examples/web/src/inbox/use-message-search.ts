import { useSubscription } from '@apollo/client/react'
import { InboxEventsDocument } from '@colloquy/apollo'
import { useDebouncedCallback } from '@mantine/hooks'
import { useRef } from 'react'
import { MessageUpdatedDocument, SearchMessagesDocument } from '../operations.js'
import { usePagedQuery } from '../use-paged-query.js'

/** Many changes in a moment are one search. */
const SEARCH_AGAIN_MS = 500

/** Messages by their words, and again when one of them changes, or a conversation goes. */
export const useMessageSearch = (query: string) => {
  const said = usePagedQuery({
    query: SearchMessagesDocument,
    variables: { query, first: 20 },
    connectionOf: ({ searchMessages }) => searchMessages,
  })
  const searchAgain = useDebouncedCallback(said.refresh, SEARCH_AGAIN_MS)
  const isLive = useRef(false)
  useSubscription(InboxEventsDocument, {
    onData: ({ data: { data } }) => {
      const type = data?.inboxEvents.__typename
      // After a reconnect something may have been missed; at the beginning it was just searched.
      if (type === 'ConversationRemoved' || (type === 'InboxLive' && isLive.current)) searchAgain()
      isLive.current ||= type === 'InboxLive'
    },
  })
  useSubscription(MessageUpdatedDocument, {
    onData: ({ data: { data } }) => {
      if (said.items.some(({ message }) => message.id === data?.messageUpdated.id)) searchAgain()
    },
  })
  return said
}
