import { TAKES_PART } from './conversation-row.js'
import { MESSAGE_COLUMNS, messageFromRow, type MessageRow } from '../messages/message-row.js'
import type { Message } from '../messages/message.js'
import type { Database } from '../persistence/database.js'

/** Somebody's part in a conversation. */
export interface PartKey {
  conversationId: string
  userId: string
}

/** Equal for equal keys. */
export const partName = ({ conversationId, userId }: PartKey) => `${conversationId} ${userId}`

export interface UnreadCount {
  conversationId: string
  unreadCount: number
}

/** Of messages m, what the participant p of the conversation c has not read. */
export const UNREAD = `m.conversation_id = p.conversation_id
  and m.seq > greatest(p.read_through, p.visible_from_seq - 1, c.first_seq - 1)
  and m.sender_id is distinct from p.user_id and m.kind <> 'SYSTEM' and m.deleted_at is null`

const KEYS = `from unnest($1::uuid[], $2::text[]) with ordinality k(conversation_id, user_id, ord)
  join participants p on p.conversation_id = k.conversation_id and p.user_id = k.user_id and p.left_at is null
  join conversations c on c.id = p.conversation_id`

const parameters = (keys: readonly PartKey[]) => [keys.map(key => key.conversationId), keys.map(key => key.userId)]

/** In the order of the keys. Zero for who does not take part. */
export const countUnread = async (database: Database, keys: readonly PartKey[]): Promise<number[]> => {
  const sql = `select k.ord::int as ord, counted.unread
    ${KEYS} cross join lateral (select count(*)::int as unread from messages m where ${UNREAD}) counted
    where c.status <> 'DELETED' and counted.unread > 0`
  const rows = await database.call<{ ord: number; unread: number }>(sql, parameters(keys))
  const counts = keys.map(() => 0)
  for (const { ord, unread } of rows) counts[ord - 1] = unread
  return counts
}

/** Of all the user's conversations, those with something unread. */
export const listUnread = (database: Database, userId: string): Promise<UnreadCount[]> =>
  database.call<UnreadCount>(
    `select c.id as "conversationId", counted.unread as "unreadCount"
     from participants p join conversations c on c.id = p.conversation_id
     cross join lateral (select count(*)::int as unread from messages m where ${UNREAD}) counted
     where p.user_id = $1 and ${TAKES_PART} and c.status <> 'DELETED' and counted.unread > 0
     order by c.last_activity_at desc, c.id desc`,
    [userId],
  )

export interface UnreadQuery {
  userId: string
  /** Null: all of the user's. */
  conversationId: string | null
  /** The message that the page begins behind. */
  after: { conversationId: string; seq: number } | null
  limit: number
}

/** Oldest first; one more than asked for where there are more. */
export const pageUnread = async (
  database: Database,
  { userId, conversationId, after, limit }: UnreadQuery,
): Promise<Message[]> => {
  // A cursor tells of nothing that its bearer has no part in.
  const behind = `(m.created_at, m.conversation_id, m.seq) > (
    select x.created_at, x.conversation_id, x.seq from messages x
    join participants own on own.conversation_id = x.conversation_id and own.user_id = $1
    where x.conversation_id = $3::uuid and x.seq = $4)`
  const sql = `select ${MESSAGE_COLUMNS}
    from participants p join conversations c on c.id = p.conversation_id join messages m on ${UNREAD}
    where p.user_id = $1 and ${TAKES_PART} and c.status <> 'DELETED' and ($2::uuid is null or c.id = $2)
      and ($3::uuid is null or ${behind})
    order by m.created_at, m.conversation_id, m.seq limit ${limit + 1}`
  const parameters = [userId, conversationId, after?.conversationId ?? null, after?.seq ?? null]
  return (await database.call<MessageRow>(sql, parameters)).map(messageFromRow)
}

/** In the order of the keys: the oldest message that the participant has not read. */
export const findFirstUnread = (database: Database, keys: readonly PartKey[]): Promise<(Message | null)[]> =>
  findOne(database, keys, `${UNREAD} and c.status <> 'DELETED' order by m.seq`)

/** In the order of the keys: the newest message that the participant may see. */
export const findLastMessages = (database: Database, keys: readonly PartKey[]): Promise<(Message | null)[]> =>
  findOne(
    database,
    keys,
    `m.conversation_id = p.conversation_id and m.seq >= greatest(p.visible_from_seq, c.first_seq) order by m.seq desc`,
  )

const findOne = async (database: Database, keys: readonly PartKey[], which: string): Promise<(Message | null)[]> => {
  const sql = `select k.ord::int as ord, found.*
    ${KEYS} cross join lateral (select ${MESSAGE_COLUMNS} from messages m where ${which} limit 1) found`
  const rows = await database.call<MessageRow & { ord: number }>(sql, parameters(keys))
  const found = keys.map((): Message | null => null)
  for (const row of rows) found[row.ord - 1] = messageFromRow(row)
  return found
}
