import type { TransactionKind, WalletTransaction } from './ledger.js'

/** Of `ledger_entries e join ledger_transactions t`; what a WalletTransaction needs. */
export const ENTRY_COLUMNS = `e.id, e.user_id as "userId", e.number, e.kind::text as kind, e.currency, e.amount_minor as "amountMinor",
  e.balance_after_minor as "balanceAfterMinor", t.session_id as "sessionId", e.description, t.created_at as "createdAt"`

export interface EntryRow {
  id: string
  userId: string
  number: number
  kind: TransactionKind
  currency: string
  amountMinor: number
  balanceAfterMinor: number
  sessionId: string | null
  description: string
  createdAt: Date
}

export const entryFromRow = ({ currency, amountMinor, balanceAfterMinor, ...row }: EntryRow): WalletTransaction => ({
  ...row,
  amount: { amountMinor, currency },
  balanceAfter: { amountMinor: balanceAfterMinor, currency },
})
