import { pageArgs, paged, type Paged, type PageInput } from '../paging/page.js'
import type { Viewer } from '../people/person.js'
import type { Services } from '../services.js'
import type { Notification } from './notification.js'

/** The viewer's, newest first. */
export const listNotifications = async (
  { cursors, notifications }: Pick<Services, 'cursors' | 'notifications'>,
  { userId }: Viewer,
  unreadOnly: boolean,
  input: PageInput,
): Promise<Paged<Notification>> => {
  const { limit, cursor } = pageArgs(input)
  const after = cursor === null ? null : cursors.readList('notifications', cursor)
  const { items, ...has } = await notifications.list({ userId, unreadOnly, after, limit })
  return paged(items, ({ createdAt, id }) => cursors.list('notifications', { at: createdAt, id }), has)
}
