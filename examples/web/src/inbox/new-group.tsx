import { useMutation } from '@apollo/client/react'
import { Alert, Button, Checkbox, Fieldset, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { errorText } from '../error-text.js'
import { CreateGroupDocument, type RoomType } from '../operations.js'
import { rolesText } from '../roles-text.js'
import { strings } from '../strings.js'
import { ContactList } from './contact-list.js'
import { useContacts } from './use-contacts.js'

const { start } = strings.inbox
const ROOMS = Object.entries(start.rooms).map(([value, label]) => ({ value: value as RoomType, label }))

export const NewGroup = ({ onStarted }: { onStarted: (conversationId: string) => void }) => {
  const [title, setTitle] = useState('')
  const [roomType, setRoomType] = useState<RoomType>('GENERAL')
  const [participantIds, setParticipantIds] = useState<string[]>([])
  const [createGroup, { loading, error }] = useMutation(CreateGroupDocument)
  const contacts = useContacts()

  const create = async () => {
    const { data } = await createGroup({ variables: { input: { title, roomType, participantIds } } })
    if (data?.createGroup) onStarted(data.createGroup.conversation.id)
  }
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        // What failed is in `error`.
        create().catch(() => {})
      }}
    >
      <Stack>
        <TextInput
          label={start.groupTitle}
          required
          maxLength={200}
          value={title}
          onChange={({ target }) => setTitle(target.value)}
        />
        <NativeSelect
          label={start.groupPurpose}
          data={ROOMS}
          value={roomType}
          onChange={({ target }) => setRoomType(target.value as RoomType)}
        />
        <Fieldset legend={start.people}>
          <Checkbox.Group value={participantIds} onChange={setParticipantIds}>
            <ContactList {...contacts}>
              {contact => (
                <Checkbox py={4} value={contact.id} label={contact.displayName} description={rolesText(contact)} />
              )}
            </ContactList>
          </Checkbox.Group>
          <Text size="sm" role="status">
            {start.chosen(participantIds.length)}
          </Text>
        </Fieldset>
        {error && (
          <Alert color="red" role="alert">
            {errorText(error)}
          </Alert>
        )}
        <Button type="submit" loading={loading}>
          {start.create}
        </Button>
      </Stack>
    </form>
  )
}
