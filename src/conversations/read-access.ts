import { type DomainError, forbidden, notFound } from '../errors.js'
import { isUuid } from '../limits/ids.js'
import { type Asker, isAdmin, type Viewer } from '../people/person.js'
import type { Services } from '../services.js'
import { type Access, accessOf } from './conversation-access.js'
import { denied } from './conversation-rules.js'
import type { Conversation, Participant } from './conversation.js'

export type ReadNeeds = Pick<Services, 'conversations' | 'grants'>

/** Who reads. What they read under a grant is recorded, where their request is known. */
export type Reader = Viewer & Pick<Partial<Asker>, 'trail' | 'grantedReads'>

/** What an admin may read of what they take no part in: what the subject of their grant sees. Calls of the same turn are one query. */
const grantedAccess = async (
  { grants }: Pick<Services, 'grants'>,
  viewer: Reader,
  conversation: Conversation,
): Promise<Access | null> => {
  if (!isAdmin(viewer)) return null
  const grant = await grants.findHeld({ adminId: viewer.userId, conversationId: conversation.id })
  const granted = grant?.participant
  if (!granted || denied('read', { viewer, conversation, part: null, granted })) return null
  const read = { subjectUserId: granted.userId, conversationId: conversation.id, accessGrantId: grant.id }
  viewer.grantedReads?.note(read, viewer.trail)
  return { conversation, part: granted, grant }
}

/** As who takes part, or under a grant; null for who may not read. */
export const accessFrom = async (
  needs: Pick<Services, 'grants'>,
  viewer: Reader,
  { conversation, participant }: { conversation: Conversation; participant: Participant | null },
): Promise<Access | null> => accessOf(viewer, conversation, participant) ?? grantedAccess(needs, viewer, conversation)

/** As accessFrom. Calls of the same turn are one query, and one for grants. */
export const readAccess = async (needs: ReadNeeds, viewer: Reader, conversationId: string): Promise<Access | null> => {
  const found = await needs.conversations.findWithParticipant(conversationId, viewer.userId)
  return found && accessFrom(needs, viewer, found)
}

/** As readAccess, or an error. `missing` makes the error for who may not know of it. */
export const findReadAccess = async (
  needs: ReadNeeds,
  viewer: Reader,
  conversationId: string,
  missing: () => DomainError = () => notFound('conversation'),
): Promise<Access> => {
  const found = isUuid(conversationId)
    ? await needs.conversations.findWithParticipant(conversationId, viewer.userId)
    : null
  const access = found && (await accessFrom(needs, viewer, found))
  if (access) return access
  throw found && isAdmin(viewer) ? forbidden('This is for those who take part, or needs an access grant.') : missing()
}

/** As whom what is in the conversation is looked up: under a grant as its subject, who is no admin there. */
export const readerOf = (viewer: Viewer, { part, grant }: Access): Viewer =>
  grant ? { userId: part.userId, roles: [] } : viewer
