import { Alert, Badge, Button, Loader, NavLink, Stack, Text } from '@mantine/core'
import type { UnreadState } from '@colloquy/apollo'
import type { NotificationPartsFragment } from '../operations.js'
import { dateTimeText } from '../date-text.js'
import { errorText } from '../error-text.js'
import { strings } from '../strings.js'
import { notificationPath, notificationText } from './notification-text.js'
import { useMarkNotificationsRead, useNotifications } from './use-notifications.js'

interface ItemProps {
  notification: NotificationPartsFragment
  onChoose: () => void
}

const NotificationItem = ({ notification, onChoose }: ItemProps) => {
  const path = notificationPath(notification)
  return (
    <li>
      <NavLink
        {...(path ? { href: path } : { component: 'button' })}
        label={notificationText(notification)}
        description={dateTimeText(notification.createdAt)}
        rightSection={notification.readAt === null && <Badge>{strings.notifications.unread}</Badge>}
        onClick={onChoose}
      />
    </li>
  )
}

interface Props {
  unread: UnreadState | null
  onChoose: () => void
}

/** The latest first. One that is opened is read. */
export const NotificationList = ({ unread, onChoose }: Props) => {
  const { items, isLoading, error, loadMore } = useNotifications(unread)
  const markRead = useMarkNotificationsRead()
  const choose = ({ id, readAt }: NotificationPartsFragment) => {
    if (readAt === null) markRead([id])
    onChoose()
  }
  return (
    <Stack>
      {isLoading && items.length === 0 && <Loader aria-label={strings.common.loading} role="status" />}
      {error && <Alert color="red">{errorText(error)}</Alert>}
      {!isLoading && !error && items.length === 0 && <Text c="dimmed">{strings.notifications.empty}</Text>}
      {items.length > 0 && (
        <Button variant="default" onClick={() => markRead()}>
          {strings.notifications.readAll}
        </Button>
      )}
      <ul className="plain-list">
        {items.map(notification => (
          <NotificationItem key={notification.id} notification={notification} onChoose={() => choose(notification)} />
        ))}
      </ul>
      {loadMore && (
        <Button variant="subtle" onClick={loadMore}>
          {strings.notifications.more}
        </Button>
      )}
    </Stack>
  )
}
