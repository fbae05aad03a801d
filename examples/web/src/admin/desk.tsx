import { Button, Loader, ScrollArea, Stack, Text, TextInput, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import type { ChatConversation } from '@colloquy/apollo'
import { useConversations } from '@colloquy/apollo/react'
import { useState } from 'react'
import { errorText } from '../error-text.js'
import { useRows } from '../inbox/conversation-list.js'
import type { DemoPerson } from '../people.js'
import { showError } from '../show-error.js'
import { strings } from '../strings.js'
import { OpenEmergencies } from './open-emergencies.js'

const SEARCH_AFTER_MS = 300

/** Unread first, and of equal ones the latest. */
const byUrgency = (one: ChatConversation, two: ChatConversation) =>
  Number(two.unreadCount > 0) - Number(one.unreadCount > 0) || two.lastActivityAt.localeCompare(one.lastActivityAt)

/** What people have written to the support desk: all admins are one desk. */
export const Desk = ({ person }: { person: DemoPerson }) => {
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim(), SEARCH_AFTER_MS)
  const { conversations, status, error, hasMore, loadMore, reopen } = useConversations({
    filter: { kinds: ['SUPPORT'], search: search || null },
  })
  const row = useRows(conversations, { person })
  return (
    <ScrollArea h="100%" viewportProps={{ tabIndex: 0 }}>
      <Stack p="md" maw={800}>
        <Title order={2}>{strings.admin.desk}</Title>
        <OpenEmergencies viewerId={person.id} />
        <Title order={3}>{strings.admin.deskList}</Title>
        <TextInput
          type="search"
          label={strings.admin.deskSearch}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
        {status === 'LOADING' && <Loader aria-label={strings.common.loading} />}
        {error && (
          <Text role="alert">
            {errorText(error)} <Button onClick={reopen}>{strings.common.tryAgain}</Button>
          </Text>
        )}
        {status === 'LIVE' && conversations.length === 0 && <Text>{strings.admin.deskEmpty}</Text>}
        <ul className="plain-list" aria-label={strings.admin.deskList}>
          {conversations.toSorted(byUrgency).map(conversation => (
            <li key={conversation.id}>{row(conversation)}</li>
          ))}
        </ul>
        {hasMore && (
          <Button variant="default" onClick={() => void loadMore().catch(showError)}>
            {strings.admin.more}
          </Button>
        )}
      </Stack>
    </ScrollArea>
  )
}
