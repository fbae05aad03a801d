import { forbidden, notFound } from '../errors.js'
import { pageArgs, pagedForward, type Paged, type PageInput } from '../paging/page.js'
import { type Viewer, isAdmin } from '../people/person.js'
import type { Services } from '../services.js'
import type { WalletTransaction } from './ledger.js'
import { checkCurrency } from './money.js'

/** Whose wallet is asked for: the viewer's own, or, for an admin, anyone's. */
export const findWalletOf = async (
  { people }: Pick<Services, 'people'>,
  viewer: Viewer,
  userId: string | null,
): Promise<string> => {
  if (userId === null || userId === viewer.userId) return viewer.userId
  if (!isAdmin(viewer)) throw forbidden('Only admins read the wallet of somebody else.')
  if (!(await people.find(userId))) throw notFound('user', 'userId')
  return userId
}

/** Newest first. */
export const listTransactions = async (
  needs: Pick<Services, 'cursors' | 'ledger'>,
  userId: string,
  currency: string | null,
  input: PageInput,
): Promise<Paged<WalletTransaction>> => {
  const { limit, cursor } = pageArgs(input)
  if (typeof currency === 'string') checkCurrency('currency', currency)
  const before = cursor === null ? null : needs.cursors.readTransaction(cursor, userId)
  const found = await needs.ledger.list(userId, { currency, before, limit: limit + 1 })
  const cursorOf = ({ number }: WalletTransaction) => needs.cursors.transaction(userId, number)
  return pagedForward({ found, limit, after: before, cursorOf })
}
