import type { Asker } from '../people/person.js'
import { closeSession, type EndNeeds } from '../sessions/end-session.js'
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

/** Setting the status that it has changes nothing. What is blocked or deleted is no place for a session, nor for its bill to grow. */
export const setConversationStatus = (
  needs: ChangeNeeds & EndNeeds,
  viewer: Asker,
  { conversationId, status }: SetConversationStatusInput,
) =>
  changeConversation(
    needs,
    viewer,
    conversationId,
    conversation => statusActions(conversation.status, status),
    async (open, writing) => {
      if (open.conversation.status === status) return
      if (status === 'BLOCKED' || status === 'DELETED')
        await closeSession(needs, writing, open, { reason: `CONVERSATION_${status}`, by: viewer.userId }, viewer)
      await open.updateConversation({ status, statusById: viewer.userId })
    },
  )
