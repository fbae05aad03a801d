import { deskRead, isTaken, UNREAD } from '../conversations/own-parts.js'
import type { Database } from '../persistence/database.js'

const DEADLINE_MS = 5_000
/** How far back a sweep looks in a conversation. */
const SWEPT_MESSAGES = 1_000
const SWEPT_AT_ONCE = 2_000

/** Messages of a conversation, from this one on. */
export interface Stretch {
  conversationId: string
  fromSeq: number
}

const isListening = (part: string) =>
  `${part}.notifications_enabled and (${part}.muted_until is null or ${part}.muted_until <= clock_timestamp())`

/** Of the conversation c, who is to be told. The desk is one: every admin, of what none of them has read. */
const TOLD = `
  select x.conversation_id, x.user_id, x.visible_from_seq, x.read_through, false as at_desk from participants x
   where x.conversation_id = c.id and ${isTaken('x', 'false')} and ${isListening('x')}
  union all
  select c.id, a.id, 1, ${deskRead('c.id')}, true
    from users a left join participants x on x.conversation_id = c.id and x.user_id = a.id
   where c.kind = 'SUPPORT' and 'ADMIN' = any(a.roles) and a.id <> c.support_user_id and (x.id is null or ${isListening('x')})`

/** Of messages m: an emergency of which p was alerted, or is about to be. Acknowledged before anybody was, it alerts nobody. */
const IS_ALERT = `exists (
  select 1 from emergencies e where e.message_id = m.id and e.flagged_by_id <> p.user_id
    and (e.acknowledged_at is null or e.acknowledged_at > e.notified_at))`

/** Of conversations due(id, from_seq): one for each who has something unread there, until it is read. */
const noticesOf = (due: string, pushes: string) => `
  ${due},
  found as (
    select p.user_id, c.id as conversation_id, m.id as message_id, m.sender_id
    from due
    join conversations c on c.id = due.id and c.status <> 'DELETED'
    cross join lateral (${TOLD}) p
    join users u on u.id = p.user_id and u.active
    cross join lateral (
      select m.id, m.sender_id from messages m
      where ${UNREAD} and not ${IS_ALERT} and m.seq >= due.from_seq and m.seq > coalesce((
        select max(x.through_seq) from notifications x
        where x.user_id = p.user_id and x.conversation_id = c.id and x.through_seq is not null), 0)
      order by m.seq limit 1) m
    where not exists (select 1 from notifications x where x.unread_of = p.user_id || ' ' || c.id)),
  added as (
    insert into notifications (user_id, kind, actor_id, conversation_id, message_id, created_at, unread_of)
    select user_id, 'MESSAGE', sender_id, conversation_id, message_id, clock_timestamp(), user_id || ' ' || conversation_id
    from found order by user_id || ' ' || conversation_id
    on conflict do nothing returning id, user_id),
  pushed as (
    insert into push_deliveries (notification_id) select id from added where ${pushes}::boolean)`

const TOUCHED_SQL = `
  with ${noticesOf('due as materialized (select * from unnest($1::uuid[], $2::int[]) d(id, from_seq))', '$3')}
  select user_id as "userId" from added`

/** Up to where the last sweep came, and where the next one ends: what has been quiet for so long. */
const progress = (lock = '') => `
  progress as materialized (
    select id, notified_through as through, date_trunc('milliseconds', now() - $1::int * interval '1 ms') as until
    from installation ${lock})`

/** Of messages m, what the next sweep looks at. */
const IS_UNSWEPT = `m.created_at > (select through from progress) and m.created_at <= (select until from progress)`

// One sweeps at a time. A conversation is looked at once it is quiet: until then whoever stores its messages does that, and
// its newest message is yet to come.
const SWEEP_SQL = `
  with ${progress('for no key update skip locked')},
  stored as materialized (
    select m.conversation_id, m.seq, m.created_at from messages m where ${IS_UNSWEPT}
    order by m.created_at fetch first ${SWEPT_AT_ONCE} rows with ties),
  quiet as materialized (
    select c.id, c.seq from (select conversation_id as id, max(seq) as seq from stored group by conversation_id) s
    join conversations c on c.id = s.id and c.seq = s.seq),
  ${noticesOf(`due as materialized (select id, seq - ${SWEPT_MESSAGES - 1} as from_seq from quiet)`, '$2')},
  moved as (
    update installation i set notified_through = greatest(p.through, case
      when (select count(*) from stored) < ${SWEPT_AT_ONCE} then p.until
      else (select max(created_at) from stored) end)
    from progress p where i.id = p.id)
  select coalesce((select json_agg(user_id) from added), '[]') as "userIds",
    (select count(*) from stored) >= ${SWEPT_AT_ONCE} as more`

const UNSWEPT_SQL = `with ${progress()} select count(*)::int as count from messages m where ${IS_UNSWEPT}`

/** Notifications of messages, made of what is unread: they depend on nobody having been told of a message. */
export class MessageNoticeStore {
  constructor(
    private readonly database: Database,
    private readonly pushes: boolean,
  ) {}

  /** Answers with who got one. */
  async add(stretches: readonly Stretch[]): Promise<string[]> {
    const ids = stretches.map(stretch => stretch.conversationId)
    const from = stretches.map(stretch => stretch.fromSeq)
    const rows = await this.database.call<{ userId: string }>(TOUCHED_SQL, [ids, from, this.pushes], DEADLINE_MS)
    return rows.map(row => row.userId)
  }

  /** Messages that a sweep would look at now. */
  async countUnswept(quietForMs: number): Promise<number> {
    const [row] = await this.database.call<{ count: number }>(UNSWEPT_SQL, [quietForMs], DEADLINE_MS)
    return row?.count ?? 0
  }

  /** For conversations that nobody has swept since they became quiet. */
  async sweep(quietForMs: number): Promise<{ userIds: string[]; more: boolean }> {
    type Row = { userIds: string[]; more: boolean }
    const [row] = await this.database.call<Row>(SWEEP_SQL, [quietForMs, this.pushes], DEADLINE_MS)
    return row ?? { userIds: [], more: false }
  }
}
