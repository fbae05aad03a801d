import { useSubscription } from '@apollo/client/react'
import { Button, Group } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { NotificationAddedDocument, type NotificationPartsFragment } from '../operations.js'
import type { Route } from '../routes.js'
import { strings } from '../strings.js'
import { notificationPath, notificationText } from './notification-text.js'

const SHOWN_MS = 8_000

const Toast = ({ notification }: { notification: NotificationPartsFragment }) => {
  const path = notificationPath(notification)
  return (
    <Group justify="space-between">
      {notificationText(notification)}
      {path && (
        <Button
          component="a"
          size="xs"
          variant="default"
          href={path}
          onClick={() => notifications.hide(notification.id)}
        >
          {strings.notifications.show}
        </Button>
      )}
    </Group>
  )
}

/** Of what comes while something else is open. What is urgent stays elsewhere. */
export const useNotificationToasts = (route: Route): void => {
  useSubscription(NotificationAddedDocument, {
    onData: ({ data: { data } }) => {
      const added = data?.notificationAdded
      const isOpen = route.at === 'CONVERSATION' && route.id === added?.conversation?.id
      if (added && !added.urgent && !isOpen)
        notifications.show({ id: added.id, message: <Toast notification={added} />, autoClose: SHOWN_MS })
    },
  })
}
