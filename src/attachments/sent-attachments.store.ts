import { isUuid } from '../limits/ids.js'
import type { Database } from '../persistence/database.js'
import { ATTACHMENT_COLUMNS } from './attachment-row.js'
import type { Attachment } from './attachment.js'

const OF_MESSAGES_SQL = `select ${ATTACHMENT_COLUMNS} from attachments a where a.message_id = any($1::uuid[]) order by a.message_id, a.position`

const FIND_SQL = `select ${ATTACHMENT_COLUMNS}, a.position is not null as "wasSent", m.seq, m.deleted_at is not null as "isDeleted",
    a.expires_at <= now() as "isExpired"
  from attachments a left join messages m on m.id = a.message_id where a.id = $1::uuid`

// Who began to send one before it expired has long been answered; what is at work on its bytes is let end.
const DUE = `a.message_id is null and a.expires_at <= now() - interval '10 minutes'
  and (a.leased_until is null or a.leased_until < now()) and (a.inspected_until is null or a.inspected_until < now())`

const DUE_SQL = `select a.id, a.expires_at as "expiresAt" from attachments a
  where ${DUE} and (a.expires_at, a.id) > ($1::timestamptz, $2::uuid) order by a.expires_at, a.id limit $3::int`

export type SentAttachment = Attachment & { messageId: string }

export interface FoundAttachment {
  attachment: Attachment
  wasSent: boolean
  /** One that was not sent goes then. */
  isExpired: boolean
  /** What it was sent with; null before, and once that is removed for good. */
  message: { id: string; conversationId: string; seq: number; isDeleted: boolean } | null
}

/** Among those to be removed; the next look begins behind the last. */
export interface DuePlace {
  id: string
  expiresAt: Date
}

/** Attachments, by what became of their messages. */
export class SentAttachmentStore {
  constructor(private readonly database: Database) {}

  /** Each message's in their order. */
  ofMessages(messageIds: string[]): Promise<SentAttachment[]> {
    return this.database.call(OF_MESSAGES_SQL, [messageIds])
  }

  async find(id: string): Promise<FoundAttachment | null> {
    type Row = Attachment & Pick<FoundAttachment, 'wasSent' | 'isExpired'> & { seq: number | null; isDeleted: boolean }
    if (!isUuid(id)) return null
    const [row] = await this.database.call<Row>(FIND_SQL, [id])
    if (!row) return null
    const { wasSent, isExpired, seq, isDeleted, ...attachment } = row
    const { messageId, conversationId } = attachment
    const message = messageId !== null && seq !== null ? { id: messageId, conversationId, seq, isDeleted } : null
    return { attachment, wasSent, isExpired, message }
  }

  /** Never sent in time, or without their message. */
  due({ expiresAt, id }: DuePlace, limit: number): Promise<DuePlace[]> {
    return this.database.call(DUE_SQL, [expiresAt.toISOString(), id, limit])
  }

  async dueAmong(ids: readonly string[]): Promise<string[]> {
    const sql = `select a.id from attachments a where a.id = any($1::uuid[]) and ${DUE}`
    return (await this.database.call<{ id: string }>(sql, [ids])).map(({ id }) => id)
  }

  async countDue(): Promise<number> {
    const sql = `select count(*)::int as count from attachments a where ${DUE}`
    return (await this.database.call<{ count: number }>(sql, []))[0]?.count ?? 0
  }

  /** Once their files are gone. */
  async remove(ids: readonly string[]): Promise<void> {
    await this.database.call(`delete from attachments a where a.id = any($1::uuid[]) and ${DUE}`, [ids])
  }
}
