import { useMutation } from '@apollo/client/react'
import type { UnreadState } from '@colloquy/apollo'
import { useDidUpdate } from '@mantine/hooks'
import { MarkNotificationsReadDocument, NotificationsDocument } from '../operations.js'
import { showError } from '../show-error.js'
import { usePagedQuery } from '../use-paged-query.js'

/** Live: `unread` changes with each that comes or is read, and after each reconnect. */
export const useNotifications = (unread: UnreadState | null) => {
  const pages = usePagedQuery({
    query: NotificationsDocument,
    variables: { first: 20 },
    connectionOf: ({ notifications }) => notifications,
  })
  useDidUpdate(pages.refresh, [unread])
  return pages
}

/** Without ids, all of them. */
export const useMarkNotificationsRead = () => {
  const [mark] = useMutation(MarkNotificationsReadDocument)
  return (ids?: string[]) => void mark({ variables: { input: { ids } } }).catch(showError)
}
