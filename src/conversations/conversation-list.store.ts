import { isAdmin, type Viewer } from '../people/person.js'
import type { Database } from '../persistence/database.js'
import { containing } from '../persistence/like.js'
import { newestFirst, type NewestFirst, type NewestPage } from '../persistence/newest-first.js'
import { CONVERSATION_COLUMNS, conversationFromRow, type ConversationRow, isSeenBy } from './conversation-row.js'
import type { Conversation, ConversationKind, ConversationStatus } from './conversation.js'
import { ownParts, UNREAD } from './own-parts.js'

export interface ConversationQuery extends Pick<NewestFirst, 'after' | 'limit'> {
  viewer: Viewer
  statuses: ConversationStatus[]
  kinds: ConversationKind[] | null
  /** Who takes part as well. */
  participantId: string | null
  unreadOnly: boolean
  /** Part of the title, or of a name of one of the others. */
  search: string | null
}

const WITH = `exists (select 1 from participants o join users u on u.id = o.user_id
  where o.conversation_id = c.id and o.left_at is null and `

const conditions = (query: ConversationQuery) => {
  const parameters: unknown[] = [query.viewer.userId, query.statuses, isAdmin(query.viewer)]
  const place = (value: unknown) => `$${parameters.push(value)}`
  const where = ['c.status::text = any($2::text[])', isSeenBy('$1')]
  if (query.kinds) where.push(`c.kind::text = any(${place(query.kinds)}::text[])`)
  if (query.participantId !== null) where.push(`${WITH} u.id = ${place(query.participantId)})`)
  if (query.unreadOnly) where.push(`c.status <> 'DELETED' and exists (select 1 from messages m where ${UNREAD})`)
  if (query.search !== null) {
    const pattern = place(containing(query.search))
    where.push(`(c.title ilike ${pattern} or ${WITH} u.id <> p.user_id and u.display_name ilike ${pattern}))`)
  }
  return { where, parameters }
}

/** By the last activity, the newest first. */
export const listConversations = async (
  database: Database,
  query: ConversationQuery,
): Promise<NewestPage<Conversation>> => {
  const page = await newestFirst<ConversationRow>(database, {
    columns: CONVERSATION_COLUMNS,
    from: `${ownParts({ userId: '$1', asAdmin: '$3::boolean' })} p join conversations c on c.id = p.conversation_id`,
    ...conditions(query),
    at: 'c.last_activity_at',
    id: 'c.id',
    after: query.after,
    limit: query.limit,
  })
  return { ...page, items: page.items.map(conversationFromRow) }
}
