import type { Viewer } from '../people/person.js'
import type { Services } from '../services.js'
import type { Conversation } from './conversation.js'

export interface UnreadCounts {
  /** The user's. */
  id: string
  total: number
  conversations: Conversation[]
  /** Unread ones. */
  notifications: number
}

/** Every conversation of the viewer with something unread, by its last activity. */
export const readUnreadCounts = async (
  needs: Pick<Services, 'conversations' | 'notifications'>,
  viewer: Viewer,
): Promise<UnreadCounts> => {
  const counts = await needs.conversations.unreadCountsOf(viewer)
  const notifications = await needs.notifications.unreadCount(viewer.userId)
  const found = await needs.conversations.findMany(counts.map(count => count.conversationId))
  const byId = new Map(found.map(conversation => [conversation.id, conversation]))
  return {
    id: viewer.userId,
    total: counts.reduce((sum, { unreadCount }) => sum + unreadCount, 0),
    conversations: counts.flatMap(({ conversationId }) => byId.get(conversationId) ?? []),
    notifications,
  }
}
