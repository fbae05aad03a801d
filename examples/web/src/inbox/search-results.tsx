import { Alert, Loader, ScrollArea, Text, VisuallyHidden } from '@mantine/core'
import { useConversations } from '@colloquy/apollo/react'
import { errorText } from '../error-text.js'
import type { DemoPerson } from '../people.js'
import { showError } from '../show-error.js'
import { strings } from '../strings.js'
import { useRows } from './conversation-list.js'
import { MessageHit } from './message-hit.js'
import { ResultSection } from './result-section.js'
import { useMessageSearch } from './use-message-search.js'

interface Props {
  /** Not empty. */
  search: string
  person: DemoPerson
  selected: string | undefined
}

/** Conversations by name, and messages by their words. */
export const SearchResults = ({ search, ...who }: Props) => {
  const named = useConversations({ filter: { search, statuses: ['ACTIVE', 'ARCHIVED', 'BLOCKED'] }, pageSize: 10 })
  const said = useMessageSearch(search)
  const row = useRows(named.conversations, who)
  const error = named.error ?? said.error
  const isLoading = named.status === 'LOADING' || said.isLoading
  const isEmpty = named.conversations.length === 0 && said.items.length === 0
  return (
    <ScrollArea flex={1}>
      <VisuallyHidden role="status">
        {!isLoading && strings.inbox.found(named.conversations.length, said.items.length)}
      </VisuallyHidden>
      {isLoading && <Loader m="md" aria-label={strings.common.loading} />}
      {error && <Alert color="red">{errorText(error)}</Alert>}
      {!isLoading && !error && isEmpty && <Text p="md">{strings.inbox.nothingFound}</Text>}
      <ResultSection
        heading={strings.inbox.inConversations}
        items={named.conversations.map(conversation => ({ id: conversation.id, row: row(conversation) }))}
        loadMore={named.hasMore ? () => void named.loadMore().catch(showError) : undefined}
      />
      <ResultSection
        heading={strings.inbox.inMessages}
        items={said.items.map(match => ({ id: match.message.id, row: <MessageHit match={match} /> }))}
        loadMore={said.loadMore}
      />
      <Text c="dimmed" size="sm" p="md">
        {strings.inbox.searchTerms}
      </Text>
    </ScrollArea>
  )
}
