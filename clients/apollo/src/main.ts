export { whenInspected } from './attachment.js'
export { ChatClient, createChatClient } from './chat-client.js'
export { createChatCache } from './cache.js'
export { ConversationActions } from './conversation-actions.js'
export {
  ConversationView,
  type ChatConversation,
  type ChatParticipant,
  type ConversationState,
} from './conversation-view.js'
export { deliveryStatus } from './delivery-status.js'
export { chatError, isPassing, type ChatError } from './errors.js'
export { follow } from './follow.js'
export { InboxView, type InboxOptions, type InboxState } from './inbox-view.js'
export { keepToken } from './keep-token.js'
export type { ChatMessage } from './message-list.js'
export * from './operations.js'
export type { ChatClientOptions, KeyValueStorage } from './options.js'
export type { NewMessage, Outbox, OutgoingMessage } from './outbox.js'
export { PresenceView, type ChatPresence } from './presence-view.js'
export {
  SessionView,
  costsOf,
  secondsOf,
  type ChatSession,
  type SessionCosts,
  type SessionState,
} from './session-view.js'
export type { ConnectionState } from './socket.js'
export { Store, type Readable } from './store.js'
export { UnreadView, type UnreadState } from './unread-view.js'
export { whenOpen } from './when-open.js'
