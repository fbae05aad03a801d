import type { Database } from '../persistence/database.js'

/** Somebody who follows the signals of a session, through one subscription. */
export interface CallListener {
  id: string
  sessionId: string
  userId: string
}

const WRITE_DEADLINE_MS = 5_000

const renewSql = `
  insert into call_listeners (id, session_id, user_id, renewed_at)
  select id, session_id, user_id, now() from unnest($1::uuid[], $2::uuid[], $3::text[]) as own(id, session_id, user_id)
   order by id
  on conflict (id) do update set renewed_at = excluded.renewed_at`

// Also what a process left behind that is not there any more.
const removeSql = `
  delete from call_listeners where id in (
    select id from call_listeners where id = any($1::uuid[]) or renewed_at < now() - $2::int * interval '1 ms'
     order by id for no key update skip locked)`

const connectedSql = `
  select distinct user_id as "userId" from call_listeners
   where session_id = $1::uuid and user_id = any($2::text[]) and renewed_at >= now() - $3::int * interval '1 ms'`

/** Who follows the signals of which session, at all processes. What is not renewed counts no more. */
export class CallListenerStore {
  constructor(
    private readonly database: Database,
    private readonly holdsForMs: number,
  ) {}

  async renew(listeners: readonly CallListener[]): Promise<void> {
    if (listeners.length === 0) return
    const columns = (['id', 'sessionId', 'userId'] as const).map(name => listeners.map(listener => listener[name]))
    await this.database.call(renewSql, columns, WRITE_DEADLINE_MS)
  }

  async remove(ids: readonly string[]): Promise<void> {
    await this.database.call(removeSql, [ids, this.holdsForMs], WRITE_DEADLINE_MS)
  }

  /** Which of them. */
  async connected(sessionId: string, userIds: readonly string[]): Promise<string[]> {
    const rows = await this.database.call<{ userId: string }>(connectedSql, [sessionId, userIds, this.holdsForMs])
    return rows.map(row => row.userId)
  }
}
