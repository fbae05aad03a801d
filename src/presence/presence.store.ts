import type { Database } from '../persistence/database.js'
import type { Presence, SettablePresence } from './presence.js'

const WRITE_DEADLINE_MS = 5_000

// A user is online where a process that is alive says so; a dead process's users were last seen when it was.
const readSql = `
  select u.id as "userId", coalesce(rows.online, false) as online,
         case when rows.online then coalesce(u.chosen_presence::text, 'AVAILABLE') else 'OFFLINE' end as status,
         greatest(u.last_seen_at, rows.seen_at) as "lastSeenAt",
         case when 'PROFESSIONAL' = any(u.roles) then coalesce(f.accepting_sessions, true) end as "acceptingSessions"
    from users u
    left join professional_profiles f on f.user_id = u.id
    left join lateral (
      select bool_or(p.alive) as online, max(p.seen_at) filter (where not p.alive) as seen_at
        from online_users o
        join (select id, seen_at, seen_at > now() - $2::int * interval '1 ms' as alive from server_processes) p
          on p.id = o.process_id
       where o.user_id = u.id) rows on true
   where u.id = any($1::text[])`

// The process's own row comes first: while this statement has it, nobody takes the process for dead.
const touchSql = `
  with process as (
    insert into server_processes (id, seen_at) values ($1::uuid, now())
    on conflict (id) do update set seen_at = excluded.seen_at
    returning id, xmax = 0 as fresh),
  arrived as (
    insert into online_users (process_id, user_id)
    select process.id, u.id from process, users u where u.id = any($2::text[])
    on conflict do nothing),
  departed as (
    delete from online_users where process_id = (select id from process) and user_id = any($3::text[])
    returning user_id),
  locked as (
    select id from users where id in (select user_id from departed) order by id for no key update),
  seen as (
    update users set last_seen_at = now() from locked where users.id = locked.id)
  select fresh from process`

const removeSql = (which: string, seenAt: string) => `
  with gone as (
    select id, ${seenAt} as seen_at from server_processes where ${which} order by id for no key update skip locked),
  offline as (
    select o.user_id, max(gone.seen_at) as seen_at from online_users o join gone on gone.id = o.process_id
     group by o.user_id),
  locked as (
    select id from users where id in (select user_id from offline) order by id for no key update),
  seen as (
    update users set last_seen_at = greatest(last_seen_at, offline.seen_at)
      from offline join locked on locked.id = offline.user_id where users.id = offline.user_id),
  removed as (
    delete from server_processes where id in (select id from gone))
  select user_id as "userId" from offline`

export interface PresenceChanges {
  arrived: readonly string[]
  departed: readonly string[]
}

/** All times are the database's. */
export class PresenceStore {
  constructor(
    private readonly database: Database,
    /** How long after its last touch a process counts as dead. */
    private readonly deadAfterMs: number,
  ) {}

  /** Those who exist, in no particular order. */
  async read(userIds: readonly string[]): Promise<Presence[]> {
    if (userIds.length === 0) return []
    return this.database.call<Presence>(readSql, [userIds, this.deadAfterMs])
  }

  /** True if the process was unknown, or taken for dead: then all of its users have to arrive again. */
  async touch(processId: string, { arrived, departed }: PresenceChanges): Promise<boolean> {
    const [row] = await this.database.call<{ fresh: boolean }>(
      touchSql,
      [processId, arrived, departed],
      WRITE_DEADLINE_MS,
    )
    return row?.fresh ?? true
  }

  /** Removes the dead processes; answers with those who were online there. */
  removeDead(): Promise<string[]> {
    return this.remove(removeSql(`seen_at < now() - $1::int * interval '1 ms'`, 'seen_at'), this.deadAfterMs)
  }

  /** As removeDead, for this process that stops. */
  leave(processId: string): Promise<string[]> {
    return this.remove(removeSql('id = $1::uuid', 'now()'), processId)
  }

  async choose(userId: string, status: SettablePresence): Promise<void> {
    await this.database.prisma.user.update({ where: { id: userId }, data: { chosenPresence: status } })
  }

  private async remove(sql: string, parameter: string | number): Promise<string[]> {
    const rows = await this.database.call<{ userId: string }>(sql, [parameter], WRITE_DEADLINE_MS)
    return rows.map(row => row.userId)
  }
}
