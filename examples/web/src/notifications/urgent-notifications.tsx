import { Alert, Button, Group, ScrollArea } from '@mantine/core'
import type { UnreadState } from '@colloquy/apollo'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { NotificationPartsFragment } from '../operations.js'
import { strings } from '../strings.js'
import { notificationPath, notificationText } from './notification-text.js'
import { useMarkNotificationsRead } from './use-notifications.js'
import { useUrgentNotifications } from './use-urgent-notifications.js'

interface UrgentProps {
  notification: NotificationPartsFragment
  onPutAway: () => void
}

const Urgent = ({ notification, onPutAway }: UrgentProps) => (
  <Alert role="presentation" color="red" variant="filled" radius={0} p="xs" icon={<IconAlertTriangle />}>
    <Group justify="space-between" gap="xs">
      {strings.notifications.urgent}: {notificationText(notification)}
      <Group gap="xs">
        <Button component="a" href={notificationPath(notification)} size="xs" variant="white" color="red">
          {strings.notifications.show}
        </Button>
        <Button size="xs" variant="white" color="red" onClick={onPutAway}>
          {strings.notifications.putAway}
        </Button>
      </Group>
    </Group>
  </Alert>
)

interface Props {
  unread: UnreadState | null
  /** The button that had the focus goes. */
  onPutAway: () => void
}

/** Stay until they are put away, or acknowledged. */
export const UrgentNotifications = ({ unread, onPutAway }: Props) => {
  const urgent = useUrgentNotifications(unread)
  const markRead = useMarkNotificationsRead()
  const putAway = (id: string) => {
    markRead([id])
    onPutAway()
  }
  return (
    <ScrollArea.Autosize mah="40dvh" role="alert">
      {urgent.map(notification => (
        <Urgent key={notification.id} notification={notification} onPutAway={() => putAway(notification.id)} />
      ))}
    </ScrollArea.Autosize>
  )
}
