import type { CallSignal } from '../calls/call.js'
import type { Conversation, Participant } from '../conversations/conversation.js'
import type { Message } from '../messages/message.js'

/** The latest state of one row of a conversation, at the rev of its last change. */
export type Change =
  | { rev: number; kind: 'message'; message: Message }
  | { rev: number; kind: 'participant'; participant: Participant }
  | { rev: number; kind: 'conversation'; conversation: Conversation }

/** All revs from `first` to `last`, and what they changed, by rev. */
export interface ChangeRange {
  first: number
  last: number
  changes: Change[]
}

export interface TypingSignal {
  conversationId: string
  userId: string
  isTyping: boolean
  /** Milliseconds since 1970; null for a stop. */
  expiresAt: number | null
}

/** Something of a user that no conversation's rev covers. The event is a hint: the receiver reads the truth. */
export type UserSignal =
  { kind: 'conversations' } | { kind: 'standing' } | { kind: 'notifications' } | { kind: 'grants' } | { kind: 'wallet' }

/**
 * Of an attachment, hints all: it is another than it was; a request waits to take its bytes; none takes them any more.
 */
export interface AttachmentSignal {
  kind: 'changed' | 'wanted' | 'free'
}

/** The presence of the user changed: the receiver reads it. */
export interface PresenceSignal {
  userId: string
}

/** What travels on each kind of topic. A topic is a kind and an id. */
export interface Topics {
  conversation: ChangeRange
  typing: TypingSignal
  user: UserSignal
  presence: PresenceSignal
  /** Of a session: the event is all that there is of it. */
  call: CallSignal
  attachment: AttachmentSignal
}
export type TopicKind = keyof Topics

/** Tells every process what a commit changed. Called after it; never throws and never waits. */
export type PublishChanges = (conversationId: string, range: ChangeRange) => void
