import { isTaken } from '../conversations/own-parts.js'
import type { Database } from '../persistence/database.js'
import { MESSAGE_COLUMNS, messageFromRow, type MessageRow } from './message-row.js'
import type { Direction, Message } from './message.js'

export interface UserHistoryQuery {
  userId: string
  /** Whether the support desk is open to them. */
  asAdmin: boolean
  direction: Direction
  /** The message that the page begins behind. */
  after: { conversationId: string; seq: number } | null
  limit: number
}

const SENT: Record<Direction, string> = {
  INBOUND: `m.sender_id is distinct from p.user_id and m.kind <> 'SYSTEM'`,
  OUTBOUND: 'm.sender_id = p.user_id',
  BOTH: 'true',
}

const userHistorySql = (direction: Direction, limit: number) => `
  with place as (
    select coalesce(x.created_at, o.last_activity_at), o.id, coalesce(x.seq, 0) from conversations o
    join participants own on own.conversation_id = o.id and own.user_id = $1
    -- Where retention has removed the cursor's message, from the oldest that is left.
    left join messages x on x.conversation_id = o.id and x.seq = greatest($3::int, o.first_seq)
    where o.id = $2::uuid)
  select found.* from participants p
  join conversations c on c.id = p.conversation_id
  cross join lateral (
    select ${MESSAGE_COLUMNS} from messages m
    where m.conversation_id = p.conversation_id and m.seq >= greatest(p.visible_from_seq, c.first_seq) and ${SENT[direction]}
      and ($2::uuid is null or (m.created_at, m.conversation_id, m.seq) < (select * from place))
    order by m.seq desc limit ${limit + 1}) found
  where p.user_id = $1 and ${isTaken('p', '$4::boolean')} and c.status <> 'DELETED'
  order by found.created_at desc, found.conversation_id desc, found.seq desc limit ${limit + 1}`

/** Of all the user's conversations, of the support desk's those in which they wrote or marked; newest first; one more than asked for where there are more. */
export const readUserHistory = async (
  database: Database,
  { userId, asAdmin, direction, after, limit }: UserHistoryQuery,
): Promise<Message[]> => {
  const parameters = [userId, after?.conversationId ?? null, after?.seq ?? null, asAdmin]
  return (await database.call<MessageRow>(userHistorySql(direction, limit), parameters)).map(messageFromRow)
}
