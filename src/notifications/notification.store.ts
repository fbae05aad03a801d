import { batched } from '../batched.js'
import type { ListPosition } from '../paging/cursors.js'
import type { Database } from '../persistence/database.js'
import { newestFirst, type NewestPage } from '../persistence/newest-first.js'
import { NOTIFICATION_COLUMNS, notificationFromRow, type NotificationRow } from './notification-row.js'
import type { Notification } from './notification.js'

export interface NotificationQuery {
  userId: string
  unreadOnly: boolean
  after: ListPosition | null
  limit: number
}

export interface RecentKey {
  userId: string
  /** Null: from now on. */
  since: Date | null
}

export interface Recent {
  userId: string
  /** By the database's clock. */
  at: Date
  unread: number
  notifications: Notification[]
}

const COUNT_SQL = `
  select k.ord::int as ord, (select count(*)::int from notifications n where n.user_id = k.user_id and n.read_at is null) as unread
  from unnest($1::text[]) with ordinality k(user_id, ord)`

// Longer than any transaction: what is committed late, behind the time when it was written, is found all the same.
const RECENT_SQL = `
  select k.user_id as "forUser", now() as at,
    (select count(*)::int from notifications u where u.user_id = k.user_id and u.read_at is null) as unread, ${NOTIFICATION_COLUMNS}
  from unnest($1::text[], $2::timestamptz[]) k(user_id, since)
  left join lateral (
    select * from notifications n
    where n.user_id = k.user_id and n.created_at > coalesce(k.since, now()) - interval '60 s') n on true
  order by n.created_at, n.id`

// Whoever else has a row is reading it.
const MARK_SQL = `
  with unread as (
    select id from notifications where user_id = $1 and read_at is null and ($2::uuid[] is null or id = any($2::uuid[]))
    for no key update skip locked),
  marked as (
    update notifications n set read_at = clock_timestamp(), unread_of = null,
      through_seq = case when n.kind = 'MESSAGE' then (select c.seq from conversations c where c.id = n.conversation_id) end
    from unread where n.id = unread.id returning ${NOTIFICATION_COLUMNS})
  select * from marked order by created_at desc, id desc limit $3`

export class NotificationStore {
  /** Calls of the same turn are one query. */
  readonly unreadCount: (userId: string) => Promise<number>

  constructor(private readonly database: Database) {
    this.unreadCount = batched(
      userIds => this.unreadCounts(userIds),
      userId => userId,
    )
  }

  async list({ userId, unreadOnly, after, limit }: NotificationQuery): Promise<NewestPage<Notification>> {
    const page = await newestFirst<NotificationRow>(this.database, {
      columns: NOTIFICATION_COLUMNS,
      from: 'notifications n',
      where: ['n.user_id = $1', ...(unreadOnly ? ['n.read_at is null'] : [])],
      parameters: [userId],
      at: 'n.created_at',
      id: 'n.id',
      after,
      limit,
    })
    return { ...page, items: page.items.map(notificationFromRow) }
  }

  /** Of the user's own, newest first. */
  async findMany(userId: string, ids: readonly string[]): Promise<Notification[]> {
    const sql = `select ${NOTIFICATION_COLUMNS} from notifications n
      where n.user_id = $1 and n.id = any($2::uuid[]) order by n.created_at desc, n.id desc`
    return (await this.database.call<NotificationRow>(sql, [userId, ids])).map(notificationFromRow)
  }

  /** All that are unread where no ids are given. Answers with the newest of those that were unread, `limit` at most. */
  async markRead(userId: string, ids: readonly string[] | null, limit: number): Promise<Notification[]> {
    return (await this.database.call<NotificationRow>(MARK_SQL, [userId, ids, limit])).map(notificationFromRow)
  }

  /** For each user what was added since, and for a minute before. */
  async recent(keys: readonly RecentKey[]): Promise<Recent[]> {
    type Row = NotificationRow & { forUser: string; at: Date; unread: number }
    const parameters = [keys.map(key => key.userId), keys.map(key => key.since)]
    const found = new Map<string, Recent>()
    for (const row of await this.database.call<Row>(RECENT_SQL, parameters)) {
      const { forUser: userId, at, unread } = row
      const recent = found.get(userId) ?? { userId, at, unread, notifications: [] }
      found.set(userId, recent)
      if (row.id) recent.notifications.push(notificationFromRow(row))
    }
    return [...found.values()]
  }

  private async unreadCounts(userIds: readonly string[]): Promise<number[]> {
    const rows = await this.database.call<{ ord: number; unread: number }>(COUNT_SQL, [userIds])
    const counts = userIds.map(() => 0)
    for (const { ord, unread } of rows) counts[ord - 1] = unread
    return counts
  }
}
