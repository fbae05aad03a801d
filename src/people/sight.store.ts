import { isTaken } from '../conversations/conversation-row.js'
import type { Database } from '../persistence/database.js'
import type { Role } from './person.js'

/** Whether `viewerId`, in these roles, may know of `userId`. */
export interface Sight {
  viewerId: string
  roles: readonly Role[]
  userId: string
}

export type EmailSight = Pick<Sight, 'viewerId' | 'userId'>

// With open care relationships only an explicit end separates a patient from a professional.
const sightSql = `
  select sight.ord::int as ord
    from unnest($1::text[], $2::text[], $3::boolean[], $4::boolean[]) with ordinality
      as sight(viewer, person, as_patient, as_professional, ord)
    join users person on person.id = sight.person
   where sight.viewer = sight.person
      or exists (select 1 from participants mine join participants theirs using (conversation_id)
          where mine.user_id = sight.viewer and ${isTaken('mine')}
            and theirs.user_id = sight.person and ${isTaken('theirs')})
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

/** Who shares a conversation or a care relationship with each viewer of $1. */
export const RELATED = `
  select mine.user_id as "viewerId", theirs.user_id as "userId"
    from participants mine join participants theirs using (conversation_id)
   where mine.user_id = any($1::text[]) and ${isTaken('mine')}
     and ${isTaken('theirs')} and theirs.user_id <> mine.user_id
  union select patient_id, professional_id from care_relationships where active and patient_id = any($1::text[])
  union select professional_id, patient_id from care_relationships where active and professional_id = any($1::text[])`

const emailSql = `
  select sight.ord::int as ord
    from unnest($1::text[], $2::text[]) with ordinality as sight(viewer, person, ord)
   where sight.viewer = sight.person
      or exists (select 1 from participants mine join participants theirs using (conversation_id)
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
  sights: readonly Sight[],
  openCareRelationships: boolean,
): Promise<boolean[]> => {
  const rows = await database.call<{ ord: number }>(sightSql, [
    sights.map(sight => sight.viewerId),
    sights.map(sight => sight.userId),
    sights.map(sight => sight.roles.includes('PATIENT')),
    sights.map(sight => sight.roles.includes('PROFESSIONAL')),
    openCareRelationships,
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

export const readRelated = async (
  database: Database,
  viewerIds: readonly string[],
): Promise<Map<string, Set<string>>> => {
  const related = new Map(viewerIds.map(id => [id, new Set<string>()]))
  if (viewerIds.length === 0) return related
  const rows = await database.call<{ viewerId: string; userId: string }>(RELATED, [viewerIds])
  for (const row of rows) related.get(row.viewerId)?.add(row.userId)
  return related
}

const inOrder = (sights: readonly unknown[], rows: readonly { ord: number }[]) => {
  const seen = new Set(rows.map(row => row.ord - 1))
  return sights.map((_, index) => seen.has(index))
}
