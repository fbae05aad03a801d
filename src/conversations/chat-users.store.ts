import { MESSAGE_COLUMNS, messageFromRow, type MessageRow } from '../messages/message-row.js'
import type { Database } from '../persistence/database.js'
import { containing } from '../persistence/like.js'
import { newestFirst, type NewestFirst, type NewestPage } from '../persistence/newest-first.js'
import { CONVERSATION_COLUMNS, conversationFromRow, type ConversationRow } from './conversation-row.js'
import type { DeskEntry } from './desk-entry.js'
import { deskRead } from './own-parts.js'

interface DeskRow {
  conversationId: string
  unread: number
}

const UNREAD_SQL = `
  select k.id as "conversationId", count(m.id)::int as unread
  from unnest($1::uuid[]) k(id) join conversations c on c.id = k.id
  cross join lateral (select ${deskRead('c.id')} as read_through) desk
  join messages m on m.conversation_id = c.id and m.seq > greatest(desk.read_through, c.first_seq - 1)
    and m.sender_id = c.support_user_id and m.deleted_at is null
  group by k.id`

const LAST_SQL = `
  select last.* from unnest($1::uuid[]) k(id) cross join lateral (
    select ${MESSAGE_COLUMNS} from messages m where m.conversation_id = k.id order by m.seq desc limit 1) last`

/** Those with a SUPPORT conversation, by its last activity. */
export const listChatUsers = async (
  database: Database,
  { search, after, limit }: Pick<NewestFirst, 'after' | 'limit'> & { search: string | null },
): Promise<NewestPage<DeskEntry>> => {
  const page = await newestFirst<ConversationRow>(database, {
    columns: CONVERSATION_COLUMNS,
    from: 'conversations c join users u on u.id = c.support_user_id',
    where: [
      'c.support_user_id is not null',
      `c.status <> 'DELETED'`,
      ...(search === null ? [] : ['u.display_name ilike $1']),
    ],
    parameters: search === null ? [] : [containing(search)],
    at: 'c.last_activity_at',
    id: 'c.id',
    after,
    limit,
  })
  const conversations = page.items.map(conversationFromRow)
  const ids = [conversations.map(({ id }) => id)]
  const [unread, last] = await Promise.all([
    database.call<DeskRow>(UNREAD_SQL, ids),
    database.call<MessageRow>(LAST_SQL, ids),
  ])
  const counts = new Map(unread.map(row => [row.conversationId, row.unread]))
  const messages = new Map(last.map(messageFromRow).map(message => [message.conversationId, message]))
  const items = conversations.map(conversation => ({
    conversation,
    userId: conversation.supportUserId ?? '',
    lastMessage: messages.get(conversation.id) ?? null,
    unreadCount: counts.get(conversation.id) ?? 0,
  }))
  return { ...page, items }
}
