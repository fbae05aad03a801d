import { Alert, Button, Group } from '@mantine/core'
import { useConnection } from '@colloquy/apollo/react'
import { IconPlugConnectedX } from '@tabler/icons-react'
import { strings } from './strings.js'

/** The region is always there, so that screen readers tell when it fills. */
export const ConnectionBanner = ({ onSignInAgain }: { onSignInAgain: () => void }) => {
  const connection = useConnection()
  return (
    <div role="status">
      {connection === 'LOST' && (
        <Alert color="yellow" radius={0} p="xs" icon={<IconPlugConnectedX />}>
          {strings.connection.lost}
        </Alert>
      )}
      {connection === 'REFUSED' && (
        <Alert color="red" radius={0} p="xs" icon={<IconPlugConnectedX />}>
          <Group justify="space-between">
            {strings.connection.refused}
            <Button size="xs" onClick={onSignInAgain}>
              {strings.connection.signInAgain}
            </Button>
          </Group>
        </Alert>
      )}
    </div>
  )
}
