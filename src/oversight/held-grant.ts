import type { Participant } from '../conversations/conversation.js'

/** A grant under which an admin reads a conversation now, and the part of its subject there. */
export interface HeldGrant {
  id: string
  adminId: string
  /** By the database's clock. */
  remainingMs: number
  /** The subject's. */
  participant: Participant
}

export interface HeldGrantKey {
  adminId: string
  conversationId: string
}
