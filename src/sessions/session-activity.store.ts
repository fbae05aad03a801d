import type { Database, Transaction } from '../persistence/database.js'
import { queryWithin } from '../persistence/query.js'

/** Of `sessions s`. Messages and marks have times of their own; SYSTEM messages are nobody's. */
const LAST_ACTIVITY = `greatest(s.started_at, s.last_activity_at,
  (select m.created_at from messages m where m.session_id = s.id and m.kind <> 'SYSTEM' order by m.seq desc limit 1),
  (select k.at from marks k where k.conversation_id = s.conversation_id order by k.rev desc limit 1))`

const IS_IDLE = `s.status = 'ACTIVE' and ${LAST_ACTIVITY} < clock_timestamp() - $1::float8 * interval '1 ms'`

// Of those that are ACTIVE there is an index by when they started: what started lately need not be looked at.
const IDLE_SQL = `select s.id, s.conversation_id as "conversationId" from sessions s
  where s.started_at < now() - $1::float8 * interval '1 ms' and ${IS_IDLE}
    and ($2::uuid is null or (s.started_at, s.id) > (select x.started_at, x.id from sessions x where x.id = $2::uuid))
  order by s.started_at, s.id limit $3`

const IDLE_SINCE_SQL = `select ${LAST_ACTIVITY} as since from sessions s where s.id = $2::uuid and ${IS_IDLE} for no key update of s`

/** Two who have joined a call are online: what they do is not seen here. */
const MEET = `s.status = 'ACTIVE' and s.type in ('VOICE', 'VIDEO') and 2 <= (
  select count(distinct x.user_id) from session_participants x
  join online_users o on o.user_id = x.user_id
  join server_processes p on p.id = o.process_id and p.seen_at > now() - $1::int * interval '1 ms'
  where x.session_id = s.id and x.left_at is null)`

const TOUCH = 'update sessions set last_activity_at = clock_timestamp()'

// Who ends one has it locked, and knows when.
const TOUCH_CALLS_SQL = `${TOUCH} where id in (
  select s.id from sessions s where ${MEET} order by s.id for no key update skip locked)`

const TOUCH_CALL_SQL = `${TOUCH} where id = (select s.id from sessions s where s.id = $2::uuid and ${MEET})`

// Each keystroke's worth is not written.
const TOUCH_SQL = `${TOUCH} where id = $1::uuid and status = 'ACTIVE' and last_activity_at < clock_timestamp() - interval '10 s'`

const INACTIVE_SQL = `
  select distinct u.id from sessions s
  left join session_participants x on x.session_id = s.id and x.left_at is null
  join users u on u.id in (s.professional_id, s.patient_id, x.user_id)
  where s.status = 'ACTIVE' and not u.active order by u.id`

const BATCH = 100

export interface IdleSession {
  id: string
  conversationId: string
}

/** What keeps sessions from expiring. */
export class SessionActivityStore {
  constructor(
    private readonly database: Database,
    /** How long after its last sign of life a process counts as dead. */
    private readonly deadAfterMs: number,
  ) {}

  /** Those without activity for that time, behind `after`: up to a hundred. */
  idle(idleMs: number, after: string | null): Promise<IdleSession[]> {
    return this.database.call<IdleSession>(IDLE_SQL, [idleMs, after, BATCH])
  }

  /** When it was last active; null where that is not so long ago, or it has ended. */
  async idleSince(tx: Transaction, id: string, idleMs: number): Promise<Date | null> {
    return (await queryWithin<{ since: Date }>(tx, IDLE_SINCE_SQL, [idleMs, id]))[0]?.since ?? null
  }

  /** Who is in a session though they were deactivated: in the database by hand, or while it was starting. */
  async inactivePeople(): Promise<string[]> {
    return (await this.database.call<{ id: string }>(INACTIVE_SQL, [])).map(({ id }) => id)
  }

  /** Somebody did something in it. */
  async touch(id: string): Promise<void> {
    await this.database.call(TOUCH_SQL, [id])
  }

  /** The calls in which people meet now. */
  async touchCalls(): Promise<void> {
    await this.database.call(TOUCH_CALLS_SQL, [this.deadAfterMs])
  }

  /** Before somebody leaves it. */
  async touchCall(tx: Transaction, id: string): Promise<void> {
    await queryWithin(tx, TOUCH_CALL_SQL, [this.deadAfterMs, id])
  }
}
