import { markRecorded } from '../audit-trail.js'
import { takesPart } from '../conversations/conversation-access.js'
import type { Writing } from '../conversations/conversation-writer.js'
import { badInput, conflict, notFound } from '../errors.js'
import { isUuid, optionalExternalId } from '../limits/ids.js'
import { cleanText } from '../limits/text.js'
import type { Asker } from '../people/person.js'
import type { Services } from '../services.js'
import type { Session } from '../sessions/session.js'
import type { ReferredTo } from './ledger.store.js'
import type { Payment, Posting } from './ledger.js'
import { checkMoney, type Money } from './money.js'
import { checkReference, referenceReused } from './reference.js'

type Needs = Pick<Services, 'ledger' | 'loaders' | 'payments' | 'sessions'>

export interface RefundInput {
  sessionId: string
  amount?: Money | null
  reason: string
  userId?: string | null
  reference?: string | null
}

interface Refund {
  amount: Money | null
  userId: string | null
  reference: string | null
  description: string
}

const LONGEST_REASON = 500

/** From the professional's wallet to those of who paid; never more than they did. */
export const refundSession = async (needs: Needs, viewer: Asker, input: RefundInput): Promise<Session> => {
  const refund = readInput(input)
  const session = await needs.ledger.transaction(viewer, async tx => {
    // Who gives back of the same session waits here.
    const found = isUuid(input.sessionId) ? await needs.sessions.findWithin(tx, input.sessionId) : null
    if (!found) throw notFound('session', 'input.sessionId')
    const shares = await sharesOf(needs, tx, found, refund)
    if (shares.length > 0 && !(await needs.ledger.post(tx, postingOf(found, shares, refund, viewer.userId))))
      throw referenceReused()
    return found
  })
  markRecorded(viewer)
  const participant = await needs.loaders.participant({ conversationId: session.conversationId, userId: viewer.userId })
  // What the two wrote is theirs.
  return takesPart(participant) ? session : { ...session, endReason: null }
}

const readInput = ({ amount, userId, reference, reason }: RefundInput): Refund => ({
  amount: amount ? checkMoney('input.amount', amount) : null,
  userId: optionalExternalId('input.userId', userId),
  reference: typeof reference === 'string' ? checkReference('refund', reference) : null,
  description: `Refund: ${cleanText('input.reason', reason, { max: LONGEST_REASON })}`,
})

interface Share {
  userId: string
  amountMinor: number
}

/** Nobody's where it was done under this reference before, or nothing is left. */
const sharesOf = async (
  { ledger, payments }: Needs,
  tx: Writing['tx'],
  { id, status, rate }: Session,
  { amount, userId, reference }: Refund,
): Promise<Share[]> => {
  if (status === 'ACTIVE') throw conflict('SESSION_NOT_OVER', 'A session is charged when it ends.')
  const used = reference === null ? null : await ledger.findReference(tx, reference)
  if (used && !isSame(used, id, { amount, userId })) throw referenceReused()
  if (used) return []
  const all = await payments.payments(tx, id)
  const paid = userId === null ? all : all.filter(payment => payment.userId === userId)
  if (!rate || all.length === 0) throw badInput('input.sessionId', 'Nothing was paid for this session.')
  if (paid.length === 0) throw badInput('input.userId', 'They paid nothing for this session.')
  if (!amount) return paid.map(left).filter(({ amountMinor }) => amountMinor > 0)
  if (amount.currency !== rate.currency) throw badInput('input.amount.currency', `It was paid in ${rate.currency}.`)
  const [one, ...others] = paid.map(left)
  if (!one || others.length > 0) throw badInput('input.userId', 'Several people paid: name whose payment it is.')
  if (amount.amountMinor > one.amountMinor)
    throw badInput('input.amount.amountMinor', `At most ${one.amountMinor} is left to be given back.`)
  return [{ userId: one.userId, amountMinor: amount.amountMinor }]
}

/** As far as it is told: what was left then is not known any more. */
const isSame = (used: ReferredTo, sessionId: string, { amount, userId }: Pick<Refund, 'amount' | 'userId'>) =>
  used.sessionId === sessionId &&
  (userId === null || used.userId === userId) &&
  (amount === null || (used.amountMinor === amount.amountMinor && used.currency === amount.currency))

const left = ({ userId, paidMinor, refundedMinor }: Payment): Share => ({
  userId,
  amountMinor: paidMinor - refundedMinor,
})

const postingOf = (
  { id, professionalId, rate }: Session,
  shares: Share[],
  { reference, description }: Refund,
  createdById: string,
): Posting => {
  const entry = { kind: 'REFUND' as const, description }
  const total = shares.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  return {
    reference,
    sessionId: id,
    createdById,
    currency: rate?.currency ?? '',
    entries: [
      ...shares.map(share => ({ ...entry, ...share })),
      { ...entry, userId: professionalId, amountMinor: -total },
    ],
  }
}
