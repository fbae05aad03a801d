import type { Database } from '../persistence/database.js'
import type { Emergency } from './emergency.js'

const DEADLINE_MS = 5_000
const BATCH = 100

/** Nobody was told of it. */
const IS_NEW = 'e.notified_at is null'

/** Emergencies e that nobody acknowledged, nor escalated, for so many milliseconds. */
const overdue = (ackMs: string) => `
  emergencies e join messages m on m.id = e.message_id and m.deleted_at is null
  where e.acknowledged_at is null and e.escalated_at is null and e.flagged_at <= now() - ${ackMs}::int * interval '1 ms'`

// Muted or not; of a SUPPORT conversation every admin is the desk.
const ALERT_SQL = `
  with flagged as materialized (
    select e.* from emergencies e where ${IS_NEW} order by e.flagged_at limit ${BATCH}
    for no key update skip locked),
  marked as (
    update emergencies e set notified_at = clock_timestamp() from flagged f where e.message_id = f.message_id),
  open as (
    select f.*, c.kind, m.seq from flagged f join messages m on m.id = f.message_id join conversations c on c.id = f.conversation_id
    where f.acknowledged_at is null and m.deleted_at is null),
  alerted as (
    select o.message_id, p.user_id from open o
    join participants p on p.conversation_id = o.conversation_id and p.left_at is null and p.visible_from_seq <= o.seq
    where o.kind <> 'SUPPORT' or p.role <> 'ADMIN'
    union
    select o.message_id, u.id from open o join users u on 'ADMIN' = any(u.roles) where o.kind = 'SUPPORT'),
  added as (
    insert into notifications (user_id, kind, urgent, actor_id, conversation_id, message_id, created_at)
    select u.id, 'EMERGENCY', true, o.flagged_by_id, o.conversation_id, o.message_id, clock_timestamp()
    from alerted a join open o on o.message_id = a.message_id join users u on u.id = a.user_id and u.active
    where u.id <> o.flagged_by_id returning id, user_id),
  pushed as (
    insert into push_deliveries (notification_id, urgent) select id, true from added where $1::boolean)
  select coalesce((select json_agg(distinct user_id) from added), '[]') as "userIds",
    (select count(*) from flagged) >= ${BATCH} as more`

const OVERDUE_SQL = `
  select e.message_id as "messageId", e.conversation_id as "conversationId"
  from ${overdue('$1')} and ($2::uuid is null or (e.flagged_at, e.message_id) >
      (select x.flagged_at, x.message_id from emergencies x where x.message_id = $2::uuid))
  order by e.flagged_at, e.message_id limit ${BATCH}`

const DUE_SQL = `
  select (select count(*)::int from emergencies e where ${IS_NEW}) as flagged,
    (select count(*)::int from ${overdue('$1')}) as overdue`

export type Overdue = Pick<Emergency, 'messageId' | 'conversationId'>

/** Which emergencies somebody has yet to be told of. */
export class AlertStore {
  constructor(
    private readonly database: Database,
    private readonly pushes: boolean,
  ) {}

  /** Notifies the participants of new emergencies, whoever stored them, once. Answers with who was notified. */
  async alert(): Promise<{ userIds: string[]; more: boolean }> {
    type Row = { userIds: string[]; more: boolean }
    const [row] = await this.database.call<Row>(ALERT_SQL, [this.pushes], DEADLINE_MS)
    return row ?? { userIds: [], more: false }
  }

  /** How many nobody was told of, and how many nobody has acknowledged for as long. */
  async countDue(ackMs: number): Promise<{ flagged: number; overdue: number }> {
    const [row] = await this.database.call<{ flagged: number; overdue: number }>(DUE_SQL, [ackMs], DEADLINE_MS)
    return row ?? { flagged: 0, overdue: 0 }
  }

  /** The next that are not acknowledged, nor escalated, for as long. */
  overdue(ackMs: number, afterMessageId: string | null): Promise<Overdue[]> {
    return this.database.call(OVERDUE_SQL, [ackMs, afterMessageId], DEADLINE_MS)
  }
}
