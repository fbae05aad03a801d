import type { Database, Transaction } from '../persistence/database.js'
import { newestFirst, type NewestFirst, type NewestPage } from '../persistence/newest-first.js'
import { queryWithin } from '../persistence/query.js'
import type { AccessGrant } from './access-grant.js'

const COLUMNS = `id, admin_id as "adminId", subject_id as "subjectId", reason, granted_at as "grantedAt",
  expires_at as "expiresAt", ended_at as "endedAt"`

const GRANT_SQL = `insert into access_grants (admin_id, subject_id, reason, granted_at, expires_at)
  values ($1, $2, $3, now(), now() + $4::int * interval '1 minute') returning ${COLUMNS}`

const END_SQL = `update access_grants set ended_at = case when ended_at is null and expires_at > now() then now() else ended_at end
  where id = $1::uuid returning ${COLUMNS}`

const HELD_SQL = `select 1 from access_grants
  where admin_id = $1 and subject_id = $2 and ended_at is null and expires_at > now() limit 1`

/** All times are the database's. */
export class AccessGrantStore {
  constructor(private readonly database: Database) {}

  async insertWithin(
    tx: Transaction,
    { adminId, subjectId, reason, minutes }: { adminId: string; subjectId: string; reason: string; minutes: number },
  ): Promise<AccessGrant> {
    const [grant] = await queryWithin<AccessGrant>(tx, GRANT_SQL, [adminId, subjectId, reason, minutes])
    if (!grant) throw new Error('The grant was not stored.')
    return grant
  }

  /** As it is then; one that is over already stays as it was. Null: there is none. */
  async endWithin(tx: Transaction, id: string): Promise<AccessGrant | null> {
    return (await queryWithin<AccessGrant>(tx, END_SQL, [id]))[0] ?? null
  }

  /** Whether the admin may read the subject's data now. */
  async isHeld(adminId: string, subjectId: string): Promise<boolean> {
    return (await this.database.call(HELD_SQL, [adminId, subjectId])).length > 0
  }

  /** Of one subject, newest first. */
  listOf(subjectId: string, page: Pick<NewestFirst, 'after' | 'limit'>): Promise<NewestPage<AccessGrant>> {
    return newestFirst<AccessGrant>(this.database, {
      columns: COLUMNS,
      from: 'access_grants',
      where: ['subject_id = $1'],
      parameters: [subjectId],
      at: 'granted_at',
      id: 'id',
      ...page,
    })
  }
}
