import { type DomainError, forbidden, notFound } from '../errors.js'
import { isUuid } from '../limits/ids.js'
import { isAdmin, type Role, type Viewer } from '../people/person.js'
import type { HeldGrant } from '../oversight/held-grant.js'
import type { Services } from '../services.js'
import { type Acting, isSeen } from './conversation-rules.js'
import type { OpenConversation } from './conversation-writer.js'
import type { Conversation, Part, Participant } from './conversation.js'

/** Who reads a conversation, and as what. */
export interface Access {
  conversation: Conversation
  /** Under a grant its subject's. */
  part: Part
  /** Of an admin who takes no part. */
  grant?: HeldGrant
}

/** A conversation in an answer. Where an access is with it, all its fields are decided by that; else each decides anew. */
export type Shown = Conversation & { readonly access?: Access }

/** For the answer to who has just left it: what they saw of it until then, but nothing that comes, and no message. */
export const farewell = (conversation: Conversation, left: Participant): Shown => ({
  ...conversation,
  activeSessionId: null,
  access: { conversation, part: { ...left, visibleFromSeq: conversation.seq + 1 } },
})

/*
 * Who takes no part: NOT_FOUND; an admin learns that it exists: FORBIDDEN. So is what ends the subscription of someone who
 * leaves, and with its reason what ends it with the care relationship. What else an admin may read is in read-access, and
 * the rest in conversation-rules.
 */

export const takesPart = (participant: Participant | null): participant is Participant & { leftAt: null } =>
  participant !== null && participant.leftAt === null

/** Whether it is the support desk that acts, or is seen. */
export const isDesk = ({ kind }: Conversation, { role }: Pick<Part, 'role'>): boolean =>
  kind === 'SUPPORT' && role === 'ADMIN'

/** An admin's part in a SUPPORT conversation: the same whether they have written in it or not. */
export const deskPart = (userId: string): Part => ({
  userId,
  role: 'ADMIN',
  rev: 0,
  membership: 0,
  accessRev: 0,
  visibleFromSeq: 1,
  readThrough: 0,
  ownCanSend: null,
  ownCanViewHistory: null,
  leftAt: null,
})

/** As what the viewer takes part; null where they do not. */
export const partOf = (viewer: Viewer, { kind }: Conversation, participant: Participant | null): Part | null => {
  const atDesk = kind === 'SUPPORT' && (participant === null || participant.role === 'ADMIN')
  if (atDesk) return isAdmin(viewer) ? deskPart(viewer.userId) : null
  return takesPart(participant) ? participant : null
}

/** What the viewer may read as who takes part; null where they do not. */
export const accessOf = (
  viewer: Viewer,
  conversation: Conversation,
  participant: Participant | null,
): Access | null => {
  const part = partOf(viewer, conversation, participant)
  return part && isSeen(conversation, part) ? { conversation, part } : null
}

/** Access of who takes part, or an error. `missing` makes the error for who may not know of it. */
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
  const access = accessOf(viewer, found.conversation, found.participant)
  if (access) return access
  throw isAdmin(viewer) ? forbidden('Only those who take part may do this.') : missing()
}

/** As what the viewer acts, as it is true under the conversation's lock. */
export const actingIn = async (open: OpenConversation, viewer: Viewer): Promise<Acting> => {
  const { conversation } = open
  return { viewer, conversation, part: partOf(viewer, conversation, await open.participant(viewer.userId)) }
}

/** Whether live subscriptions to it end, or never begin. */
export const followDenied = (conversation: Conversation, part: Part | null): DomainError | null => {
  if (!part || !isSeen(conversation, part)) return forbidden('You do not take part in this conversation any more.')
  if (conversation.careEnded)
    return forbidden('The care relationship has ended.', { reason: 'CARE_RELATIONSHIP_ENDED' })
  return null
}

/** Whether the conversation knows the participant under another profile than they say. */
export const roleDenied = (part: Pick<Part, 'role'>, asRole: Role | null | undefined): DomainError | null =>
  asRole && asRole !== part.role ? forbidden('The conversation knows you under another role.') : null
