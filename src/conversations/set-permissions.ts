import { forbidden, notFound } from '../errors.js'
import { isExternalId } from '../limits/ids.js'
import type { Role, Asker } from '../people/person.js'
import { changeConversation, type ChangeNeeds } from './change-conversation.js'
import { isDesk, takesPart } from './conversation-access.js'
import type { ConversationUpdate, ParticipantUpdate } from './conversation-writer.js'
import type { Conversation } from './conversation.js'

export interface RolePermissionsInput {
  conversationId: string
  role: Role
  canSend?: boolean | null
  canViewHistory?: boolean | null
}

export interface ParticipantPermissionsInput {
  conversationId: string
  userId: string
  /** Null gives it back to the role. */
  canSend?: boolean | null
  canViewHistory?: boolean | null
}

/** Undefined where nothing changes. */
const changedRoles = (roles: Role[], role: Role, allowed: boolean | null | undefined): Role[] | undefined => {
  if (allowed === null || allowed === undefined || roles.includes(role) === allowed) return undefined
  return allowed ? [...roles, role] : roles.filter(one => one !== role)
}

const roleUpdate = (
  { sendRoles, historyRoles }: Conversation,
  { role, canSend, canViewHistory }: RolePermissionsInput,
): ConversationUpdate => {
  const sending = changedRoles(sendRoles, role, canSend)
  const seeing = changedRoles(historyRoles, role, canViewHistory)
  return { ...(sending && { sendRoles: sending }), ...(seeing && { historyRoles: seeing }) }
}

export const setRolePermissions = (needs: ChangeNeeds, viewer: Asker, input: RolePermissionsInput) =>
  changeConversation(
    needs,
    viewer,
    input.conversationId,
    () => ['setPermissions'],
    async open => {
      if (input.canViewHistory === false && isDesk(open.conversation, input))
        throw forbidden('The support desk sees everything.')
      const update = roleUpdate(open.conversation, input)
      if (Object.keys(update).length > 0) await open.updateConversation(update)
    },
  )

export const setParticipantPermissions = (needs: ChangeNeeds, viewer: Asker, input: ParticipantPermissionsInput) =>
  changeConversation(
    needs,
    viewer,
    input.conversationId,
    () => ['setPermissions'],
    async open => {
      const participant = isExternalId(input.userId) ? await open.participant(input.userId) : null
      if (!takesPart(participant)) throw notFound('participant', 'input.userId')
      if (isDesk(open.conversation, participant)) throw forbidden('The support desk has one permission for all.')
      const update: ParticipantUpdate = {}
      if (input.canSend !== undefined && input.canSend !== participant.ownCanSend) update.ownCanSend = input.canSend
      if (input.canViewHistory !== undefined && input.canViewHistory !== participant.ownCanViewHistory)
        update.ownCanViewHistory = input.canViewHistory
      if (Object.keys(update).length > 0) await open.updateParticipant(input.userId, update)
    },
  )
