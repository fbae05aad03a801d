import { conflict, DomainError, notFound } from '../errors.js'
import type { Asker, Role } from '../people/person.js'
import type { Services } from '../services.js'
import { careEnded, isSeen } from './conversation-rules.js'
import type { OpenConversation, Writing } from './conversation-writer.js'
import type { Conversation } from './conversation.js'
import { chooseRole, type DirectFacts, type DirectRequest, fittingRoles, pairOf } from './direct-pair.js'

export type DirectNeeds = Pick<Services, 'config' | 'conversations' | 'limits' | 'writer'>

export interface Started {
  conversation: Conversation
  created: boolean
}

/** The pair, and their conversation if there is one. Throws where the two may not talk. */
const decide = (needs: Pick<Services, 'config'>, request: DirectRequest, facts: DirectFacts) => {
  const role = chooseRole(request, facts, needs.config.openCareRelationships)
  if (role instanceof DomainError) throw role
  const { careActive, conversationId } = facts.as[role]
  if (conversationId === null && careActive === false) throw careEnded()
  return { pair: pairOf(request, role), conversationId }
}

/** Whoever deleted it still has it, and may bring it back. The other cannot open it, nor have another one. */
const refuseDeleted = ({ viewer, field }: DirectRequest, conversation: Conversation) => {
  if (!isSeen(conversation, viewer))
    throw conflict('CONVERSATION_NOT_ACTIVE', 'Your conversation with them was deleted.', { field })
}

/** As it is without a lock. Throws where the two may not talk. */
export const findDirectPair = async (needs: Pick<Services, 'config' | 'conversations'>, request: DirectRequest) => {
  const { viewer, userId } = request
  const { pair, conversationId } = decide(needs, request, await needs.conversations.directFacts(viewer.userId, userId))
  const existing = conversationId === null ? null : await needs.conversations.find(conversationId)
  if (existing) refuseDeleted(request, existing)
  return { pair, existing }
}

/** The pair's conversation under its lock, made if need be; `onCreate` runs just before that, and may refuse. */
export const openDirect = async (
  needs: Pick<Services, 'config' | 'conversations'>,
  writing: Writing,
  request: DirectRequest,
  onCreate?: () => Promise<void>,
): Promise<OpenConversation> => {
  const read = () => needs.conversations.directFacts(request.viewer.userId, request.userId, writing.tx)
  let facts = await read()
  let { pair, conversationId } = decide(needs, request, facts)
  if (conversationId === null) {
    // A care relationship changes under the lock of its patient.
    await writing.lockUsers(fittingRoles(request, facts).map(role => pairOf(request, role).patientId))
    facts = await read()
    ;({ pair, conversationId } = decide(needs, request, facts))
  }
  if (conversationId === null) {
    await onCreate?.()
    return writing.create({
      kind: 'DIRECT',
      ...pair,
      participants: [
        { userId: pair.patientId, role: 'PATIENT' },
        { userId: pair.professionalId, role: 'PROFESSIONAL' },
      ],
    })
  }
  const open = await writing.open(conversationId)
  if (!open) throw notFound('conversation')
  refuseDeleted(request, open.conversation)
  return open
}

/** The DIRECT conversation of the viewer and `userId`: created, or found without a lock. */
export const directConversationWith = async (
  needs: DirectNeeds,
  viewer: Asker,
  userId: string,
  asRole: Role | null = null,
  field = 'input.userId',
): Promise<Started> => {
  const request = { viewer, userId, asRole, field }
  const { existing } = await findDirectPair(needs, request)
  if (existing) return { conversation: existing, created: false }
  // Of many at once, from whichever side, the one that makes it is a start; it is that once, also where it is tried again.
  let counted: Promise<void> | undefined
  const count = () => (counted ??= needs.limits.consume('starts', viewer.userId))
  return needs.writer.run(async writing => {
    const open = await openDirect(needs, writing, request, count)
    return { conversation: open.conversation, created: open.created }
  }, viewer)
}
