import type { Asker } from '../people/person.js'
import { changeConversation, type ChangeNeeds } from './change-conversation.js'
import type { Action } from './conversation-rules.js'
import type { ConversationStatus } from './conversation.js'

export interface SetConversationStatusInput {
  conversationId: string
  status: ConversationStatus
}

/** What a change of the status takes. A block is lifted also by deleting: by who may lift it. */
const statusActions = (from: ConversationStatus, to: ConversationStatus): Action[] => {
  if (from === to) return ['read']
  const leaving: Action[] = from === 'BLOCKED' ? ['unblock'] : from === 'DELETED' ? ['restoreConversation'] : []
  if (to === 'BLOCKED') return [...leaving, 'block']
  if (to === 'DELETED') return [...leaving, 'deleteConversation']
  return leaving.length > 0 ? leaving : ['archive']
}

/** Setting the status that it has changes nothing. */
export const setConversationStatus = (
  needs: ChangeNeeds,
  viewer: Asker,
  { conversationId, status }: SetConversationStatusInput,
) =>
  changeConversation(
    needs,
    viewer,
    conversationId,
    conversation => statusActions(conversation.status, status),
    async open => {
      if (open.conversation.status === status) return
      await open.updateConversation({ status, statusById: viewer.userId })
    },
  )
