import type { Connection } from '../connections/connection.js'
import { findAccess } from '../conversations/conversation-access.js'
import { denied } from '../conversations/conversation-rules.js'
import { notFound } from '../errors.js'
import type { Viewer } from '../people/person.js'
import type { Services } from '../services.js'
import type { Typing } from './typing.js'

type Needs = Pick<Services, 'conversations' | 'sessionActivity' | 'typing'>

export interface SetTypingInput {
  conversationId: string
  isTyping: boolean
}

/** Over a WebSocket it ends when that goes; otherwise it only runs out. */
export const setTyping = async (
  needs: Needs,
  viewer: Viewer,
  { conversationId, isTyping }: SetTypingInput,
  connection: Connection,
): Promise<Typing> => {
  const missing = () => notFound('conversation', 'input.conversationId')
  const access = await findAccess(needs, viewer, conversationId, missing)
  const refusal = denied('send', { viewer, ...access })
  if (refusal) throw refusal
  const { activeSessionId } = access.conversation
  if (isTyping && activeSessionId !== null) await needs.sessionActivity.touch(activeSessionId)
  return needs.typing.set(
    conversationId,
    viewer.userId,
    isTyping,
    connection.transport === 'WEBSOCKET' ? connection : null,
  )
}
