import { isTaken } from '../conversations/own-parts.js'
import type { Database } from '../persistence/database.js'
import { isAdmin, type Role, type Viewer } from './person.js'

/** Whether `viewerId`, in these roles, may know of `userId`. */
export interface PersonSight {
  viewerId: string
  roles: readonly Role[]
  userId: string
}

export type EmailSight = Pick<PersonSight, 'viewerId' | 'userId'>

const isStillAdmin = (part: string) =>
  `exists (select 1 from users former where former.id = ${part}.user_id and 'ADMIN' = any(former.roles))`

/** Whether somebody else takes part now: who is no admin any more has left the support desk, whatever their row says. */
const isThere = (part: string) => isTaken(part, isStillAdmin(part))

// With open care relationships only an explicit end separates a patient from a professional.
const sightSql = `
  select sight.ord::int as ord
    from unnest($1::text[], $2::text[], $3::boolean[], $4::boolean[], $6::boolean[]) with ordinality
      as sight(viewer, person, as_patient, as_professional, as_admin, ord)
    join users person on person.id = sight.person
   where sight.viewer = sight.person
      or exists (select 1 from participants mine join participants theirs using (conversation_id)
          where mine.user_id = sight.viewer and ${isTaken('mine', 'sight.as_admin')}
            and theirs.user_id = sight.person and ${isThere('theirs')})
      or exists (select 1 from care_relationships care where care.active
            and care.patient_id = sight.viewer and care.professional_id = sight.person)
      or exists (select 1 from care_relationships care where care.active
            and care.patient_id = sight.person and care.professional_id = sight.viewer)
      or ($5::boolean and sight.as_patient and 'PROFESSIONAL' = any(person.roles::text[])
          and not exists (select 1 from care_relationships care where not care.active
            and care.patient_id = sight.viewer and care.professional_id = sight.person))
      or ($5::boolean and sight.as_professional and 'PATIENT' = any(person.roles::text[])
          and not exists (select 1 from care_relationships care where not care.active
            and care.patient_id = sight.person and care.professional_id = sight.viewer))`

/** Who shares a conversation or a care relationship with each of the viewers, a relation of their ids and whether they are admins. */
export const relatedTo = (viewers: string) => `
  with viewers(id, as_admin) as (${viewers})
  select mine.user_id as "viewerId", as_admin as "asAdmin", theirs.user_id as "userId"
    from viewers join participants mine on mine.user_id = viewers.id join participants theirs using (conversation_id)
   where ${isTaken('mine', 'as_admin')} and ${isThere('theirs')} and theirs.user_id <> mine.user_id
  union select patient_id, as_admin, professional_id
    from viewers join care_relationships on active and patient_id = viewers.id
  union select professional_id, as_admin, patient_id
    from viewers join care_relationships on active and professional_id = viewers.id`

const emailSql = `
  select sight.ord::int as ord
    from unnest($1::text[], $2::text[]) with ordinality as sight(viewer, person, ord)
   where sight.viewer = sight.person
      or exists (select 1 from participants mine join participants theirs using (conversation_id)
          join conversations c on c.id = mine.conversation_id and c.kind <> 'SUPPORT'
          where mine.user_id = sight.viewer and mine.left_at is null and mine.role = 'PROFESSIONAL'
            and theirs.user_id = sight.person and theirs.left_at is null)`

const inCareSql = `
  select person.id
    from users person
    left join care_relationships care on care.patient_id = person.id and care.professional_id = $1
   where person.id = any($2::text[]) and 'PATIENT' = any(person.roles::text[])
     and coalesce(care.active, $3::boolean)`

/** Of the patients those who are in the professional's care. */
export const readInCare = async (
  database: Database,
  professionalId: string,
  patientIds: readonly string[],
  openCareRelationships: boolean,
): Promise<string[]> => {
  const rows = await database.call<{ id: string }>(inCareSql, [professionalId, patientIds, openCareRelationships])
  return rows.map(row => row.id)
}

export const readSights = async (
  database: Database,
  sights: readonly PersonSight[],
  openCareRelationships: boolean,
): Promise<boolean[]> => {
  const rows = await database.call<{ ord: number }>(sightSql, [
    sights.map(sight => sight.viewerId),
    sights.map(sight => sight.userId),
    sights.map(sight => sight.roles.includes('PATIENT')),
    sights.map(sight => sight.roles.includes('PROFESSIONAL')),
    openCareRelationships,
    sights.map(sight => sight.roles.includes('ADMIN')),
  ])
  return inOrder(sights, rows)
}

export const readEmailSights = async (database: Database, sights: readonly EmailSight[]): Promise<boolean[]> => {
  const rows = await database.call<{ ord: number }>(emailSql, [
    sights.map(sight => sight.viewerId),
    sights.map(sight => sight.userId),
  ])
  return inOrder(sights, rows)
}

/** In the order of the viewers. */
export const readRelated = async (database: Database, viewers: readonly Viewer[]): Promise<Set<string>[]> => {
  if (viewers.length === 0) return []
  const rows = await database.call<{ viewerId: string; asAdmin: boolean; userId: string }>(
    relatedTo('select distinct * from unnest($1::text[], $2::boolean[])'),
    [viewers.map(({ userId }) => userId), viewers.map(isAdmin)],
  )
  const nameOf = (viewerId: string, asAdmin: boolean) => `${asAdmin} ${viewerId}`
  const related = new Map(viewers.map(viewer => [nameOf(viewer.userId, isAdmin(viewer)), new Set<string>()]))
  for (const { viewerId, asAdmin, userId } of rows) related.get(nameOf(viewerId, asAdmin))?.add(userId)
  return viewers.map(viewer => related.get(nameOf(viewer.userId, isAdmin(viewer))) ?? new Set())
}

const inOrder = (sights: readonly unknown[], rows: readonly { ord: number }[]) => {
  const seen = new Set(rows.map(row => row.ord - 1))
  return sights.map((_, index) => seen.has(index))
}
