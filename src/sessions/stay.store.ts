import type { Role } from '../people/person.js'
import type { Transaction } from '../persistence/database.js'
import { queryWithin } from '../persistence/query.js'

// Under the lock of the conversation: who is in its session, and from when to when.

const JOIN_SQL = `insert into session_participants (session_id, user_id, role, joined_at)
  select $1::uuid, $2, $3::"Role", clock_timestamp() where not exists (
    select 1 from session_participants where session_id = $1::uuid and user_id = $2 and left_at is null)
  on conflict do nothing returning 1 as joined`

// Who comes keeps it from being idle.
const JOINED_SQL = `update sessions set stays = stays + 1, last_activity_at = clock_timestamp() where id = $1::uuid`

const LEAVE_SQL = `update session_participants set left_at = clock_timestamp()
  where session_id = $1::uuid and user_id = $2 and left_at is null returning 1 as gone`

const LEFT_SQL = `update sessions set stays = stays + 1 where id = $1::uuid`

/** False for who is in it already. */
const addStay = async (
  tx: Transaction,
  sessionId: string,
  { userId, role }: { userId: string; role: Role },
): Promise<boolean> => {
  if ((await queryWithin(tx, JOIN_SQL, [sessionId, userId, role])).length === 0) return false
  await queryWithin(tx, JOINED_SQL, [sessionId])
  return true
}

/** False for who is not in it. */
export const endStay = async (tx: Transaction, sessionId: string, userId: string): Promise<boolean> => {
  if ((await queryWithin(tx, LEAVE_SQL, [sessionId, userId])).length === 0) return false
  await queryWithin(tx, LEFT_SQL, [sessionId])
  return true
}

export class StayStore {
  readonly join = addStay
  readonly leave = endStay
}
