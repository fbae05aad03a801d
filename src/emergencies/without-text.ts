import type { Message } from '../messages/message.js'

/** For who may know of a message, and not what it says. */
export const withoutText = (message: Message): Message => ({
  ...message,
  body: null,
  card: null,
  clientMessageId: message.id,
  replyToId: null,
  sessionId: null,
})
