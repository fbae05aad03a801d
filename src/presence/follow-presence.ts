import type { EventStream, StreamBudget } from '../events/event-stream.js'
import type { Viewer } from '../people/person.js'
import type { Services } from '../services.js'
import { LatestStream } from './latest-stream.js'
import { type Presence, samePresence } from './presence.js'
import { distinctUserIds } from './read-presences.js'

/** The present state of each whom the viewer may see, then every change. Without ids, of all whom they are related to. */
export const followPresence = async (
  { presenceWatcher }: Pick<Services, 'presenceWatcher'>,
  viewer: Viewer,
  userIds: readonly string[] | null,
  budget: StreamBudget,
): Promise<EventStream<Presence>> => {
  const ids = userIds && distinctUserIds(userIds)
  const delivered = new Map<string, Presence>()
  const isNews = (userId: string, presence: Presence) => {
    const last = delivered.get(userId)
    delivered.set(userId, presence)
    return !last || !samePresence(last, presence)
  }
  const stream = new LatestStream<Presence>(budget, isNews)
  return stream.open(async () => {
    const unwatch = await presenceWatcher.watch(viewer, ids, {
      tell: presence => stream.put(presence.userId, presence),
      forget: userId => {
        stream.drop(userId)
        delivered.delete(userId)
      },
    })
    stream.onEnd(unwatch)
  })
}
