import { MESSAGE_COLUMNS, messageFromRow, type MessageRow } from '../messages/message-row.js'
import type { Message } from '../messages/message.js'
import type { Database } from '../persistence/database.js'

export interface OpenEmergenciesQuery {
  userId: string
  isAdmin: boolean
  /** The message that the page begins behind. */
  after: { conversationId: string; seq: number } | null
  limit: number
}

export interface OpenEmergency {
  message: Message
  /** Whether its text is theirs to see as who takes part. */
  seen: boolean
  /** Under which grant else, and for whom. */
  grant: { accessGrantId: string; subjectUserId: string } | null
}

// As conversation-access has it.
const SEES_MESSAGE = `coalesce(case when c.kind = 'SUPPORT' and (p.user_id is null or p.role = 'ADMIN') then $2::boolean
  else m.seq >= p.visible_from_seq end and (c.status <> 'DELETED' or c.status_by_id = $1), false)`

const GRANT = `(
  select json_build_object('accessGrantId', g.id, 'subjectUserId', s.user_id) from access_grants g
  join participants s on s.user_id = g.subject_id and s.conversation_id = c.id and s.left_at is null
  where g.admin_id = $1 and g.ended_at is null and g.expires_at > now()
    and m.seq >= greatest(s.visible_from_seq, c.first_seq) and c.status <> 'DELETED'
  order by g.expires_at desc limit 1)`

const SQL = `
  select ${MESSAGE_COLUMNS}, ${SEES_MESSAGE} as seen,
    case when $2::boolean and not ${SEES_MESSAGE} then ${GRANT} end as "grant"
  from emergencies e join messages m on m.id = e.message_id join conversations c on c.id = e.conversation_id
  left join participants p on p.conversation_id = c.id and p.user_id = $1 and p.left_at is null
  where e.acknowledged_at is null and m.deleted_at is null and ($2::boolean or ${SEES_MESSAGE})
    and ($3::uuid is null or (e.flagged_at, e.message_id) > (
      select x.flagged_at, x.message_id from emergencies x join messages b on b.id = x.message_id
      where b.conversation_id = $3::uuid and b.seq = $4::int))
  order by e.flagged_at, e.message_id limit $5`

export class OpenEmergencyStore {
  constructor(private readonly database: Database) {}

  /** By when they were flagged; one more than asked for where there are more. */
  async list({ userId, isAdmin, after, limit }: OpenEmergenciesQuery): Promise<OpenEmergency[]> {
    const parameters = [userId, isAdmin, after?.conversationId ?? null, after?.seq ?? null, limit + 1]
    const rows = await this.database.call<MessageRow & Omit<OpenEmergency, 'message'>>(SQL, parameters)
    return rows.map(row => ({ message: messageFromRow(row), seen: row.seen, grant: row.grant }))
  }
}
