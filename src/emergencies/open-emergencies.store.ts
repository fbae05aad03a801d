import { isSeenBy } from '../conversations/conversation-row.js'
import { isAtDesk, ownParts } from '../conversations/own-parts.js'
import { MESSAGE_COLUMNS, messageFromRow, type MessageRow } from '../messages/message-row.js'
import type { Message } from '../messages/message.js'
import { heldIn } from '../oversight/access-grant.store.js'
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

const VIEWER = { userId: '$1', asAdmin: '$2::boolean' }

// The desk's part is not joined: an admin would have every SUPPORT conversation there is.
const SEES = `((m.seq >= p.visible_from_seq) is true or ${isAtDesk('c', VIEWER)}) and ${isSeenBy('$1')}`

const GRANT = `(
  select json_build_object('accessGrantId', held.grant_id, 'subjectUserId', held.user_id) from ${heldIn('c.id', '$1')} held
  where m.seq >= held.visible_from_seq and ${isSeenBy('held.user_id')})`

const SQL = `
  select ${MESSAGE_COLUMNS}, (${SEES}) as seen, case when $2::boolean and not (${SEES}) then ${GRANT} end as "grant"
  from emergencies e join messages m on m.id = e.message_id join conversations c on c.id = e.conversation_id
  left join ${ownParts({ ...VIEWER, asAdmin: 'false' })} p on p.conversation_id = c.id
  where e.acknowledged_at is null and m.deleted_at is null and ($2::boolean or (${SEES}))
    and ($3::uuid is null or (e.flagged_at, e.message_id) > (
      select x.flagged_at, x.message_id from emergencies x join messages b on b.id = x.message_id
      where b.conversation_id = $3::uuid and b.seq = $4::int)
      -- Where retention has removed the cursor's message, from the beginning.
      or exists (select 1 from conversations g where g.id = $3::uuid and g.first_seq > $4::int))
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
