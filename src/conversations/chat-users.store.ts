import type { Database } from '../persistence/database.js'
import { containing } from '../persistence/like.js'
import { newestFirst, type NewestFirst, type NewestPage } from '../persistence/newest-first.js'
import { CONVERSATION_COLUMNS, conversationFromRow, type ConversationRow } from './conversation-row.js'
import { DESK, type DeskEntry } from './desk-entry.js'
import { countUnread, findLastMessages } from './unread.store.js'

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
  const parts = conversations.map(({ id }) => ({ conversationId: id, userId: DESK, asAdmin: true }))
  const [unread, last] = await Promise.all([countUnread(database, parts), findLastMessages(database, parts)])
  const items = conversations.map((conversation, index) => ({
    conversation,
    userId: conversation.supportUserId ?? '',
    lastMessage: last[index] ?? null,
    unreadCount: unread[index] ?? 0,
  }))
  return { ...page, items }
}
