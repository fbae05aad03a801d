import { ActionIcon, Badge, Modal, Stack, Table, Text } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { useState } from 'react'
import { exactTimeText } from '../date-text.js'
import { strings } from '../strings.js'
import type { AuditEvent } from './audit.js'

const { admin } = strings

const EventRow = ({ event, onDetails }: { event: AuditEvent; onDetails: () => void }) => (
  <Table.Tr>
    <Table.Td>
      <time dateTime={event.at}>{exactTimeText(event.at)}</time>
    </Table.Td>
    <Table.Td>{event.actor?.displayName ?? admin.system}</Table.Td>
    <Table.Td style={{ overflowWrap: 'anywhere' }}>
      {event.action}{' '}
      {event.outcome === 'DENIED' && (
        <Badge color="red.9" variant="filled">
          {admin.refused}
        </Badge>
      )}
    </Table.Td>
    <Table.Td visibleFrom="sm">{event.subjectUser?.displayName}</Table.Td>
    <Table.Td>
      <ActionIcon variant="subtle" size="lg" aria-label={admin.detailsOf(event.sequence)} onClick={onDetails}>
        <IconInfoCircle />
      </ActionIcon>
    </Table.Td>
  </Table.Tr>
)

const detailsOf = (event: AuditEvent): [string, string | null | undefined][] => [
  [admin.columns.at, exactTimeText(event.at)],
  [admin.columns.actor, event.actor?.displayName ?? admin.system],
  [admin.columns.action, event.action],
  [admin.outcome, admin.outcomes[event.outcome]],
  [admin.columns.subject, event.subjectUser?.displayName],
  [admin.grant, event.accessGrant?.reason],
  [admin.conversation, event.conversationId],
  [admin.message, event.messageId],
  [admin.session, event.sessionId],
  [admin.request, event.requestId],
]

const Details = ({ event }: { event: AuditEvent }) => (
  <Stack component="dl" gap="xs" m={0}>
    {detailsOf(event)
      .filter(([, value]) => value)
      .map(([name, value]) => (
        <div key={name}>
          <Text component="dt" size="sm" fw={600}>
            {name}
          </Text>
          <Text component="dd" m={0} style={{ overflowWrap: 'anywhere' }}>
            {value}
          </Text>
        </div>
      ))}
  </Stack>
)

/** On a phone without whose data it was: the details have everything. */
export const AuditTable = ({ events }: { events: readonly AuditEvent[] }) => {
  const [opened, setOpened] = useState<AuditEvent>()
  const close = () => setOpened(undefined)
  return (
    <>
      <Table aria-label={admin.audit} striped>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{admin.columns.at}</Table.Th>
            <Table.Th scope="col">{admin.columns.actor}</Table.Th>
            <Table.Th scope="col">{admin.columns.action}</Table.Th>
            <Table.Th scope="col" visibleFrom="sm">
              {admin.columns.subject}
            </Table.Th>
            <Table.Th scope="col">{admin.columns.details}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {events.map(event => (
            <EventRow key={event.id} event={event} onDetails={() => setOpened(event)} />
          ))}
        </Table.Tbody>
      </Table>
      <Modal opened={opened !== undefined} onClose={close} title={opened && admin.event(opened.sequence)}>
        {opened && <Details event={opened} />}
      </Modal>
    </>
  )
}
