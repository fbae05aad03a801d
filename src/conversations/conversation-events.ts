import type { Message } from '../messages/message.js'
import type { Conversation, Participant } from './conversation.js'

interface At<Type extends string> {
  type: Type
  /** Hand it to `after` to go on behind this event. */
  cursor: string
}

export type MessageChanged = At<'MessageChanged'> & { change: 'ADDED' | 'UPDATED'; message: Message }
export type ParticipantChanged = At<'ParticipantChanged'> & { participant: Participant }
export type ConversationChanged = At<'ConversationChanged'> & { conversation: Conversation }
export type ConversationEvent =
  MessageChanged | ParticipantChanged | ConversationChanged | At<'CaughtUp'> | At<'ResyncRequired'>

export type InboxEvent =
  { type: 'InboxLive'; at: Date } | ConversationChanged | { type: 'ConversationRemoved'; conversationId: string }
