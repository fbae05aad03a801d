import { accessOf } from '../conversations/conversation-access.js'
import type { Conversation } from '../conversations/conversation.js'
import { type Message, withoutText } from '../messages/message.js'
import { isAdmin, type Viewer } from '../people/person.js'
import type { Services } from '../services.js'
import type { Session } from '../sessions/session.js'
import type { Notification } from './notification.js'

type Needs = Pick<Services, 'loaders'>

const accessTo = async ({ loaders }: Needs, viewer: Viewer, conversationId: string) => {
  const participating = loaders.participant({ conversationId, userId: viewer.userId })
  const [conversation, participant] = await Promise.all([loaders.conversation(conversationId), participating])
  return { conversation, access: accessOf(viewer, conversation, participant) }
}

/** Null for who has no access any more; an admin learns that there is one. */
export const findConversation = async (
  needs: Needs,
  viewer: Viewer,
  { conversationId }: Pick<Notification, 'conversationId'>,
): Promise<Conversation | null> => {
  if (conversationId === null) return null
  const { conversation, access } = await accessTo(needs, viewer, conversationId)
  return access || isAdmin(viewer) ? conversation : null
}

/** Null for who may not see it any more. Of an emergency an admin who takes no part sees no text. */
export const findMessageOf = async (
  needs: Needs,
  viewer: Viewer,
  { messageId, kind }: Pick<Notification, 'messageId' | 'kind'>,
): Promise<Message | null> => {
  const message = messageId === null ? null : await needs.loaders.message(messageId)
  if (!message) return null
  const { access } = await accessTo(needs, viewer, message.conversationId)
  if (access) return message.seq >= access.part.visibleFromSeq ? message : null
  return kind === 'EMERGENCY_ESCALATED' && isAdmin(viewer) ? withoutText(message) : null
}

/** Null for who has no access any more. */
export const findSessionOf = async (
  needs: Needs,
  viewer: Viewer,
  { sessionId, conversationId }: Pick<Notification, 'sessionId' | 'conversationId'>,
): Promise<Session | null> => {
  if (sessionId === null || conversationId === null) return null
  const { access } = await accessTo(needs, viewer, conversationId)
  return access && needs.loaders.session(sessionId)
}
