import { badInput, forbidden, notFound } from '../errors.js'
import { isAdmin, type Person, type Role, type Viewer } from '../people/person.js'
import type { Services } from '../services.js'
import type { NewParticipant } from './conversation-writer.js'

export const MOST_PARTICIPANTS = 500

export const requireRoom = (field: string, count: number) => {
  if (count > MOST_PARTICIPANTS) throw badInput(field, `A group has at most ${MOST_PARTICIPANTS} participants.`)
}

const firstOf = (person: Person, ...roles: Role[]) => roles.find(role => person.roles.includes(role))

/**
 * Whom the viewer brings into a group, and as what: a professional brings colleagues, and patients in their care; an admin
 * anyone.
 */
export const findMembers = async (
  needs: Pick<Services, 'people'>,
  viewer: Viewer,
  field: string,
  userIds: readonly string[],
): Promise<NewParticipant[]> => {
  const ids = [...new Set(userIds)]
  requireRoom(field, ids.length)
  if (ids.includes(viewer.userId)) throw badInput(field, 'This is yourself.')
  const people = new Map((await needs.people.findMany(ids)).map(person => [person.id, person]))
  const inCare = isAdmin(viewer) ? [] : await needs.people.patientsInCare(viewer.userId, ids)
  return ids.map(userId => {
    const person = people.get(userId)
    if (!person?.active) throw notFound('user', field)
    const role = isAdmin(viewer)
      ? firstOf(person, 'PROFESSIONAL', 'PATIENT', 'ADMIN')
      : inCare.includes(userId)
        ? 'PATIENT'
        : firstOf(person, 'PROFESSIONAL')
    if (!role) throw forbidden('You bring colleagues into a group, and the patients in your care.', { field })
    return { userId, role }
  })
}
