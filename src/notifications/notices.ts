import type { Participant } from '../conversations/conversation.js'
import type { Session } from '../sessions/session.js'
import type { NewNotification } from './notification.js'

type Members = readonly Pick<Participant, 'userId'>[]

/** Who was added to a conversation, but for who added them. */
export const additionsOf = (conversationId: string, added: Members, by: string | undefined): NewNotification[] =>
  added
    .filter(({ userId }) => userId !== by)
    .map(({ userId }) => ({ userId, kind: 'ADDED_TO_CONVERSATION', actorId: by ?? null, conversationId }))

/** Whoever has muted the conversation, too: it is about their money. */
export const refundNotices = (
  { id, conversationId }: Pick<Session, 'id' | 'conversationId'>,
  userIds: readonly string[],
): NewNotification[] => userIds.map(userId => ({ userId, kind: 'SESSION_REFUNDED', conversationId, sessionId: id }))

/** Everyone who takes part where the session is held, but for who has muted it. */
export const sessionNotices = (
  { id, conversationId, status }: Pick<Session, 'id' | 'conversationId' | 'status'>,
  participants: Members,
  by: string | null,
): NewNotification[] =>
  participants.map(({ userId }) => ({
    userId,
    kind: status === 'ACTIVE' ? 'SESSION_STARTED' : 'SESSION_ENDED',
    actorId: by,
    conversationId,
    sessionId: id,
    unlessMuted: true,
  }))
