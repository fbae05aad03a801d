import type { Money } from './money.js'

export type TransactionKind = 'TOP_UP' | 'SESSION_CHARGE' | 'SESSION_EARNING' | 'REFUND'

/** Money that moves, all at once: its entries sum to zero. */
export interface Posting {
  /** The host system's: what was done under it is not done again. */
  reference: string | null
  sessionId: string | null
  /** Null where nobody in particular did it. */
  createdById: string | null
  currency: string
  entries: PostingEntry[]
}

export interface PostingEntry {
  /** Null: the house's, where money comes from. Each once. */
  userId: string | null
  kind: TransactionKind
  /** Negative when it leaves the wallet. */
  amountMinor: number
  description: string
}

/** An entry, as its wallet shows it. */
export interface WalletTransaction {
  id: string
  userId: string
  /** In its wallet: 1, 2, 3 … */
  number: number
  kind: TransactionKind
  amount: Money
  balanceAfter: Money
  sessionId: string | null
  description: string
  createdAt: Date
}

/** What somebody paid for a session, and what of it they got back. */
export interface Payment {
  userId: string
  paidMinor: number
  refundedMinor: number
}

/** What somebody pays for a session, so far or in the end, and what of it they got back. */
export interface Share {
  cost: Money
  refunded: Money
}
