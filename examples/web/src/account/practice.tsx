import { useMutation } from '@apollo/client/react'
import { List, Stack, Switch, Text, Title } from '@mantine/core'
import { SetAcceptingDocument, type AccountQuery } from '../operations.js'
import { showError } from '../show-error.js'
import { strings } from '../strings.js'
import { moneyText } from '../money-text.js'

const { account } = strings

/** What a professional offers. */
export const Practice = ({ profile }: { profile: NonNullable<AccountQuery['me']['professional']> }) => {
  const [setAccepting, { loading }] = useMutation(SetAcceptingDocument, { onError: showError })
  const { specialty, acceptingSessions, rates } = profile
  return (
    <Stack component="section" aria-label={account.practice} gap="sm">
      <Title order={3}>{account.practice}</Title>
      <Switch
        label={account.accepting}
        checked={acceptingSessions}
        disabled={loading}
        onChange={({ target }) => void setAccepting({ variables: { input: { accepting: target.checked } } })}
      />
      {specialty !== null && (
        <Text>
          {account.specialty}: {specialty}
        </Text>
      )}
      {rates.length === 0 ? (
        <Text>{account.noRates}</Text>
      ) : (
        <List aria-label={account.rates}>
          {rates.map(({ type, perMinute }) => (
            <List.Item key={type}>
              {account.sessionTypes[type]}: {account.rate(moneyText(perMinute))}
            </List.Item>
          ))}
        </List>
      )}
    </Stack>
  )
}
