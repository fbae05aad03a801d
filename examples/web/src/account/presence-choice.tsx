import { useMutation } from '@apollo/client/react'
import { Group, Radio } from '@mantine/core'
import { SetPresenceDocument, type AccountQuery, type SettablePresence } from '../operations.js'
import { showError } from '../show-error.js'
import { strings } from '../strings.js'

const { settable } = strings.account
const STATUSES = Object.keys(settable) as SettablePresence[]

export const PresenceChoice = ({ presence }: { presence: AccountQuery['me']['presence'] }) => {
  const [setPresence] = useMutation(SetPresenceDocument, { onError: showError })
  const choose = (status: SettablePresence) =>
    void setPresence({
      variables: { input: { status } },
      optimisticResponse: { setPresence: { __typename: 'SetPresencePayload', presence: { ...presence, status } } },
    })
  return (
    <Radio.Group
      label={strings.account.presence}
      value={presence.status}
      onChange={value => choose(value as SettablePresence)}
    >
      <Group mt="xs">
        {STATUSES.map(status => (
          <Radio key={status} value={status} label={settable[status]} />
        ))}
      </Group>
    </Radio.Group>
  )
}
