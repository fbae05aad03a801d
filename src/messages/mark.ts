import type { Participant } from '../conversations/conversation.js'

/** A participant's position, moving forward. */
export interface Mark {
  conversationId: string
  userId: string
  /** Null: everything up to now. */
  throughMessageId: string | null
  kind: 'READ' | 'DELIVERED'
  requestId: string
}

export type MarkOutcome =
  { kind: 'MARKED'; participant: Participant; moved: boolean } | { kind: 'NOT_FOUND' | 'NO_MESSAGE' }
