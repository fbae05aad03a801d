import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { DataStore, ERRORS, Upload } from '@tus/server'
import { UPLOAD_LIFETIME_MS } from '../attachments/attachment.store.js'
import type { Attachment } from '../attachments/attachment.js'
import { completeUpload } from '../attachments/complete-upload.js'
import type { Services } from '../services.js'

type Needs = Pick<Services, 'attachments' | 'files' | 'inspectionWorker' | 'uploadLeases' | 'uploadTraffic'>

/** The uploads, as @tus/server sees them: what they are stands in the database, how far they are in the storage. */
export class TusStore extends DataStore {
  override extensions = ['expiration']

  constructor(private readonly needs: Needs) {
    super()
  }

  override async getUpload(id: string): Promise<Upload> {
    const attachment = await this.find(id)
    const { sizeBytes: size, createdAt } = attachment
    const isOpen = attachment.status === 'UPLOADING'
    const offset = isOpen ? await this.needs.files.offset(attachment) : size
    // Who took the last byte may have died before they said so.
    if (isOpen && offset === size) await completeUpload(this.needs, attachment)
    return new Upload({ id, size, offset, creation_date: createdAt.toISOString() })
  }

  override async write(bytes: Readable, id: string, offset: number): Promise<number> {
    const attachment = await this.find(id)
    if (attachment.status !== 'UPLOADING') {
      await finished(bytes.resume())
      return offset
    }
    const guarded = Readable.from(this.needs.uploadLeases.guard(id, bytes))
    const reached = await this.needs.files.append(attachment, offset, guarded)
    this.needs.uploadTraffic.bytes += reached - offset
    if (reached === attachment.sizeBytes) await completeUpload(this.needs, attachment)
    return reached
  }

  override getExpiration(): number {
    return UPLOAD_LIFETIME_MS
  }

  private async find(id: string): Promise<Attachment> {
    const attachment = await this.needs.attachments.find(id)
    if (!attachment) throw Object.assign(new Error('There is no such upload.'), ERRORS.FILE_NOT_FOUND)
    return attachment
  }
}
