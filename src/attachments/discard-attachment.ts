import { conflict, notFound } from '../errors.js'
import type { Asker } from '../people/person.js'
import type { Services } from '../services.js'
import { removeAttachments } from './remove-attachments.js'

type Needs = Pick<Services, 'attachments' | 'files' | 'logger' | 'sentAttachments' | 'writer'>

export interface DiscardAttachmentInput {
  attachmentId: string
}

/** Nobody has it from now on. Bytes that are just written or looked at go with the job that removes what was never sent. */
export const discardAttachment = async (
  needs: Needs,
  asker: Asker,
  { attachmentId }: DiscardAttachmentInput,
): Promise<DiscardAttachmentInput> => {
  const attachment = await needs.attachments.find(attachmentId)
  if (attachment?.uploaderId !== asker.userId) throw notFound('attachment', 'input.attachmentId')
  const wasThere = await needs.writer.run(async writing => {
    // A send judges its files under this lock.
    await writing.open(attachment.conversationId)
    return needs.attachments.discardWithin(writing.tx, attachmentId)
  }, asker)
  if (!wasThere) {
    const wasSent = (await needs.sentAttachments.find(attachmentId))?.wasSent
    throw wasSent
      ? conflict('ATTACHMENT_SENT', 'It is sent: delete the message.')
      : notFound('attachment', 'input.attachmentId')
  }
  needs.attachments.changed(attachmentId)
  const warn = (error: unknown) =>
    needs.logger.warn({ attachmentId, error }, 'A discarded file was not removed yet: the next run of the job does it')
  try {
    const { failures } = await removeAttachments(needs, await needs.sentAttachments.dueAmong([attachmentId]))
    failures.forEach(warn)
  } catch (error) {
    warn(error)
  }
  return { attachmentId }
}
