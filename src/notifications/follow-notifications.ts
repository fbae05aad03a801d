import { EventStream, type StreamBudget } from '../events/event-stream.js'
import type { Viewer } from '../people/person.js'
import type { Services } from '../services.js'
import type { Notification } from './notification.js'

/** The viewer's, from now on. */
export const followNotifications = async (
  { notificationWatch }: Pick<Services, 'notificationWatch'>,
  { userId }: Viewer,
  budget: StreamBudget,
): Promise<EventStream<Notification>> => {
  const stream = new EventStream<Notification>(budget)
  return stream.open(async () => {
    stream.onEnd(await notificationWatch.watch(userId, { onAdded: notification => stream.push(notification) }))
  })
}
