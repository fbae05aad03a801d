import { useMutation } from '@apollo/client/react'
import { Alert, Button, NavLink, Stack } from '@mantine/core'
import { IconHeadset } from '@tabler/icons-react'
import { errorText } from '../error-text.js'
import { StartConversationDocument, StartSupportDocument } from '../operations.js'
import type { DemoPerson } from '../people.js'
import { PresenceAvatar } from '../presence-avatar.js'
import { rolesText } from '../roles-text.js'
import { strings } from '../strings.js'
import { ContactList } from './contact-list.js'
import { useContacts, type Contact } from './use-contacts.js'

const { start } = strings.inbox

/** An admin writes to everybody as the support desk. */
const useStart = (isAdmin: boolean, onStarted: (id: string) => void) => {
  const [startDirect, direct] = useMutation(StartConversationDocument)
  const [startSupport, support] = useMutation(StartSupportDocument)
  const opened = (answer: { conversation: { id: string } } | null | undefined) => {
    if (answer) onStarted(answer.conversation.id)
  }
  const toSupport = async (userId?: string) =>
    opened((await startSupport({ variables: { input: { userId } } })).data?.startSupportConversation)
  const toPerson = async (userId: string) =>
    isAdmin
      ? toSupport(userId)
      : opened((await startDirect({ variables: { input: { userId } } })).data?.startConversation)
  // What failed is in `error`.
  const quietly = (work: Promise<void>) => void work.catch(() => {})
  return {
    error: direct.error ?? support.error,
    isBusy: direct.loading || support.loading,
    toSupport: () => quietly(toSupport()),
    toPerson: (userId: string) => quietly(toPerson(userId)),
  }
}

const describe = (contact: Contact): string => {
  const accepts = contact.presence.acceptingSessions
  return [
    contact.professional?.specialty ?? rolesText(contact),
    strings.inbox.presence[contact.presence.status],
    ...(accepts === null ? [] : [accepts ? start.accepting : start.notAccepting]),
  ].join(' · ')
}

interface Props {
  person: DemoPerson
  onStarted: (conversationId: string) => void
}

/** With one of the contacts, or with the support desk. */
export const NewTalk = ({ person, onStarted }: Props) => {
  const isAdmin = person.roles.includes('ADMIN')
  const { error, isBusy, toSupport, toPerson } = useStart(isAdmin, onStarted)
  return (
    <Stack>
      {error && (
        <Alert color="red" role="alert">
          {errorText(error)}
        </Alert>
      )}
      <ContactList {...useContacts()}>
        {contact => (
          <NavLink
            component="button"
            label={contact.displayName}
            description={describe(contact)}
            leftSection={<PresenceAvatar name={contact.displayName} presence={contact.presence} />}
            disabled={isBusy}
            onClick={() => toPerson(contact.id)}
          />
        )}
      </ContactList>
      {!isAdmin && (
        <Button variant="default" leftSection={<IconHeadset size={18} />} disabled={isBusy} onClick={toSupport}>
          {start.support}
        </Button>
      )}
    </Stack>
  )
}
