import { Button, Fieldset, Group, SimpleGrid, TagsInput, TextInput } from '@mantine/core'
import { useState, type SyntheticEvent } from 'react'
import type { AuditFilter } from '../operations.js'
import { strings } from '../strings.js'
import { PersonSelect } from './person-select.js'

/** What is looked for most; every other root field can be typed. */
const FREQUENT_ACTIONS = [
  ...['requestAccess', 'endAccess', 'userHistory', 'history', 'conversation', 'readUnderGrant', 'searchMessages'],
  ...['attachmentDownloaded', 'sendMessage', 'deleteMessage', 'createSession', 'endSession', 'auditLog'],
]

const EMPTY = { actorId: null, subjectUserId: null, conversationId: '', actions: [] as string[], from: '', to: '' }

const instantOf = (local: string) => (local === '' ? null : new Date(local).toISOString())

const filterOf = ({ actorId, subjectUserId, conversationId, actions, from, to }: Fields): AuditFilter => ({
  actorId,
  subjectUserId,
  conversationId: conversationId.trim() || null,
  actions: actions.length > 0 ? actions : null,
  from: instantOf(from),
  to: instantOf(to),
})

type Fields = Omit<typeof EMPTY, 'actorId' | 'subjectUserId'> & {
  actorId: string | null
  subjectUserId: string | null
}

export const AuditFilters = ({ onApply }: { onApply: (filter: AuditFilter) => void }) => {
  const [fields, setFields] = useState<Fields>(EMPTY)
  const set = (change: Partial<Fields>) => setFields(before => ({ ...before, ...change }))
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    onApply(filterOf(fields))
  }
  return (
    <form onSubmit={submit}>
      <Fieldset legend={strings.admin.filters}>
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
          <PersonSelect label={strings.admin.actor} value={fields.actorId} onChange={actorId => set({ actorId })} />
          <PersonSelect
            label={strings.admin.subject}
            value={fields.subjectUserId}
            onChange={subjectUserId => set({ subjectUserId })}
          />
          <TagsInput
            label={strings.admin.actions}
            placeholder={strings.admin.actionsHint}
            data={FREQUENT_ACTIONS}
            value={fields.actions}
            onChange={actions => set({ actions })}
            acceptValueOnBlur
          />
          <TextInput
            label={strings.admin.conversation}
            value={fields.conversationId}
            onChange={({ target }) => set({ conversationId: target.value })}
          />
          <TextInput
            type="datetime-local"
            label={strings.admin.from}
            value={fields.from}
            onChange={({ target }) => set({ from: target.value })}
          />
          <TextInput
            type="datetime-local"
            label={strings.admin.to}
            value={fields.to}
            onChange={({ target }) => set({ to: target.value })}
          />
        </SimpleGrid>
        <Group mt="md">
          <Button type="submit">{strings.admin.show}</Button>
          <Button
            variant="default"
            onClick={() => {
              setFields(EMPTY)
              onApply({})
            }}
          >
            {strings.admin.clear}
          </Button>
        </Group>
      </Fieldset>
    </form>
  )
}
