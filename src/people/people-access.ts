import { notFound } from '../errors.js'
import type { Services } from '../services.js'
import { isAdmin, type Person, type Viewer } from './person.js'

type Needs = Pick<Services, 'people'>

/** Whether the viewer may know of someone who exists; admins know everyone. */
export const isVisible = async ({ people }: Needs, viewer: Viewer, userId: string): Promise<boolean> =>
  isAdmin(viewer) || people.sees({ viewerId: viewer.userId, roles: viewer.roles, userId })

/** Those of the ids whom the viewer may know of. */
export const visibleAmong = async (needs: Needs, viewer: Viewer, ids: readonly string[]): Promise<string[]> => {
  const visible = await Promise.all(ids.map(id => isVisible(needs, viewer, id)))
  return ids.filter((_, index) => visible[index])
}

/** NOT_FOUND for whom the viewer may not know of. */
export const findVisiblePerson = async (needs: Needs, viewer: Viewer, id: string): Promise<Person> => {
  const person = (await isVisible(needs, viewer, id)) ? await needs.people.find(id) : null
  if (!person) throw notFound('user')
  return person
}

/** The viewer's own, an admin's to know, or that of someone with whom the viewer is in a conversation as a professional: not at the support desk. */
export const maySeeEmail = async ({ people }: Needs, viewer: Viewer, userId: string): Promise<boolean> =>
  isAdmin(viewer) || people.seesEmail(viewer.userId, userId)
