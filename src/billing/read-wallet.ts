import { pageArgs, pagedForward, type Paged, type PageInput } from '../paging/page.js'
import type { Services } from '../services.js'
import type { WalletTransaction } from './ledger.js'

/** Newest first. */
export const listTransactions = async (
  needs: Pick<Services, 'cursors' | 'ledger'>,
  userId: string,
  currency: string | null,
  input: PageInput,
): Promise<Paged<WalletTransaction>> => {
  const { limit, cursor } = pageArgs(input)
  const before = cursor === null ? null : needs.cursors.readTransaction(cursor, userId)
  const found = await needs.ledger.list(userId, { currency, before, limit: limit + 1 })
  const cursorOf = ({ number }: WalletTransaction) => needs.cursors.transaction(userId, number)
  return pagedForward({ found, limit, after: before, cursorOf })
}
