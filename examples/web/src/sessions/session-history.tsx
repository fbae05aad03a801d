import { ActionIcon, Button, Drawer, Loader, Stack, Table, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useChatClient } from '@colloquy/apollo/react'
import { IconHistory } from '@tabler/icons-react'
import { useCallback } from 'react'
import { moneyText } from '../money-text.js'
import { dateTimeText } from '../date-text.js'
import { durationText } from '../duration-text.js'
import { errorText } from '../error-text.js'
import { SessionHistoryDocument } from '../operations.js'
import { strings } from '../strings.js'
import { pageOf, usePages } from '../use-pages.js'

const useHistory = (conversationId: string) => {
  const client = useChatClient()
  return usePages(
    useCallback(
      async (after: string | null) => {
        const variables = { conversationId, after }
        const { data } = await client.query({ query: SessionHistoryDocument, variables, fetchPolicy: 'no-cache' })
        return pageOf(data?.conversation?.sessions)
      },
      [client, conversationId],
    ),
  )
}

type PastSession = ReturnType<typeof useHistory>['items'][number]

const HistoryRow = ({ session }: { session: PastSession }) => {
  const { type, status, startedAt, durationSeconds, cost, viewerCost, refunded } = session
  const paid = viewerCost ?? cost
  return (
    <Table.Tr>
      <Table.Th scope="row">
        {dateTimeText(startedAt)}
        <Text size="xs">{strings.sessions.types[type]}</Text>
      </Table.Th>
      <Table.Td>{status === 'ACTIVE' ? strings.sessions.running : durationText(durationSeconds)}</Table.Td>
      <Table.Td>
        {paid ? moneyText(paid) : strings.sessions.free}
        {refunded !== null && refunded.amountMinor > 0 && (
          <Text size="xs">{strings.sessions.refunded(moneyText(refunded))}</Text>
        )}
      </Table.Td>
    </Table.Tr>
  )
}

const History = ({ conversationId }: { conversationId: string }) => {
  const { items, after, isLoading, error, loadMore } = useHistory(conversationId)
  return (
    <Stack>
      {items.length > 0 && (
        <Table aria-label={strings.sessions.history}>
          <Table.Thead>
            <Table.Tr>
              {strings.sessions.columns.map(column => (
                <Table.Th key={column} scope="col">
                  {column}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {items.map(session => (
              <HistoryRow key={session.id} session={session} />
            ))}
          </Table.Tbody>
        </Table>
      )}
      {isLoading && <Loader aria-label={strings.common.loading} />}
      {error !== null && <Text role="alert">{errorText(error)}</Text>}
      {!isLoading && error === null && items.length === 0 && <Text>{strings.sessions.noHistory}</Text>}
      {(after !== null || error !== null) && !isLoading && (
        <Button variant="default" onClick={loadMore}>
          {error === null ? strings.sessions.older : strings.common.tryAgain}
        </Button>
      )}
    </Stack>
  )
}

export const SessionHistory = ({ conversationId }: { conversationId: string }) => {
  const [isOpened, { open, close }] = useDisclosure(false)
  return (
    <>
      <ActionIcon variant="subtle" aria-label={strings.sessions.history} onClick={open}>
        <IconHistory size={18} />
      </ActionIcon>
      <Drawer opened={isOpened} onClose={close} position="right" title={strings.sessions.history}>
        <History conversationId={conversationId} />
      </Drawer>
    </>
  )
}
