import type { Reader, ReadNeeds } from '../conversations/read-access.js'
import { notFound } from '../errors.js'
import { sightOfMessage } from '../messages/message-access.js'
import type { Services } from '../services.js'
import type { Attachment } from './attachment.js'
import type { FoundAttachment } from './sent-attachments.store.js'

type Needs = ReadNeeds & Pick<Services, 'sentAttachments'>

/** What was not sent is its uploader's; what was, theirs who may read the message. */
export const isReadable = async (
  needs: ReadNeeds,
  viewer: Reader,
  { attachment, message, wasSent, isExpired }: FoundAttachment,
): Promise<boolean> => {
  if (!message) return !wasSent && !isExpired && attachment.uploaderId === viewer.userId
  return !message.isDeleted && (await sightOfMessage(needs, viewer, message)) !== null
}

export const readAttachment = async (needs: Needs, viewer: Reader, id: string): Promise<Attachment> => {
  const found = await needs.sentAttachments.find(id)
  if (!found || !(await isReadable(needs, viewer, found))) throw notFound('attachment', 'id')
  return found.attachment
}

/** One that the viewer uploaded themselves. */
export const readOwnAttachment = async (needs: Needs, viewer: Reader, id: string): Promise<Attachment> => {
  const attachment = await readAttachment(needs, viewer, id)
  if (attachment.uploaderId !== viewer.userId) throw notFound('attachment', 'id')
  return attachment
}
