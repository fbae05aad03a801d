/** What an admin said last of whether a conversation keeps everything. */
export interface LegalHold {
  conversationId: string
  reason: string
  byId: string
  at: Date
}

/** A word on a conversation: that it is held, or is not any more. */
export interface HoldEntry extends LegalHold {
  isHeld: boolean
}

export interface NumberedHold extends HoldEntry {
  /** In its conversation: 1, 2, 3 … */
  number: number
}
