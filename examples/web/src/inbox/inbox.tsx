import { Group, SegmentedControl, Stack, TextInput, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import type { ConversationFilter } from '@colloquy/apollo'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import type { DemoPerson } from '../people.js'
import { strings } from '../strings.js'
import { ConversationList } from './conversation-list.js'
import { NewConversation } from './new-conversation.js'
import { SearchResults } from './search-results.js'

type FilterName = keyof typeof strings.inbox.filters

const FILTERS: Record<FilterName, { filter: ConversationFilter; empty: string }> = {
  ACTIVE: { filter: {}, empty: strings.inbox.empty },
  UNREAD: { filter: { unreadOnly: true }, empty: strings.inbox.nothingUnread },
  // Those that are blocked are found nowhere else.
  ARCHIVED: { filter: { statuses: ['ARCHIVED', 'BLOCKED'] }, empty: strings.inbox.nothingArchived },
}
const NAMES = Object.keys(FILTERS) as FilterName[]

const SEARCH_AFTER_MS = 300
const LONGEST_SEARCH = 200

interface Props {
  person: DemoPerson
  selected: string | undefined
}

/** The viewer's conversations, and what is found among them. */
export const Inbox = ({ person, selected }: Props) => {
  const [name, setName] = useState<FilterName>('ACTIVE')
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim(), SEARCH_AFTER_MS)
  const who = { person, selected }
  return (
    <>
      <Stack gap="xs" p="md">
        <Group justify="space-between">
          <Title order={2} size="h4">
            {strings.inbox.heading}
          </Title>
          <NewConversation person={person} />
        </Group>
        <TextInput
          type="search"
          aria-label={strings.inbox.search}
          placeholder={strings.inbox.searchHint}
          leftSection={<IconSearch size={18} />}
          maxLength={LONGEST_SEARCH}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
        {search === '' && (
          <SegmentedControl
            aria-label={strings.inbox.filter}
            data={NAMES.map(value => ({ value, label: strings.inbox.filters[value] }))}
            value={name}
            onChange={setName}
          />
        )}
      </Stack>
      {search === '' ? <ConversationList {...FILTERS[name]} {...who} /> : <SearchResults search={search} {...who} />}
    </>
  )
}
