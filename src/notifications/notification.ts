export type NotificationKind =
  | 'MESSAGE'
  | 'SESSION_STARTED'
  | 'SESSION_ENDED'
  | 'SESSION_REFUNDED'
  | 'EMERGENCY'
  | 'EMERGENCY_ESCALATED'
  | 'ADDED_TO_CONVERSATION'
  | 'ACCESS_GRANTED'
  | 'SYSTEM'

/** Holds no text of a message. */
export interface Notification {
  id: string
  userId: string
  kind: NotificationKind
  urgent: boolean
  /** Of SYSTEM alone. */
  title: string | null
  actorId: string | null
  conversationId: string | null
  messageId: string | null
  sessionId: string | null
  createdAt: Date
  readAt: Date | null
}

type About = 'urgent' | 'title' | 'actorId' | 'conversationId' | 'messageId' | 'sessionId'

export interface NewNotification extends Pick<Notification, 'userId' | 'kind'>, Partial<Pick<Notification, About>> {
  /** Not to who has muted the conversation. */
  unlessMuted?: true
}

const TITLES: Record<NotificationKind, string> = {
  MESSAGE: 'New messages',
  SESSION_STARTED: 'A session has started',
  SESSION_ENDED: 'A session has ended',
  SESSION_REFUNDED: 'A session was refunded',
  EMERGENCY: 'Emergency',
  EMERGENCY_ESCALATED: 'Nobody has acknowledged an emergency',
  ADDED_TO_CONVERSATION: 'You were added to a conversation',
  ACCESS_GRANTED: 'An administrator was given access to your messages',
  SYSTEM: 'Notice',
}

export const titleOf = ({ kind, title }: Pick<Notification, 'kind' | 'title'>) => title ?? TITLES[kind]
