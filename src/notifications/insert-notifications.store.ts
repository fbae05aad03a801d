import type { Transaction } from '../persistence/database.js'
import { queryWithin } from '../persistence/query.js'
import { NOTIFICATION_COLUMNS, notificationFromRow, type NotificationRow } from './notification-row.js'
import type { NewNotification, Notification } from './notification.js'

const SQL = `
  with added as (
    insert into notifications as n
      (user_id, kind, urgent, title, actor_id, conversation_id, message_id, session_id, created_at)
    select x."userId", x.kind::"NotificationKind", coalesce(x.urgent, false), x.title, x."actorId", x."conversationId",
      x."messageId", x."sessionId", clock_timestamp()
    from jsonb_to_recordset($1::text::jsonb) x ("userId" text, kind text, urgent boolean, title text, "actorId" text,
      "conversationId" uuid, "messageId" uuid, "sessionId" uuid, "unlessMuted" boolean)
    join users u on u.id = x."userId" and u.active
    where x."unlessMuted" is not true or not exists (
      select 1 from participants p where p.conversation_id = x."conversationId" and p.user_id = x."userId"
        and (not p.notifications_enabled or p.muted_until > clock_timestamp()))
    returning ${NOTIFICATION_COLUMNS}),
  pushed as (
    insert into push_deliveries (notification_id, urgent) select id, urgent from added where $2::boolean)
  select * from added`

/** Stored with what they tell of. Inactive people get none. */
export const insertNotifications = async (
  tx: Transaction,
  wanted: readonly NewNotification[],
  pushes: boolean,
): Promise<Notification[]> => {
  if (wanted.length === 0) return []
  return (await queryWithin<NotificationRow>(tx, SQL, [JSON.stringify(wanted), pushes])).map(notificationFromRow)
}
