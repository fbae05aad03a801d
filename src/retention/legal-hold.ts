/** What an admin said last of whether a conversation keeps everything. */
export interface LegalHold {
  conversationId: string
  reason: string
  byId: string
  at: Date
}
