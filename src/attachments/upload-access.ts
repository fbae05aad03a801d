import { partOf } from '../conversations/conversation-access.js'
import { denied } from '../conversations/conversation-rules.js'
import { type DomainError, notFound, unauthenticated } from '../errors.js'
import type { Services } from '../services.js'
import { hasExpired } from './attachment.js'

type Needs = Pick<Services, 'attachments' | 'conversations' | 'people'>

/** Why the person may not go on with the upload, as things stand now; null where they may. */
export const uploadDenied = async (needs: Needs, userId: string, id: string): Promise<DomainError | null> => {
  const [attachment, person] = await Promise.all([needs.attachments.find(id), needs.people.find(userId)])
  if (attachment?.uploaderId !== userId || hasExpired(attachment)) return notFound('attachment')
  if (!person?.active) return unauthenticated('This person is not active.')
  const found = await needs.conversations.findWithParticipant(attachment.conversationId, userId)
  if (!found) return notFound('conversation')
  const viewer = { userId, roles: person.roles }
  const { conversation, participant } = found
  return denied('send', { viewer, conversation, part: partOf(viewer, conversation, participant) })
}
