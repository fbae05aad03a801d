import { PERSON_JSON } from '../people/person-row.js'
import type { Database } from '../persistence/database.js'
import { type MessageRow, MESSAGE_COLUMNS, messageFromRow } from './message-row.js'
import type { Message, Revision } from './message.js'

/** Answers to a message. */
export interface RepliesKey {
  messageId: string
  /** The first `seq` that counts. */
  from: number
  /** One more is read where there are more. */
  limit: number
}

/** Of messages that are there: the texts that were replaced, and the present one. */
const REVISIONS_SQL = `
  select r.message_id as "messageId", r.number as revision, r.body, r.created_at as "createdAt"
    from message_revisions r join messages m on m.id = r.message_id
    where r.message_id = any($1::uuid[]) and m.deleted_at is null
  union all
  select m.id, (select coalesce(max(r.number), 0) + 1 from message_revisions r where r.message_id = m.id), m.body,
      coalesce(m.edited_at, m.created_at)
    from messages m where m.id = any($1::uuid[]) and m.deleted_at is null and m.body is not null
  order by 1, 2`

const REPLIES_SQL = `
  select k.ord::int, found.*
  from unnest($1::uuid[], $2::int[], $3::int[]) with ordinality k(target, low, size, ord)
  cross join lateral (
    select ${MESSAGE_COLUMNS}, ${PERSON_JSON} as sender from messages m left join users u on u.id = m.sender_id
    where m.reply_to_id = k.target and m.seq >= k.low order by m.seq limit k.size + 1) found
  order by k.ord, found.seq`

/** What hangs on a message: its answers, and its former texts. */
export class ThreadStore {
  constructor(private readonly database: Database) {}

  /** Oldest first, by message; none of what is deleted. */
  revisions(messageIds: readonly string[]): Promise<(Revision & { messageId: string })[]> {
    return this.database.call(REVISIONS_SQL, [messageIds])
  }

  /** In the order of the keys, by seq, with their senders. */
  async replies(keys: readonly RepliesKey[]): Promise<Message[][]> {
    const parameters = [keys.map(key => key.messageId), keys.map(key => key.from), keys.map(key => key.limit)]
    const rows = await this.database.call<MessageRow & { ord: number }>(REPLIES_SQL, parameters)
    const replies = keys.map((): Message[] => [])
    for (const row of rows) replies[row.ord - 1]?.push(messageFromRow(row))
    return replies
  }
}
