import { badInput, notFound } from '../errors.js'
import { isUuid } from '../limits/ids.js'
import type { Viewer } from '../people/person.js'
import type { Services } from '../services.js'
import type { Notification } from './notification.js'

type Needs = Pick<Services, 'bus' | 'notifications'>

/** How many are named, or answered with, at most. */
export const MOST_MARKED = 100

const FIELD = 'input.ids'

/** All that are unread without ids. What is not the viewer's is NOT_FOUND, and then nothing is marked. */
export const markNotificationsRead = async (
  needs: Needs,
  { userId }: Viewer,
  given: string[] | null,
): Promise<Notification[]> => {
  const ids = given && [...new Set(given)]
  if (ids && ids.length > MOST_MARKED) throw badInput(FIELD, `At most ${MOST_MARKED} at a time.`)
  if (ids) await requireOwn(needs, userId, ids)
  const marked = await needs.notifications.markRead(userId, ids, MOST_MARKED)
  if (marked.length > 0) needs.bus.publish('user', userId, { kind: 'notifications' })
  return ids ? needs.notifications.findMany(userId, ids) : marked
}

const requireOwn = async ({ notifications }: Needs, userId: string, ids: string[]) => {
  const found = ids.every(isUuid) ? await notifications.findMany(userId, ids) : []
  if (found.length < ids.length) throw notFound('notification', FIELD)
}
