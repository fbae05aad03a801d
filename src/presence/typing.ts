import type { TypingSignal } from '../events/topics.js'

export interface Typing {
  conversationId: string
  userId: string
  isTyping: boolean
  /** Null for a stop. */
  expiresAt: Date | null
}

export const typingOf = ({ expiresAt, ...signal }: TypingSignal): Typing => ({
  ...signal,
  expiresAt: expiresAt === null ? null : new Date(expiresAt),
})

export const stopped = (conversationId: string, userId: string): TypingSignal => ({
  conversationId,
  userId,
  isTyping: false,
  expiresAt: null,
})
