import DataLoader from 'dataloader'
import { batched } from '../batched.js'
import { isExternalId } from '../limits/ids.js'
import type { Database, Transaction } from '../persistence/database.js'
import { queryWithin } from '../persistence/query.js'
import { listPeople, type PeopleQuery } from './people-list.store.js'
import { PERSON_COLUMNS } from './person-row.js'
import type { Person, Role, Viewer } from './person.js'
import {
  type EmailSight,
  readEmailSights,
  readInCare,
  readRelated,
  readSights,
  type PersonSight,
} from './sight.store.js'

/** Of the host system's directory: what is undefined stays as it is, null clears. */
export interface PersonEntry {
  id: string
  displayName: string
  roles: Role[]
  email?: string | null
  avatarUrl?: string | null
  active: boolean
}

/** What a live connection of the person rests on. */
export type Standing = Pick<Person, 'id' | 'roles' | 'active'>

/** What a valid token says of its person; what it omits stays as it is. */
export interface PersonClaims {
  id: string
  displayName?: string
  email?: string
  /** Not empty. */
  roles?: Role[]
}

const upsertSql = `
  insert into users (id, display_name, roles, email, avatar_url, active)
  select id, "displayName", array(select jsonb_array_elements_text(roles))::"Role"[], email, "avatarUrl", active
    from jsonb_to_recordset($1::jsonb)
      as given(id text, "displayName" text, roles jsonb, email text, "avatarUrl" text, active boolean)
   order by id
  on conflict (id) do update set
    display_name = excluded.display_name, roles = excluded.roles, active = excluded.active,
    email = case when users.id = any($2::text[]) then users.email else excluded.email end,
    avatar_url = case when users.id = any($3::text[]) then users.avatar_url else excluded.avatar_url end
  returning ${PERSON_COLUMNS}`

const provisionSql = `
  insert into users (id, display_name, roles, email)
  values ($1::text, coalesce($2::text, $1::text), $4::text[]::"Role"[], $3::text)
  on conflict (id) do update set
    display_name = coalesce($2::text, users.display_name),
    roles = case when cardinality($4::text[]) = 0 then users.roles else excluded.roles end,
    email = coalesce(excluded.email, users.email)
  returning ${PERSON_COLUMNS}`

export class PeopleStore {
  private readonly person: (id: string) => Promise<Person | null>
  private readonly sights: DataLoader<PersonSight, boolean>
  private readonly emailSights: DataLoader<EmailSight, boolean>

  constructor(
    private readonly database: Database,
    private readonly openCareRelationships: boolean,
  ) {
    this.person = batched(
      async ids => {
        const people = new Map((await this.findMany(ids)).map(person => [person.id, person]))
        return ids.map(id => people.get(id) ?? null)
      },
      id => id,
    )
    this.sights = new DataLoader(sights => readSights(database, sights, openCareRelationships), {
      cache: false,
      maxBatchSize: 5_000,
    })
    this.emailSights = new DataLoader(sights => readEmailSights(database, sights), {
      cache: false,
      maxBatchSize: 1_000,
    })
  }

  /** Calls of the same turn are one query. */
  find(id: string): Promise<Person | null> {
    return this.person(id)
  }

  async findWithin(tx: Transaction, id: string): Promise<Person | null> {
    if (!isExternalId(id)) return null
    const [person] = await queryWithin<Person>(tx, `select ${PERSON_COLUMNS} from users where id = $1::text`, [id])
    return person ?? null
  }

  /** Those that exist, in no particular order. */
  async findMany(ids: readonly string[]): Promise<Person[]> {
    const usable = ids.filter(isExternalId)
    if (usable.length === 0) return []
    return this.database.call<Person>(`select ${PERSON_COLUMNS} from users where id = any($1::text[])`, [usable])
  }

  /** By name; one more than asked for where there are more. */
  list(query: Omit<PeopleQuery, 'openCareRelationships'>): Promise<Person[]> {
    return listPeople(this.database, { ...query, openCareRelationships: this.openCareRelationships })
  }

  /** Of the patients those who are in the professional's care. */
  patientsInCare(professionalId: string, patientIds: readonly string[]): Promise<string[]> {
    return readInCare(this.database, professionalId, patientIds.filter(isExternalId), this.openCareRelationships)
  }

  /** Of some people, whoever they are. */
  async someIds(count: number): Promise<string[]> {
    const rows = await this.database.call<{ id: string }>('select id from users limit $1', [count])
    return rows.map(row => row.id)
  }

  /** All or none, each id once, in the order given. In the database's order of ids, so that two of them never deadlock. */
  async upsert(tx: Transaction, entries: readonly PersonEntry[]): Promise<Person[]> {
    const idsWithout = (field: 'email' | 'avatarUrl') =>
      entries.filter(entry => entry[field] === undefined).map(entry => entry.id)
    const parameters = [JSON.stringify(entries), idsWithout('email'), idsWithout('avatarUrl')]
    const people = await queryWithin<Person>(tx, upsertSql, parameters)
    const byId = new Map(people.map(person => [person.id, person]))
    return entries.flatMap(({ id }) => byId.get(id) ?? [])
  }

  /** Never reactivates anyone. Writes only where something differs: it runs with every token. */
  async provision(claims: PersonClaims): Promise<Person> {
    const known = await this.find(claims.id)
    if (known && agrees(known, claims)) return known
    const { id, displayName = null, email = null, roles = [] } = claims
    const [person] = await this.database.call<Person>(provisionSql, [id, displayName, email, roles])
    if (!person) throw new Error('The person was not stored.')
    return person
  }

  /** Of those that exist, in no particular order. */
  async standingOf(ids: readonly string[]): Promise<Standing[]> {
    const usable = ids.filter(isExternalId)
    if (usable.length === 0) return []
    return this.database.call<Standing>(
      'select id, roles::text[] as roles, active from users where id = any($1::text[])',
      [usable],
    )
  }

  /**
   * Whether the person exists and is the viewer, shares a conversation or an active care relationship with them or, with
   * open care relationships, could have one. Same-tick calls are one query. Admins' wider sight is people-access.ts's matter.
   */
  async sees(sight: PersonSight): Promise<boolean> {
    return isExternalId(sight.userId) && this.sights.load(sight)
  }

  /** In their order: everyone whom each viewer shares a conversation or a care relationship with. */
  relatedTo(viewers: readonly Viewer[]): Promise<Set<string>[]> {
    return readRelated(this.database, viewers)
  }

  /** Whether the viewer is that person, or a professional in a conversation with them, other than a SUPPORT one. Same-tick calls are one query. */
  seesEmail(viewerId: string, userId: string): Promise<boolean> {
    return this.emailSights.load({ viewerId, userId })
  }
}

const agrees = (person: Person, { displayName, email, roles }: PersonClaims) =>
  (displayName === undefined || displayName === person.displayName) &&
  (email === undefined || email === person.email) &&
  (roles === undefined || sameRoles(roles, person.roles))

const sameRoles = (some: Role[], others: Role[]) =>
  some.length === others.length && some.every(role => others.includes(role))
