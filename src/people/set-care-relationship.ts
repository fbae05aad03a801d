import type { OpenConversation, Writing } from '../conversations/conversation-writer.js'
import { badInput } from '../errors.js'
import { isExternalId } from '../limits/ids.js'
import type { Services } from '../services.js'
import { closeSession, type EndNeeds } from '../sessions/end-session.js'
import type { Asker, CareRelationship, Person, Role } from './person.js'

type Needs = EndNeeds & Pick<Services, 'people' | 'careRelationships' | 'writer' | 'bus'>

export interface CareRelationshipInput {
  patientId: string
  professionalId: string
  active: boolean
}

/** Who may talk to whom. Its end closes the pair's DIRECT conversation in the same transaction. */
export const setCareRelationship = async (
  needs: Needs,
  input: CareRelationshipInput,
  asker?: Asker,
): Promise<CareRelationship> => {
  const { patientId, professionalId, active } = input
  if (patientId === professionalId) throw badInput('input.professionalId', 'Nobody cares for themselves.')
  const relationship = await needs.writer.run(async writing => {
    // The order of locks: user, care relationship, conversation.
    if (isExternalId(patientId)) await writing.lockUsers([patientId])
    requireRole('input.patientId', await needs.people.findWithin(writing.tx, patientId), 'PATIENT')
    requireRole('input.professionalId', await needs.people.findWithin(writing.tx, professionalId), 'PROFESSIONAL')
    const stored = await needs.careRelationships.set(writing.tx, patientId, professionalId, active)
    const conversationId = await writing.findDirect(patientId, professionalId)
    const open = conversationId === null ? null : await writing.open(conversationId)
    if (open && open.conversation.careEnded === active) await applyTo(needs, writing, open, active, asker)
    return stored
  }, asker)
  for (const userId of [patientId, professionalId]) needs.bus.publish('user', userId, { kind: 'conversations' })
  return relationship
}

const requireRole = (field: string, person: Person | null, role: Role) => {
  if (!person?.roles.includes(role)) throw badInput(field, `There is no ${role.toLowerCase()} with this id.`)
}

const applyTo = async (needs: Needs, writing: Writing, open: OpenConversation, active: boolean, asker?: Asker) => {
  if (!active) await closeSession(needs, writing, open, { reason: 'CARE_RELATIONSHIP_ENDED', by: null }, asker)
  await open.updateConversation({ careEnded: !active })
}
