import { findDirectPair, openDirect } from '../conversations/direct-access.js'
import { findAccess, roleDenied } from '../conversations/conversation-access.js'
import { type Acting, denied } from '../conversations/conversation-rules.js'
import type { OpenConversation, Writing } from '../conversations/conversation-writer.js'
import { badInput, conflict, notFound } from '../errors.js'
import type { Asker, Role } from '../people/person.js'
import type { Services } from '../services.js'

type Needs = Pick<Services, 'config' | 'conversations'>

export interface TargetInput {
  withUserId?: string | null
  conversationId?: string | null
  asRole?: Role | null
}

/** Who gives the session, and to whom: null in a group. */
export interface Sides {
  patientId: string | null
  professionalId: string
}

/** Where a session is to be held, as far as it is known without a lock. */
export interface Target {
  sides: Sides
  open: (writing: Writing) => Promise<OpenConversation>
}

const missing = () => notFound('conversation', 'input.conversationId')

/** Whom and what it is of, and who may know of it, is decided before any lock; refused is what would be refused there. */
export const findTarget = async (needs: Needs, viewer: Asker, input: TargetInput): Promise<Target> => {
  const { withUserId, conversationId, asRole = null } = input
  if (withUserId && conversationId) throw badInput('input.conversationId', 'Name a user or a conversation, not both.')
  if (withUserId) {
    const request = { viewer, userId: withUserId, asRole, field: 'input.withUserId' }
    const { pair, existing } = await findDirectPair(needs, request)
    if (existing) await findStartable(needs, viewer, existing.id, asRole)
    return { sides: pair, open: writing => openDirect(needs, writing, request) }
  }
  if (!conversationId) throw badInput('input.withUserId', 'Name a user or a conversation.')
  const acting = await findStartable(needs, viewer, conversationId, asRole)
  const open = async (writing: Writing): Promise<OpenConversation> => {
    const open = await writing.open(conversationId)
    if (!open) throw missing()
    return open
  }
  return { sides: sidesOf(acting), open }
}

const findStartable = async (needs: Needs, viewer: Asker, conversationId: string, asRole: Role | null) => {
  const { conversation, part } = await findAccess(needs, viewer, conversationId, missing)
  const acting: Acting = { viewer, conversation, part }
  refuseStart(acting, asRole)
  return acting
}

export const refuseStart = (acting: Acting, asRole: Role | null | undefined): void => {
  const { conversation, part } = acting
  if (!part) throw missing()
  const refusal = roleDenied(part, asRole) ?? denied('startSession', acting)
  if (refusal) throw refusal
  const sessionId = conversation.activeSessionId
  if (sessionId !== null) throw conflict('SESSION_ALREADY_ACTIVE', 'A session is running already.', { sessionId })
}

export const sidesOf = ({ viewer, conversation: { kind, patientId, professionalId } }: Acting): Sides =>
  kind === 'DIRECT' && professionalId !== null
    ? { patientId, professionalId }
    : { patientId: null, professionalId: viewer.userId }
