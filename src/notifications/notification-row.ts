import type { Notification, NotificationKind } from './notification.js'

/** Of `notifications n`; what a NotificationRow needs. */
export const NOTIFICATION_COLUMNS = `n.id, n.user_id, n.kind, n.urgent, n.title, n.actor_id, n.conversation_id, n.message_id,
  n.session_id, n.created_at, n.read_at`

export interface NotificationRow {
  id: string
  user_id: string
  kind: NotificationKind
  urgent: boolean
  title: string | null
  actor_id: string | null
  conversation_id: string | null
  message_id: string | null
  session_id: string | null
  created_at: Date
  read_at: Date | null
}

export const notificationFromRow = (row: NotificationRow): Notification => ({
  id: row.id,
  userId: row.user_id,
  kind: row.kind,
  urgent: row.urgent,
  title: row.title,
  actorId: row.actor_id,
  conversationId: row.conversation_id,
  messageId: row.message_id,
  sessionId: row.session_id,
  createdAt: row.created_at,
  readAt: row.read_at,
})
