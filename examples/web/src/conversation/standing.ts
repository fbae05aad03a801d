import type { ConversationState } from '@colloquy/apollo'
import type { DemoPerson } from '../people.js'
import type { strings } from '../strings.js'

type ReadOnlyReason = keyof typeof strings.conversation.readOnly

type Known = Pick<ConversationState, 'status' | 'error' | 'conversation' | 'viewer'>

/** Why nothing can be written; null where it can. */
export const readOnlyReason = (
  { status, error, conversation, viewer }: Known,
  { roles }: DemoPerson,
): ReadOnlyReason | null => {
  if (status === 'ENDED') return error?.reason === 'CARE_RELATIONSHIP_ENDED' ? 'ENDED' : 'FORBIDDEN'
  if (conversation?.status === 'BLOCKED' || conversation?.status === 'DELETED') return conversation.status
  // The support desk is every administrator's: the first word makes them take part.
  if (!viewer) return conversation?.kind === 'SUPPORT' && roles.includes('ADMIN') ? null : 'STRANGER'
  return viewer.canSend ? null : 'FORBIDDEN'
}

/** Whether what was shown has to go: whoever lost the right to read it. A care relationship that ends leaves it to be read. */
export const mayReadOn = ({ status, error }: Pick<Known, 'status' | 'error'>): boolean =>
  status !== 'ENDED' ||
  error?.reason === 'CARE_RELATIONSHIP_ENDED' ||
  !['FORBIDDEN', 'NOT_FOUND'].includes(error?.code ?? '')
