import { actingIn } from '../conversations/conversation-access.js'
import { denied } from '../conversations/conversation-rules.js'
import { badInput, notFound, rateLimited } from '../errors.js'
import { isUuid } from '../limits/ids.js'
import type { Asker } from '../people/person.js'
import type { Services } from '../services.js'
import type { Unsent } from './attachment.store.js'
import type { Attachment } from './attachment.js'
import { cleanFileName } from './file-name.js'
import { normaliseMediaType } from './media-types.js'

type Needs = Pick<Services, 'attachments' | 'config' | 'limits' | 'urlSigner' | 'writer'>

export interface CreateUploadInput {
  conversationId: string
  fileName: string
  sizeBytes: number
  mediaType: string
  durationSeconds?: number | null
}

export interface NewUpload {
  attachment: Attachment
  uploadUrl: string
  expiresAt: Date
}

/** What was discarded or ran out counts until it is removed, which a job does each hour. */
const SHORTEST_WAIT_MS = 60_000
/** Of one person. */
const MAX_UNSENT_FILES = 50
const MAX_UNSENT_BYTES = 1024 ** 3
const LONGEST_SECONDS = 86_400

const readSize = (sizeBytes: number, most: number): number => {
  if (sizeBytes < 1 || sizeBytes > most) throw badInput('input.sizeBytes', `A file has 1 to ${most} bytes.`)
  return sizeBytes
}

const readMediaType = (claimed: string) => {
  const mediaType = normaliseMediaType(claimed)
  if (mediaType === null) throw badInput('input.mediaType', 'Files of this type are not taken.')
  return mediaType
}

const readDuration = (seconds: number | null | undefined): number | null => {
  if (seconds === null || seconds === undefined) return null
  if (!(seconds > 0 && seconds <= LONGEST_SECONDS))
    throw badInput('input.durationSeconds', `A duration is more than 0 and up to ${LONGEST_SECONDS} seconds.`)
  return seconds
}

const hasRoom = (files: number, bytes: number, sizeBytes: number) =>
  files < MAX_UNSENT_FILES && bytes + sizeBytes <= Math.max(MAX_UNSENT_BYTES, sizeBytes)

const requireRoom = (unsent: Unsent, sizeBytes: number) => {
  const { files, bytes, liveFiles, liveBytes, nextGoesInMs } = unsent
  if (hasRoom(files, bytes, sizeBytes)) return
  const waitMs = hasRoom(liveFiles, liveBytes, sizeBytes) ? 0 : Math.ceil(nextGoesInMs ?? 0)
  throw rateLimited(Math.max(SHORTEST_WAIT_MS, waitMs), 'Too much is uploaded and not sent: send or discard it first.')
}

/** Decided under the conversation's lock as a send is; and under the person's, so that what they have not sent is counted. */
export const createUpload = async (
  needs: Needs,
  asker: Asker,
  input: CreateUploadInput,
  baseUrl: string,
): Promise<NewUpload> => {
  const { conversationId } = input
  const details = {
    fileName: cleanFileName('input.fileName', input.fileName),
    sizeBytes: readSize(input.sizeBytes, needs.config.maxAttachmentBytes),
    mediaType: readMediaType(input.mediaType),
    durationSeconds: readDuration(input.durationSeconds),
  }
  await needs.limits.consume('uploads', asker.userId)
  const missing = () => notFound('conversation', 'input.conversationId')
  if (!isUuid(conversationId)) throw missing()
  const attachment = await needs.writer.run(async writing => {
    await writing.lockUsers([asker.userId])
    const open = await writing.open(conversationId)
    if (!open) throw missing()
    const refusal = denied('send', await actingIn(open, asker))
    if (refusal) throw refusal.code === 'NOT_FOUND' ? missing() : refusal
    requireRoom(await needs.attachments.unsentWithin(writing.tx, asker.userId), details.sizeBytes)
    return needs.attachments.insertWithin(writing.tx, { ...details, conversationId, uploaderId: asker.userId })
  }, asker)
  const { id, expiresAt } = attachment
  const query = needs.urlSigner.query({ purpose: 'upload', attachmentId: id, userId: asker.userId, expiresAt })
  return { attachment, uploadUrl: `${baseUrl}/uploads/${id}${query}`, expiresAt }
}
