import { CONVERSATION_COLUMNS, conversationFromRow, type ConversationRow } from '../conversations/conversation-row.js'
import type { PublishChanges } from '../events/topics.js'
import type { Database } from '../persistence/database.js'

/** What one batch removes at most, under the lock of a conversation. */
const REMOVED_AT_ONCE = 200
const NOTIFICATIONS_AT_ONCE = 200
/** Conversations that one statement looks at. */
const LOOKED_AT = 500

const REMOVE_SQL = `
  select r.o_outcome, r.o_removed, ${CONVERSATION_COLUMNS}
  from remove_old_messages($1::uuid, $2::int, ${REMOVED_AT_ONCE}) r, lateral (select (r.o_conversation).*) c`

// The message of the first number is the oldest.
const OLDEST = `
  looked as materialized (select id, first_seq, active_session_id from conversations where id > $1::uuid order by id limit ${LOOKED_AT}),
  due as materialized (
    select s.* from looked s join messages m on m.conversation_id = s.id and m.seq = s.first_seq
    where m.created_at < now() - $2::int * interval '1 day' and not is_under_hold(s.id))`
const LAST = '(select id from looked order by id desc limit 1)'

const DUE_SQL = `with ${OLDEST} select ${LAST} as last, coalesce((select json_agg(id order by id) from due), '[]') as ids`

const PREVIEW_SQL = `
  with ${OLDEST},
  counted as (
    select (select count(*)::int from messages m where m.conversation_id = d.id and m.seq < coalesce((
      select x.seq from messages x
      where x.conversation_id = d.id and not may_be_removed(x, d.active_session_id, now() - $2::int * interval '1 day')
      order by x.seq limit 1), 2147483647)) as messages
    from due d)
  select ${LAST} as last, coalesce(sum(messages), 0)::int as messages, (count(*) filter (where messages > 0))::int as conversations
  from counted`

const NOTIFICATIONS_SQL = `
  select o_removed as removed, o_at as at, o_id as id
  from remove_old_notifications($1::int, $2::timestamptz, $3::uuid, ${NOTIFICATIONS_AT_ONCE})`

const OLD_NOTIFICATIONS_SQL = `
  select count(*)::int as count from notifications n
  where n.created_at < now() - $1::int * interval '1 day' and may_be_put_out(n, now() - $1::int * interval '1 day')`

/** Where the next look begins. */
export interface NotificationPlace {
  at: Date
  id: string
}

type RemovalRow = ConversationRow & { o_outcome: 'REMOVED' | 'BUSY'; o_removed: number }

export class RetentionStore {
  constructor(
    private readonly database: Database,
    private readonly publish: PublishChanges,
  ) {}

  /** Of the next conversations behind that one, those with something old; `last` is null behind them all. */
  async due(days: number, after: string): Promise<{ last: string | null; ids: string[] }> {
    const [row] = await this.database.call<{ last: string | null; ids: string[] }>(DUE_SQL, [after, days])
    return row ?? { last: null, ids: [] }
  }

  /** Of the next conversations, what would be removed. */
  async preview(
    days: number,
    after: string,
  ): Promise<{ last: string | null; messages: number; conversations: number }> {
    type Row = { last: string | null; messages: number; conversations: number }
    const [row] = await this.database.call<Row>(PREVIEW_SQL, [after, days])
    return row ?? { last: null, messages: 0, conversations: 0 }
  }

  /** A batch of the conversation's oldest messages, and tells who follows it. BUSY: to be done later. */
  async removeOld(conversationId: string, days: number): Promise<number | 'BUSY'> {
    const [row] = await this.database.call<RemovalRow>(REMOVE_SQL, [conversationId, days])
    if (!row) return 0
    if (row.o_outcome === 'BUSY') return 'BUSY'
    const conversation = conversationFromRow(row)
    const { rev } = conversation
    this.publish(conversationId, { first: rev, last: rev, changes: [{ rev, kind: 'conversation', conversation }] })
    return row.o_removed
  }

  /** From that place on; null behind the last. Pushes go with them. */
  async removeOldNotifications(
    days: number,
    { at, id }: NotificationPlace,
  ): Promise<{ removed: number; next: NotificationPlace } | null> {
    type Row = NotificationPlace & { removed: number }
    const [row] = await this.database.call<Row>(NOTIFICATIONS_SQL, [days, at.toISOString(), id])
    return row ? { removed: row.removed, next: { at: row.at, id: row.id } } : null
  }

  async countOldNotifications(days: number): Promise<number> {
    return (await this.database.call<{ count: number }>(OLD_NOTIFICATIONS_SQL, [days]))[0]?.count ?? 0
  }
}
