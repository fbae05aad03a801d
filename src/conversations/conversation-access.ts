import { conflict, type DomainError, forbidden, notFound } from '../errors.js'
import { isUuid } from '../limits/ids.js'
import { isAdmin, type Role, type Viewer } from '../people/person.js'
import type { Services } from '../services.js'
import type { Conversation, Participant } from './conversation.js'

/** Who reads a conversation, and as what. */
export interface Access {
  conversation: Conversation
  participant: Participant
}

/*
 * What may be done, and why not:
 *
 *                      takes no part   left        care ended   BLOCKED, DELETED
 * read, mark           NOT_FOUND *     NOT_FOUND *
 * follow               NOT_FOUND *     NOT_FOUND * FORBIDDEN
 * send, edit, start    NOT_FOUND *     NOT_FOUND * CONFLICT     CONFLICT
 *
 * * An admin learns that it exists: FORBIDDEN. So is what ends a subscription of someone who leaves.
 */

/** Access to read, or an error. `missing` makes the error for who may not know of it. */
export const findAccess = async (
  needs: Pick<Services, 'conversations'>,
  viewer: Viewer,
  conversationId: string,
  missing: () => DomainError = () => notFound('conversation'),
): Promise<Access> => {
  const found = isUuid(conversationId)
    ? await needs.conversations.findWithParticipant(conversationId, viewer.userId)
    : null
  if (!found) throw missing()
  const { conversation, participant } = found
  if (takesPart(participant)) return { conversation, participant }
  throw isAdmin(viewer) ? forbidden('Only those who take part may do this.') : missing()
}

export const takesPart = (participant: Participant | null): participant is Participant & { leftAt: null } =>
  participant !== null && participant.leftAt === null

/** Whether live subscriptions to it end, or never begin. */
export const followDenied = (conversation: Conversation, participant: Participant | null): DomainError | null => {
  if (!takesPart(participant)) return forbidden('You do not take part in this conversation any more.')
  if (conversation.careEnded)
    return forbidden('The care relationship has ended.', { reason: 'CARE_RELATIONSHIP_ENDED' })
  return null
}

/** Whether nothing new may come into it; decided under the conversation's lock. */
export const sendDenied = (conversation: Conversation, participant: Participant): DomainError | null => {
  if (!takesPart(participant)) return notFound('conversation')
  if (conversation.careEnded) return careEnded()
  if (conversation.status !== 'ACTIVE' && conversation.status !== 'ARCHIVED')
    return conflict('CONVERSATION_NOT_ACTIVE', 'The conversation is not active.')
  return null
}

export const careEnded = () => conflict('CARE_RELATIONSHIP_ENDED', 'The care relationship has ended.')

/** Whether the conversation knows the participant under another profile than they say. */
export const roleDenied = (participant: Participant, asRole: Role | null | undefined): DomainError | null =>
  asRole && asRole !== participant.role ? forbidden('The conversation knows you under another role.') : null
