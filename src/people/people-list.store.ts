import type { Database } from '../persistence/database.js'
import { containing } from '../persistence/like.js'
import { PERSON_COLUMNS } from './person-row.js'
import { isAdmin, type Person, type Role, type Viewer } from './person.js'
import { relatedTo } from './sight.store.js'

export interface PeopleQuery {
  viewer: Viewer
  openCareRelationships: boolean
  /** Those to whom the viewer may write; else those whom they may see, themselves included. */
  contactsOnly: boolean
  /** Only who is online, in a process that was alive so long ago. */
  onlineWithinMs: number | null
  role: Role | null
  /** Part of the name. */
  search: string | null
  /** The page begins behind this person. */
  afterId: string | null
  limit: number
}

const openTo = (role: Role, viewer: string, other: string) => `
  select u.id from users u where $4::boolean and '${role}' = any(u.roles) and not exists (
    select 1 from care_relationships c where not c.active and c.${viewer} = any($1::text[]) and c.${other} = u.id)`

/** $1: the viewer; $2, $3: whether they are patient, professional; $4: whether relationships are open. */
const CONTACTS = `
  select professional_id from care_relationships where $2::boolean and active and patient_id = any($1::text[])
  union select patient_id from care_relationships where $3::boolean and active and professional_id = any($1::text[])
  union (select id from (${openTo('PROFESSIONAL', 'patient_id', 'professional_id')}) o where $2::boolean)
  union (select id from (${openTo('PATIENT', 'professional_id', 'patient_id')}) o where $3::boolean)`

const SEEN = `${CONTACTS} union select unnest($1::text[]) union select "userId" from (${relatedTo('select unnest($1::text[]), $5::boolean')}) related`

const ONLINE = (withinMs: string) => `u.id in (
  select o.user_id from online_users o join server_processes p on p.id = o.process_id
  where p.seen_at > now() - ${withinMs}::int * interval '1 ms')`

const conditions = ({ viewer, contactsOnly, onlineWithinMs, ...query }: PeopleQuery) => {
  const { userId, roles } = viewer
  const as = [roles.includes('PATIENT'), roles.includes('PROFESSIONAL')]
  const parameters: unknown[] = [[userId], ...as, query.openCareRelationships, isAdmin(viewer)]
  const place = (value: unknown) => `$${parameters.push(value)}`
  const where = [`($5::boolean or u.id in (${contactsOnly ? CONTACTS : SEEN}))`]
  if (contactsOnly) where.push('u.active and u.id <> all($1::text[])')
  if (onlineWithinMs !== null) where.push(ONLINE(place(onlineWithinMs)))
  if (query.role !== null) where.push(`${place(query.role)} = any(u.roles::text[])`)
  if (query.search !== null) where.push(`u.display_name ilike ${place(containing(query.search))}`)
  if (query.afterId !== null)
    where.push(`(lower(u.display_name), u.id) > (
      select lower(x.display_name), x.id from users x where x.id = ${place(query.afterId)})`)
  return { where, parameters }
}

/** By name; one more than asked for where there are more. */
export const listPeople = (database: Database, query: PeopleQuery): Promise<Person[]> => {
  const { where, parameters } = conditions(query)
  return database.call<Person>(
    `select ${PERSON_COLUMNS} from users u where ${where.join(' and ')}
      order by lower(u.display_name), u.id limit ${query.limit + 1}`,
    parameters,
  )
}
