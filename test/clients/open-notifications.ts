import type { ApolloClient } from '@apollo/client'
import { follow, type View } from './follow.js'
import {
  NotificationAddedDocument,
  NotificationsDocument,
  UnreadNotificationsDocument,
  type NotificationPartsFragment,
} from './operations.js'

export interface NotificationsView extends View<NotificationPartsFragment[]> {
  /** Once for each that comes: for a banner or a sound. */
  alert: (notification: NotificationPartsFragment) => void
}

/** Shows the newest unread notifications, whichever device read or brought them. */
export const openNotifications = (client: ApolloClient, { show, fail, alert }: NotificationsView, first = 20) => {
  let latest = 0

  const read = async () => {
    const reading = ++latest
    const { data } = await client.query({
      query: NotificationsDocument,
      variables: { unreadOnly: true, first },
      fetchPolicy: 'no-cache',
    })
    // Only the last reading counts: each is as new as what made it begin.
    if (reading === latest) show(data?.notifications.edges.map(({ node }) => node) ?? [])
  }
  const readAgain = () => void read().catch(fail)
  const unfollow = [
    // The present counts come at once, also after each reconnect: that is when to read.
    follow(client, UnreadNotificationsDocument, {}, { show: readAgain, fail }),
    follow(
      client,
      NotificationAddedDocument,
      {},
      {
        show: ({ notificationAdded }) => {
          alert(notificationAdded)
          readAgain()
        },
        fail,
      },
    ),
  ]
  return () => {
    latest += 1
    for (const end of unfollow) end()
  }
}
