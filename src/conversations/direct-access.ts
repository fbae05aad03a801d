import { DomainError, notFound } from '../errors.js'
import type { Asker, Role } from '../people/person.js'
import type { Services } from '../services.js'
import { careEnded } from './conversation-rules.js'
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

/** The pair's conversation under its lock, made if need be; `onCreate` runs just before that, and may refuse. */
export const openDirect = async (
  needs: Pick<Services, 'config' | 'conversations'>,
  writing: Writing,
  request: DirectRequest,
  onCreate: () => Promise<void>,
): Promise<OpenConversation> => {
  const read = () => needs.conversations.directFacts(request.viewer.userId, request.userId, writing.tx)
  let facts = await read()
  let { pair, conversationId } = decide(needs, request, facts)
  if (conversationId === null) {
    // A care relationship changes under the lock of its patient.
    const patients = fittingRoles(request, facts).map(role => pairOf(request, role).patientId)
    for (const patientId of patients.sort()) await writing.lockUser(patientId)
    facts = await read()
    ;({ pair, conversationId } = decide(needs, request, facts))
  }
  if (conversationId === null) {
    await onCreate()
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
  const { conversationId } = decide(needs, request, await needs.conversations.directFacts(viewer.userId, userId))
  const existing = conversationId === null ? null : await needs.conversations.find(conversationId)
  if (existing) return { conversation: existing, created: false }
  return needs.writer.run(async writing => {
    const open = await openDirect(needs, writing, request, () => needs.limits.consume('starts', viewer.userId))
    return { conversation: open.conversation, created: open.created }
  }, viewer)
}
