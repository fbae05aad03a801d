import { MESSAGE_COLUMNS, messageFromRow, type MessageRow } from '../messages/message-row.js'
import type { Message } from '../messages/message.js'
import { isAdmin, type Viewer } from '../people/person.js'
import type { Database } from '../persistence/database.js'
import { ownParts, UNREAD } from './own-parts.js'
import type { SightKey } from './part-key.js'

export interface UnreadCount {
  conversationId: string
  unreadCount: number
}

const KEYS = `from unnest($1::uuid[], $2::text[], $3::boolean[]) with ordinality k(conversation_id, user_id, as_admin, ord)
  cross join lateral ${ownParts({ userId: 'k.user_id', asAdmin: 'k.as_admin', conversationId: 'k.conversation_id' })} p
  join conversations c on c.id = p.conversation_id`

const parameters = (keys: readonly SightKey[]) => [
  keys.map(key => key.conversationId),
  keys.map(key => key.userId),
  keys.map(key => key.asAdmin),
]

/** In the order of the keys. Zero for who does not take part. */
export const countUnread = async (database: Database, keys: readonly SightKey[]): Promise<number[]> => {
  const sql = `select k.ord::int as ord, counted.unread
    ${KEYS} cross join lateral (select count(*)::int as unread from messages m where ${UNREAD}) counted
    where c.status <> 'DELETED' and counted.unread > 0`
  const rows = await database.call<{ ord: number; unread: number }>(sql, parameters(keys))
  const counts = keys.map(() => 0)
  for (const { ord, unread } of rows) counts[ord - 1] = unread
  return counts
}

/** Of all the viewer's conversations, those with something unread. */
export const listUnread = (database: Database, viewer: Viewer): Promise<UnreadCount[]> =>
  database.call<UnreadCount>(
    `select c.id as "conversationId", counted.unread as "unreadCount"
     from ${ownParts({ userId: '$1', asAdmin: '$2::boolean' })} p join conversations c on c.id = p.conversation_id
     cross join lateral (select count(*)::int as unread from messages m where ${UNREAD}) counted
     where c.status <> 'DELETED' and c.seq > p.read_through and counted.unread > 0
     order by c.last_activity_at desc, c.id desc`,
    [viewer.userId, isAdmin(viewer)],
  )

export interface UnreadQuery {
  viewer: Viewer
  /** Null: all of the viewer's. */
  conversationId: string | null
  /** The message that the page begins behind. */
  after: { conversationId: string; seq: number } | null
  limit: number
}

/** Oldest first; one more than asked for where there are more. */
export const pageUnread = async (
  database: Database,
  { viewer, conversationId, after, limit }: UnreadQuery,
): Promise<Message[]> => {
  const whose = { userId: '$1', asAdmin: '$2::boolean' }
  // A cursor tells of nothing that its bearer has no part in.
  const theirs = `conversations g join ${ownParts({ ...whose, conversationId: '$3::uuid' })} own on own.conversation_id = g.id`
  // Where retention has removed the cursor's message, all that was before it is gone, too.
  const behind = `((m.created_at, m.conversation_id, m.seq) > (
    select x.created_at, x.conversation_id, x.seq from ${theirs} join messages x on x.conversation_id = g.id where x.seq = $4)
    or exists (select 1 from ${theirs} where $4 < g.first_seq))`
  const own = ownParts(conversationId === null ? whose : { ...whose, conversationId: '$5::uuid' })
  // Else the desk's position would be read once for each message.
  const sql = `with p as materialized (select own.* from ${own} own)
    select ${MESSAGE_COLUMNS}
    from p join conversations c on c.id = p.conversation_id and c.status <> 'DELETED' and c.seq > p.read_through
    join messages m on ${UNREAD}
    where $3::uuid is null or ${behind}
    order by m.created_at, m.conversation_id, m.seq limit ${limit + 1}`
  const parameters = [viewer.userId, isAdmin(viewer), after?.conversationId ?? null, after?.seq ?? null]
  if (conversationId !== null) parameters.push(conversationId)
  return (await database.call<MessageRow>(sql, parameters)).map(messageFromRow)
}

/** In the order of the keys: the oldest message that the participant has not read. */
export const findFirstUnread = (database: Database, keys: readonly SightKey[]): Promise<(Message | null)[]> =>
  findOne(database, keys, `${UNREAD} and c.status <> 'DELETED' order by m.seq`)

/** In the order of the keys: the newest message that the participant may see. */
export const findLastMessages = (database: Database, keys: readonly SightKey[]): Promise<(Message | null)[]> =>
  findOne(
    database,
    keys,
    `m.conversation_id = p.conversation_id and m.seq >= greatest(p.visible_from_seq, c.first_seq) order by m.seq desc`,
  )

const findOne = async (database: Database, keys: readonly SightKey[], which: string): Promise<(Message | null)[]> => {
  const sql = `select k.ord::int as ord, found.*
    ${KEYS} cross join lateral (select ${MESSAGE_COLUMNS} from messages m where ${which} limit 1) found`
  const rows = await database.call<MessageRow & { ord: number }>(sql, parameters(keys))
  const found = keys.map((): Message | null => null)
  for (const row of rows) found[row.ord - 1] = messageFromRow(row)
  return found
}
