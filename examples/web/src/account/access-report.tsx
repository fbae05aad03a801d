import { Alert, Button, Stack, Table, Text, Title } from '@mantine/core'
import { dateTimeText } from '../date-text.js'
import { errorText } from '../error-text.js'
import { AccessReportDocument, type AccessReportQuery } from '../operations.js'
import { strings } from '../strings.js'
import { usePagedQuery } from '../use-paged-query.js'

const { account } = strings

type Grant = AccessReportQuery['accessReport']['edges'][number]['node']

const Grants = ({ grants }: { grants: Grant[] }) => (
  <Table.ScrollContainer minWidth={500}>
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{account.admin}</Table.Th>
          <Table.Th>{account.reason}</Table.Th>
          <Table.Th>{account.from}</Table.Th>
          <Table.Th>{account.until}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {grants.map(({ id, admin, reason, grantedAt, expiresAt, endedAt }) => (
          <Table.Tr key={id}>
            <Table.Td>{admin.displayName}</Table.Td>
            <Table.Td>{reason}</Table.Td>
            <Table.Td>{dateTimeText(grantedAt)}</Table.Td>
            <Table.Td>{dateTimeText(endedAt ?? expiresAt)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  </Table.ScrollContainer>
)

/** Who could read the viewer's messages, and why. */
export const AccessReport = () => {
  const { data, items, error, loadMore } = usePagedQuery({
    query: AccessReportDocument,
    variables: { first: 20 },
    connectionOf: ({ accessReport }) => accessReport,
  })
  return (
    <Stack component="section" aria-label={account.access} gap="sm">
      <Title order={3}>{account.access}</Title>
      {error && <Alert color="red">{errorText(error)}</Alert>}
      {data && items.length === 0 && <Text>{account.noAccess}</Text>}
      {items.length > 0 && <Grants grants={items} />}
      {loadMore && (
        <Button variant="subtle" onClick={loadMore}>
          {strings.inbox.more}
        </Button>
      )}
    </Stack>
  )
}
