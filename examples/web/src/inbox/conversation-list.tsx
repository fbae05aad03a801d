import { Alert, Button, Loader, Text } from '@mantine/core'
import type { ChatConversation, ConversationFilter } from '@colloquy/apollo'
import { useConversations, usePresence } from '@colloquy/apollo/react'
import type { ReactNode } from 'react'
import { Virtuoso, type Components } from 'react-virtuoso'
import { errorText } from '../error-text.js'
import type { DemoPerson } from '../people.js'
import { showError } from '../show-error.js'
import { strings } from '../strings.js'
import { ConversationRow } from './conversation-row.js'

const components: Components<ChatConversation> = {
  List: ({ context: _, ...props }) => <div role="list" {...props} />,
  Item: ({ context: _, item: __, ...props }) => <div role="listitem" {...props} />,
}

export interface ListProps {
  filter: ConversationFilter
  person: DemoPerson
  selected: string | undefined
  /** Shown in place of an empty list. */
  empty: string
}

/** How each conversation of a list is shown. */
export const useRows = (
  conversations: readonly ChatConversation[],
  { person, selected }: Pick<ListProps, 'person'> & Partial<ListProps>,
) => {
  const counterparts = conversations.flatMap(({ counterpart }) => (counterpart ? [counterpart.id] : []))
  const presences = usePresence(counterparts)
  return (conversation: ChatConversation): ReactNode => (
    <ConversationRow
      conversation={conversation}
      presence={presences.get(conversation.counterpart?.id ?? '')}
      viewerId={person.id}
      isSelected={conversation.id === selected}
    />
  )
}

/** Live, the latest first; as many are in the page as are seen. */
export const ConversationList = ({ filter, empty, ...who }: ListProps) => {
  const { conversations, status, error, hasMore, loadMore, reopen } = useConversations({ filter })
  const row = useRows(conversations, who)
  return (
    <>
      {status === 'LOADING' && <Loader m="md" aria-label={strings.common.loading} role="status" />}
      {status === 'ENDED' && (
        <Alert color="red" title={strings.inbox.ended}>
          {error && <Text>{errorText(error)}</Text>}
          <Button size="xs" onClick={reopen}>
            {strings.inbox.reopen}
          </Button>
        </Alert>
      )}
      {status === 'LIVE' && conversations.length === 0 && (
        <Text c="dimmed" p="md">
          {empty}
        </Text>
      )}
      <Virtuoso
        data={conversations}
        components={components}
        computeItemKey={(_, { id }) => id}
        itemContent={(_, conversation) => row(conversation)}
        endReached={() => hasMore && void loadMore().catch(showError)}
      />
    </>
  )
}
