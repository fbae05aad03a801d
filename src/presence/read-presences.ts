import { badInput } from '../errors.js'
import { isExternalId } from '../limits/ids.js'
import { isVisible, visibleAmong } from '../people/people-access.js'
import type { Viewer } from '../people/person.js'
import type { Services } from '../services.js'
import { absent, type Presence } from './presence.js'

type Needs = Pick<Services, 'people' | 'presence'>

export const MAX_PRESENCES = 100

/** Each once, without what cannot be anyone's id, which the database may refuse; BAD_USER_INPUT for too many. */
export const distinctUserIds = (userIds: readonly string[]): string[] => {
  if (userIds.length > MAX_PRESENCES) throw badInput('userIds', `At most ${MAX_PRESENCES} users at once.`)
  return [...new Set(userIds)].filter(isExternalId)
}

/** In the order asked for, without those whom the viewer may not know of. */
export const readPresences = async (needs: Needs, viewer: Viewer, userIds: readonly string[]): Promise<Presence[]> => {
  const visible = await visibleAmong(needs, viewer, distinctUserIds(userIds))
  const found = new Map((await needs.presence.read(visible)).map(presence => [presence.userId, presence]))
  return visible.flatMap(id => found.get(id) ?? [])
}

/** Someone whom the viewer may not know of, such as a sender who left, is absent. */
export const presenceFor = async (needs: Needs, viewer: Viewer, userId: string): Promise<Presence> =>
  (await isVisible(needs, viewer, userId)) ? needs.presence.find(userId) : absent(userId)
