import { randomUUID } from 'node:crypto'
import { batched } from '../batched.js'
import type { EventBus } from '../events/event-bus.js'
import { isUuid } from '../limits/ids.js'
import type { Database, Transaction } from '../persistence/database.js'
import { queryWithin } from '../persistence/query.js'
import { ATTACHMENT_COLUMNS } from './attachment-row.js'
import type { Attachment } from './attachment.js'

export type NewAttachment = Pick<
  Attachment,
  'conversationId' | 'uploaderId' | 'fileName' | 'mediaType' | 'sizeBytes' | 'durationSeconds'
>

/** What somebody has uploaded, or begun to, and not sent. */
export interface Unsent {
  files: number
  bytes: number
  /** Of these, those that are neither discarded nor ran out. */
  liveFiles: number
  liveBytes: number
  /** Until the oldest of the live ones goes; null without any. */
  nextGoesInMs: number | null
}

/** How long an upload has, and what was uploaded until it is sent. */
export const UPLOAD_LIFETIME_MS = 24 * 3_600_000

const insertSql = `
  insert into attachments as a (id, conversation_id, uploader_id, file_name, media_type, size_bytes, duration_seconds, created_at,
    expires_at)
  values ($1::uuid, $2::uuid, $3::text, $4::text, $5::text, $6::bigint, $7::float8, now(), now() + $8::int * interval '1 ms')
  returning ${ATTACHMENT_COLUMNS}`

const unsentSql = `
  select count(*)::int as files, coalesce(sum(a.size_bytes), 0)::float8 as bytes,
    (count(*) filter (where a.expires_at > now()))::int as "liveFiles",
    coalesce(sum(a.size_bytes) filter (where a.expires_at > now()), 0)::float8 as "liveBytes",
    (extract(epoch from min(a.expires_at) filter (where a.expires_at > now()) - now()) * 1000)::float8 as "nextGoesInMs"
  from attachments a
  where a.uploader_id = $1::text and a.message_id is null and a.position is null and a.status <> 'REJECTED'`

// As if its time had run out long ago.
const discardSql = `
  update attachments set expires_at = now() - interval '10 minutes'
  where id = $1::uuid and message_id is null and position is null and expires_at > now() returning id`

const receivedSql = `
  update attachments set status = 'PROCESSING' where id = $1::uuid and status = 'UPLOADING' returning id`

export class AttachmentStore {
  private readonly found: (id: string) => Promise<Attachment | null>

  constructor(
    private readonly database: Database,
    private readonly bus: Pick<EventBus, 'publish'>,
  ) {
    this.found = batched(
      async ids => {
        const attachments = new Map((await this.findMany(ids)).map(attachment => [attachment.id, attachment]))
        return ids.map(id => attachments.get(id) ?? null)
      },
      id => id,
    )
  }

  /** Calls of the same turn are one query. */
  find(id: string): Promise<Attachment | null> {
    return this.found(id)
  }

  /** Those that exist, in no particular order. */
  async findMany(ids: readonly string[]): Promise<Attachment[]> {
    const usable = ids.filter(isUuid)
    if (usable.length === 0) return []
    const sql = `select ${ATTACHMENT_COLUMNS} from attachments a where a.id = any($1::uuid[])`
    return this.database.call<Attachment>(sql, [usable])
  }

  async insertWithin(tx: Transaction, attachment: NewAttachment): Promise<Attachment> {
    const { conversationId, uploaderId, fileName, mediaType, sizeBytes, durationSeconds } = attachment
    const values = [conversationId, uploaderId, fileName, mediaType, sizeBytes, durationSeconds, UPLOAD_LIFETIME_MS]
    const [row] = await queryWithin<Attachment>(tx, insertSql, [randomUUID(), ...values])
    if (!row) throw new Error('The attachment was not stored.')
    return row
  }

  async unsentWithin(tx: Transaction, uploaderId: string): Promise<Unsent> {
    const [row] = await queryWithin<Unsent>(tx, unsentSql, [uploaderId])
    return row ?? { files: 0, bytes: 0, liveFiles: 0, liveBytes: 0, nextGoesInMs: null }
  }

  /** False where it was sent, or is gone. */
  async discardWithin(tx: Transaction, id: string): Promise<boolean> {
    return (await queryWithin(tx, discardSql, [id])).length > 0
  }

  /** To be said of what is committed. */
  changed(id: string): void {
    this.bus.publish('attachment', id, { kind: 'changed' })
  }

  /** All its bytes are stored: it is PROCESSING from now on. Safe to repeat. */
  async received(id: string): Promise<void> {
    const changed = await this.database.call(receivedSql, [id])
    if (changed.length > 0) this.changed(id)
  }
}
