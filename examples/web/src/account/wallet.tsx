import { useSubscription } from '@apollo/client/react'
import { Alert, Button, Group, Stack, Table, Text, Title } from '@mantine/core'
import { dateTimeText } from '../date-text.js'
import { errorText } from '../error-text.js'
import { WalletChangedDocument, WalletDocument, type WalletQuery } from '../operations.js'
import { strings } from '../strings.js'
import { usePagedQuery } from '../use-paged-query.js'
import { moneyText } from '../money-text.js'

const { account } = strings

type Transaction = WalletQuery['wallet']['transactions']['edges'][number]['node']

const Transactions = ({ transactions }: { transactions: Transaction[] }) => (
  <Table.ScrollContainer minWidth={500}>
    <Table captionSide="top">
      <Table.Caption>{account.transactions}</Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{account.date}</Table.Th>
          <Table.Th>{account.description}</Table.Th>
          <Table.Th ta="end">{account.amount}</Table.Th>
          <Table.Th ta="end">{account.balanceAfter}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {transactions.map(({ id, createdAt, description, amount, balanceAfter }) => (
          <Table.Tr key={id}>
            <Table.Td>{dateTimeText(createdAt)}</Table.Td>
            <Table.Td>{description}</Table.Td>
            <Table.Td ta="end">{moneyText(amount)}</Table.Td>
            <Table.Td ta="end">{moneyText(balanceAfter)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  </Table.ScrollContainer>
)

/** What was paid or earned, live. */
export const Wallet = () => {
  const { data, items, error, loadMore, refresh } = usePagedQuery({
    query: WalletDocument,
    variables: { first: 20 },
    connectionOf: ({ wallet }) => wallet.transactions,
  })
  // It comes at once, too, and after each reconnect.
  useSubscription(WalletChangedDocument, { onData: refresh })
  const { balances = [] } = data?.wallet ?? {}
  return (
    <Stack component="section" aria-label={account.wallet} gap="sm">
      <Title order={3}>{account.wallet}</Title>
      {error && <Alert color="red">{errorText(error)}</Alert>}
      {data && balances.length === 0 && <Text>{account.noBalance}</Text>}
      <Group role="status">
        {balances.map(balance => (
          <Text key={balance.currency} size="xl" fw={700}>
            {account.balance}: {moneyText(balance)}
          </Text>
        ))}
      </Group>
      {items.length > 0 && <Transactions transactions={items} />}
      {loadMore && (
        <Button variant="subtle" onClick={loadMore}>
          {account.more}
        </Button>
      )}
    </Stack>
  )
}
