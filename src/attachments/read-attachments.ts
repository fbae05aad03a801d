import type { Message } from '../messages/message.js'
import { hasAttachments } from '../messages/read-attachment-ids.js'
import type { Services } from '../services.js'
import type { Attachment } from './attachment.js'

/** In their order; for whoever was given the message with what it says. Of other kinds nobody is asked. */
export const readAttachments = async (
  { loaders }: Pick<Services, 'loaders'>,
  { id, kind, deletedAt, isWithheld }: Message,
): Promise<Attachment[]> => (hasAttachments(kind) && deletedAt === null && !isWithheld ? loaders.attachments(id) : [])
