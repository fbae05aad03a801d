import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hashOf } from './bytes.js'
import type { TestPerson } from './make.js'
import type { TestApp } from './start-app.js'

export interface FileDetails {
  fileName?: string
  mediaType?: string
  bytes?: Buffer
  thumbnail?: Buffer
  status?: 'UPLOADING' | 'PROCESSING' | 'READY' | 'REJECTED'
}

/** A picture of one point. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

const INSERT = `insert into attachments (id, conversation_id, uploader_id, file_name, media_type, size_bytes, sha256, status, width, height,
    duration_seconds, has_thumbnail, expires_at, inspected_until)
  values ($1, $2, $3, $4, $5, $6, $7, $8::"AttachmentStatus", $9, $9, $10, $11, now() + interval '24 hours',
    case when $8 = 'PROCESSING' then now() + interval '1 hour' end)`

/** Files as they are once they were uploaded and looked at; nobody looks at those that were not. */
export const attachments = ({ database, services }: TestApp) => {
  const store = async (key: 'files' | 'thumbnails', id: string, bytes: Buffer) => {
    const folder = await mkdtemp(join(tmpdir(), 'colloquy-test-'))
    await writeFile(join(folder, id), bytes)
    await services.files.write(`${key}/${id}`, join(folder, id))
    await rm(folder, { recursive: true })
  }

  /** The id of a file of that person for that conversation. */
  const upload = async (person: TestPerson, conversationId: string, details: FileDetails = {}): Promise<string> => {
    const { fileName = 'picture.png', mediaType = 'image/png', bytes = PNG, thumbnail, status = 'READY' } = details
    const id = randomUUID()
    const sha256 = status === 'READY' ? hashOf(bytes) : null
    await store('files', id, bytes)
    if (thumbnail) await store('thumbnails', id, thumbnail)
    const side = mediaType.startsWith('image/') ? 1 : null
    const seconds = mediaType.startsWith('audio/') ? 1.5 : null
    const values = [id, conversationId, person.id, fileName, mediaType, bytes.length, sha256, status, side, seconds]
    await database.call(INSERT, [...values, thumbnail !== undefined])
    return id
  }

  const voice = (person: TestPerson, conversationId: string) =>
    upload(person, conversationId, { fileName: 'voice.ogg', mediaType: 'audio/ogg' })
  const pdf = (person: TestPerson, conversationId: string) =>
    upload(person, conversationId, { fileName: 'report.pdf', mediaType: 'application/pdf' })

  return { upload, voice, pdf }
}
