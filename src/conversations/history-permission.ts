import type { Role } from '../people/person.js'
import type { Conversation, ConversationKind, Part } from './conversation.js'

/** Whether they see what was before them. */
export const canViewHistory = (
  { historyRoles }: Pick<Conversation, 'historyRoles'>,
  { role, ownCanViewHistory }: Pick<Part, 'role' | 'ownCanViewHistory'>,
): boolean => ownCanViewHistory ?? historyRoles.includes(role)

/** The roles that see what was before them, where nobody has said otherwise. */
export const defaultHistoryRoles = (kind: ConversationKind): Role[] =>
  kind === 'GROUP' ? [] : ['PATIENT', 'PROFESSIONAL', 'ADMIN']
