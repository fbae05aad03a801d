import { Alert, Button, Loader, Stack, Text, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { errorText } from '../error-text.js'
import { strings } from '../strings.js'
import type { Contact, useContacts } from './use-contacts.js'

interface Props extends ReturnType<typeof useContacts> {
  children: (contact: Contact) => ReactNode
}

/** People to choose from, with a search. */
export const ContactList = ({ contacts, isLoading, error, search, loadMore, children }: Props) => (
  <Stack gap="xs">
    <TextInput
      type="search"
      aria-label={strings.inbox.start.search}
      placeholder={strings.inbox.start.search}
      leftSection={<IconSearch size={18} />}
      maxLength={200}
      data-autofocus
      {...search}
    />
    {error && <Alert color="red">{errorText(error)}</Alert>}
    {isLoading && contacts.length === 0 && <Loader aria-label={strings.common.loading} role="status" />}
    {!isLoading && !error && contacts.length === 0 && <Text role="status">{strings.inbox.start.none}</Text>}
    <ul className="plain-list">
      {contacts.map(contact => (
        <li key={contact.id}>{children(contact)}</li>
      ))}
    </ul>
    {loadMore && (
      <Button variant="subtle" onClick={loadMore}>
        {strings.inbox.more}
      </Button>
    )}
  </Stack>
)
