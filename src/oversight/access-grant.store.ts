import { batched } from '../batched.js'
import { PARTICIPANT_COLUMNS, participantFromRow, type ParticipantRow } from '../conversations/conversation-row.js'
import type { Database, Transaction } from '../persistence/database.js'
import { newestFirst, type NewestFirst, type NewestPage } from '../persistence/newest-first.js'
import { queryWithin } from '../persistence/query.js'
import type { AccessGrant, GrantFilter } from './access-grant.js'
import type { HeldGrant, HeldGrantKey } from './held-grant.js'

const COLUMNS = `id, admin_id as "adminId", subject_id as "subjectId", reason, granted_at as "grantedAt",
  expires_at as "expiresAt", ended_at as "endedAt"`

const GRANT_SQL = `insert into access_grants (admin_id, subject_id, reason, granted_at, expires_at)
  values ($1, $2, $3, now(), now() + $4::int * interval '1 minute') returning ${COLUMNS}`

const END_SQL = `update access_grants set ended_at = case when ended_at is null and expires_at > now() then now() else ended_at end
  where id = $1::uuid returning ${COLUMNS}`

const HELD_SQL = `select id from access_grants
  where admin_id = $1 and subject_id = $2 and ended_at is null and expires_at > now() order by expires_at desc limit 1`

const HELD_AMONG_SQL = `select id from access_grants
  where id = any($1::uuid[]) and ended_at is null and expires_at > clock_timestamp()`

/** The grant under which an admin reads a conversation, with its subject's part: of several whose subject sees most, and that lasts longest. */
export const heldIn = (conversation: string, admin: string) => `(
    select g.id as grant_id, extract(epoch from g.expires_at - clock_timestamp())::float8 * 1000 as remaining, ${PARTICIPANT_COLUMNS}
    from access_grants g
    join participants p on p.conversation_id = ${conversation} and p.user_id = g.subject_id and p.left_at is null
    where g.admin_id = ${admin} and g.ended_at is null and g.expires_at > clock_timestamp()
    order by p.visible_from_seq, g.expires_at desc limit 1)`

const HELD_IN_SQL = `
  select k.ord::int, held.* from unnest($1::text[], $2::uuid[]) with ordinality k(admin, conversation, ord)
  cross join lateral ${heldIn('k.conversation', 'k.admin')} held`

const findHeld = async (database: Database, keys: HeldGrantKey[]): Promise<(HeldGrant | null)[]> => {
  type Row = ParticipantRow & { ord: number; grant_id: string; remaining: number }
  const parameters = [keys.map(key => key.adminId), keys.map(key => key.conversationId)]
  const rows = await database.call<Row>(HELD_IN_SQL, parameters)
  const found = new Map(rows.map(row => [row.ord, row]))
  return keys.map(({ adminId }, index) => {
    const row = found.get(index + 1)
    return row ? { id: row.grant_id, adminId, remainingMs: row.remaining, participant: participantFromRow(row) } : null
  })
}

/** All times are the database's. */
export class AccessGrantStore {
  /** Under which the admin reads the conversation now; null without one. Calls of the same turn are one query. */
  readonly findHeld: (key: HeldGrantKey) => Promise<HeldGrant | null>

  constructor(private readonly database: Database) {
    this.findHeld = batched(
      keys => findHeld(database, keys),
      ({ adminId, conversationId }) => `${conversationId} ${adminId}`,
    )
  }

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

  /** Under which the admin may read the subject's data now, the one that lasts longest; null without one. */
  async heldFor(adminId: string, subjectId: string): Promise<string | null> {
    const [held] = await this.database.call<{ id: string }>(HELD_SQL, [adminId, subjectId])
    return held?.id ?? null
  }

  findMany(ids: readonly string[]): Promise<AccessGrant[]> {
    return this.database.call(`select ${COLUMNS} from access_grants where id = any($1::uuid[])`, [ids])
  }

  /** Those that are held now. */
  async heldAmong(ids: readonly string[]): Promise<Set<string>> {
    if (ids.length === 0) return new Set()
    const rows = await this.database.call<{ id: string }>(HELD_AMONG_SQL, [ids])
    return new Set(rows.map(row => row.id))
  }

  /** Newest first. */
  list(
    { subjectId, adminId, active }: GrantFilter,
    page: Pick<NewestFirst, 'after' | 'limit'>,
  ): Promise<NewestPage<AccessGrant>> {
    return newestFirst<AccessGrant>(this.database, {
      columns: COLUMNS,
      from: 'access_grants',
      where: [
        '($1::text is null or subject_id = $1)',
        '($2::text is null or admin_id = $2)',
        '($3::boolean is null or (ended_at is null and expires_at > now()) = $3)',
      ],
      parameters: [subjectId ?? null, adminId ?? null, active ?? null],
      at: 'granted_at',
      id: 'id',
      ...page,
    })
  }
}
