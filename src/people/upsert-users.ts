import { badInput } from '../errors.js'
import { isExternalId } from '../limits/ids.js'
import { cleanText } from '../limits/text.js'
import { actOf, markRecorded } from '../audit-trail.js'
import type { Services } from '../services.js'
import type { EndNeeds } from '../sessions/end-session.js'
import { endWithDeactivated } from '../sessions/end-with-people.js'
import type { PersonEntry } from './people.store.js'
import { type Asker, MAX_DISPLAY_NAME, MAX_EMAIL, type Person, type Role } from './person.js'

type Needs = EndNeeds & Pick<Services, 'bus' | 'people' | 'stays' | 'writer'>

export interface UserInput {
  id: string
  displayName: string
  roles: Role[]
  email?: string | null
  avatarUrl?: string | null
  active?: boolean | null
}

const MAX_USERS = 1_000
const MAX_URL = 2_048

const EMAIL = /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u

/** The host system's directory: creates or replaces people, all or none. */
export const upsertUsers = async (needs: Needs, users: readonly UserInput[], asker?: Asker): Promise<Person[]> => {
  if (users.length > MAX_USERS) throw badInput('input.users', `At most ${MAX_USERS} users at once.`)
  const entries = users.map((user, index) => cleanUser(user, `input.users.${index}`))
  refuseDuplicates(entries)
  // It is of no conversation, though sessions may end with it: those have events of their own.
  const act = asker && actOf(asker)
  const people = await needs.writer.run(async writing => {
    const stored = await needs.people.upsert(writing.tx, entries)
    const ids = stored.map(({ id }) => id)
    await endWithDeactivated(needs, writing, ids, asker)
    if (act) await writing.record(act)
    return stored
  })
  markRecorded(asker)
  // Only their connections know which roles they have: each may be one too many now.
  for (const { id } of people) needs.bus.publish('user', id, { kind: 'standing' })
  return people
}

const cleanUser = ({ id, displayName, roles, email, avatarUrl, active }: UserInput, field: string): PersonEntry => {
  if (!isExternalId(id))
    throw badInput(`${field}.id`, 'An id has 1 to 128 characters, none of them a control character.')
  if (roles.length === 0) throw badInput(`${field}.roles`, 'A person has at least one role.')
  if (new Set(roles).size < roles.length) throw badInput(`${field}.roles`, 'Each role is named once.')
  return {
    id,
    displayName: cleanText(`${field}.displayName`, displayName, { max: MAX_DISPLAY_NAME }),
    roles,
    email: typeof email === 'string' ? cleanEmail(`${field}.email`, email) : email,
    avatarUrl: typeof avatarUrl === 'string' ? cleanUrl(`${field}.avatarUrl`, avatarUrl) : avatarUrl,
    active: active ?? true,
  }
}

const cleanEmail = (field: string, value: string) => {
  const email = cleanText(field, value, { max: MAX_EMAIL })
  if (!EMAIL.test(email)) throw badInput(field, 'This is not an email address.')
  return email
}

const cleanUrl = (field: string, value: string) => {
  const url = cleanText(field, value, { max: MAX_URL })
  if (!URL.canParse(url) || !['http:', 'https:'].includes(new URL(url).protocol))
    throw badInput(field, 'This is not an http or https URL.')
  return url
}

const refuseDuplicates = (entries: readonly PersonEntry[]) => {
  const seen = new Set<string>()
  entries.forEach(({ id }, index) => {
    if (seen.has(id)) throw badInput(`input.users.${index}.id`, 'This user is named twice.')
    seen.add(id)
  })
}
