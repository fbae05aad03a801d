import { badInput, notFound } from '../errors.js'
import { externalId } from '../limits/ids.js'
import type { Asker } from '../people/person.js'
import type { Services } from '../services.js'
import type { Posting } from './ledger.js'
import { checkMoney, type Money } from './money.js'
import { checkReference, referenceReused } from './reference.js'

type Needs = Pick<Services, 'ledger' | 'people' | 'writer'>

export interface TopUpInput {
  userId: string
  amount: Money
  reference: string
}

/** An amount ends at 2^53 - 1: there is room left for what sessions earn and refunds give back, which nothing may refuse. */
const MOST_HELD = 2 ** 52

/** Idempotent by its reference. Answers with whose wallet it is. */
export const topUpWallet = async (needs: Needs, viewer: Asker, input: TopUpInput): Promise<string> => {
  const userId = externalId('input.userId', input.userId)
  const amount = checkMoney('input.amount', input.amount, { most: MOST_HELD })
  const reference = checkReference('top-up', input.reference)
  const { ledger, people } = needs
  await needs.writer.run(async writing => {
    const { tx } = writing
    if (!(await people.findWithin(tx, userId))) throw notFound('user', 'input.userId')
    if (await ledger.post(tx, postingOf(userId, amount, reference, viewer.userId))) {
      if ((await ledger.balanceWithin(tx, userId, amount.currency)) > MOST_HELD)
        throw badInput('input.amount.amountMinor', 'The balance would be more than 2^52.')
    } else {
      const used = await ledger.findReference(tx, reference)
      const { amountMinor, currency } = amount
      if (used?.userId !== userId || used.amountMinor !== amountMinor || used.currency !== currency)
        throw referenceReused()
    }
    writing.tellWallets([userId])
  }, viewer)
  return userId
}

const postingOf = (
  userId: string,
  { amountMinor, currency }: Money,
  reference: string,
  createdById: string,
): Posting => {
  const entry = { kind: 'TOP_UP' as const, description: 'Top-up' }
  return {
    reference,
    sessionId: null,
    createdById,
    currency,
    entries: [
      { ...entry, userId, amountMinor },
      { ...entry, userId: null, amountMinor: -amountMinor },
    ],
  }
}
