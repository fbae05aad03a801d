import type { Asker } from '../people/person.js'
import type { Database, Transaction } from '../persistence/database.js'
import { queryWithin } from '../persistence/query.js'
import { runRecorded } from '../oversight/audit-record.store.js'
import type { SessionType } from '../sessions/session.js'
import { defaultProfile, type ProfessionalProfile } from './professional-profile.js'

interface Row {
  userId: string
  specialty: string | null
  acceptingSessions: boolean
  sessionTypes: SessionType[]
  rates: { type: SessionType; amountMinor: number; currency: string }[]
}

const READ_SQL = `
  select p.user_id as "userId", p.specialty, p.accepting_sessions as "acceptingSessions",
    p.session_types::text[] as "sessionTypes", coalesce((
      select json_agg(json_build_object('type', r.type, 'amountMinor', r.amount_minor, 'currency', r.currency) order by r.type)
      from session_rates r where r.user_id = p.user_id), '[]') as rates
  from professional_profiles p where p.user_id = any($1::text[])`

const profileFromRow = ({ userId, rates, ...profile }: Row): ProfessionalProfile => ({
  ...profile,
  id: userId,
  rates: rates.map(({ type, ...perMinute }) => ({ type, perMinute })),
})

/** What is omitted stays as it is. */
export type ProfileUpdate = Partial<Omit<ProfessionalProfile, 'id'>>

export class ProfessionalProfileStore {
  constructor(private readonly database: Database) {}

  /** Of everyone, also of who has said nothing yet. */
  async findMany(userIds: readonly string[]): Promise<ProfessionalProfile[]> {
    const rows = await this.database.call<Row>(READ_SQL, [userIds])
    const found = new Map(rows.map(row => [row.userId, profileFromRow(row)]))
    return userIds.map(id => found.get(id) ?? defaultProfile(id))
  }

  async find(userId: string, tx?: Transaction): Promise<ProfessionalProfile> {
    const parameters = [[userId]]
    const [row] = tx
      ? await queryWithin<Row>(tx, READ_SQL, parameters)
      : await this.database.call<Row>(READ_SQL, parameters)
    return row ? profileFromRow(row) : defaultProfile(userId)
  }

  /** Null where the user is no professional. */
  update(userId: string, update: ProfileUpdate, asker: Asker): Promise<ProfessionalProfile | null> {
    return runRecorded(this.database, asker, async tx => {
      const locked = `select 1 from users where id = $1 and 'PROFESSIONAL' = any(roles) for no key update`
      if ((await queryWithin(tx, locked, [userId])).length === 0) return null
      const profile = { ...(await this.find(userId, tx)), ...update }
      const { specialty, acceptingSessions, sessionTypes, rates } = profile
      const saved = `insert into professional_profiles (user_id, specialty, accepting_sessions, session_types)
        values ($1, $2, $3::boolean, $4::text[]::"SessionType"[]) on conflict (user_id) do update
        set specialty = $2, accepting_sessions = $3::boolean, session_types = $4::text[]::"SessionType"[]`
      await queryWithin(tx, saved, [userId, specialty, acceptingSessions, sessionTypes])
      if (update.rates) await this.replaceRates(tx, userId, rates)
      return profile
    })
  }

  private async replaceRates(tx: Transaction, userId: string, rates: ProfessionalProfile['rates']) {
    await queryWithin(tx, 'delete from session_rates where user_id = $1', [userId])
    const sql = `insert into session_rates (user_id, type, amount_minor, currency)
      select $1, x.type::"SessionType", x.amount::bigint, x.currency
      from unnest($2::text[], $3::text[], $4::text[]) x(type, amount, currency)`
    const amounts = rates.map(({ perMinute }) => String(perMinute.amountMinor))
    const currencies = rates.map(({ perMinute }) => perMinute.currency)
    await queryWithin(tx, sql, [userId, rates.map(({ type }) => type), amounts, currencies])
  }
}
