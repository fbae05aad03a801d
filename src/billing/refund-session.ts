import { takesPart } from '../conversations/conversation-access.js'
import type { OpenConversation, Writing } from '../conversations/conversation-writer.js'
import { badInput, conflict, notFound } from '../errors.js'
import { isUuid, optionalExternalId } from '../limits/ids.js'
import { cleanText } from '../limits/text.js'
import { refundNotices } from '../notifications/notices.js'
import type { Asker } from '../people/person.js'
import type { Services } from '../services.js'
import type { Session } from '../sessions/session.js'
import type { ReferredTo } from './ledger.store.js'
import type { Payment, Posting } from './ledger.js'
import { checkMoney, type Money } from './money.js'
import { checkReference, referenceReused } from './reference.js'

type Needs = Pick<Services, 'ledger' | 'loaders' | 'payments' | 'sessions' | 'writer'>

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
  const found = isUuid(input.sessionId) ? await needs.sessions.find(input.sessionId) : null
  if (!found) throw notFound('session', 'input.sessionId')
  const session = await needs.writer.run(async writing => {
    // Who gives back of the same session waits here.
    const open = await writing.open(found.conversationId)
    const before = open && (await needs.sessions.findWithin(writing.tx, found.id))
    if (!before) throw notFound('session', 'input.sessionId')
    const currency = chargedIn(before)
    const given = await whatIsGiven(needs, writing.tx, { sessionId: before.id, currency }, refund)
    if (given.length === 0) return before
    const posting = { ...postingOf(before, given, refund, viewer.userId), currency }
    if (!(await needs.ledger.post(writing.tx, posting))) throw referenceReused()
    await tell(writing, open, before, given)
    return (await needs.sessions.findWithin(writing.tx, found.id)) ?? before
  }, viewer)
  const participant = await needs.loaders.participant({ conversationId: session.conversationId, userId: viewer.userId })
  // What the two wrote is theirs.
  return takesPart(participant) ? session : { ...session, endReason: null }
}

/** Those who paid, and who gives it back; and whoever follows the session. */
const tell = async (writing: Writing, open: OpenConversation, session: Session, given: GivenBack[]): Promise<void> => {
  const people = [...given.map(({ userId }) => userId), session.professionalId]
  await writing.notify(refundNotices(session, people))
  writing.tellWallets(people)
  await open.touchSession(session.id)
}

const readInput = ({ amount, userId, reference, reason }: RefundInput): Refund => ({
  amount: amount ? checkMoney('input.amount', amount) : null,
  userId: optionalExternalId('input.userId', userId),
  reference: typeof reference === 'string' ? checkReference('refund', reference) : null,
  description: `Refund: ${cleanText('input.reason', reason, { max: LONGEST_REASON })}`,
})

interface GivenBack {
  userId: string
  amountMinor: number
}

const nothingPaid = () => badInput('input.sessionId', 'Nothing was paid for this session.')

/** Only what is over was paid. */
const chargedIn = ({ status, rate }: Session): string => {
  if (status === 'ACTIVE') throw conflict('SESSION_NOT_OVER', 'A session is charged when it ends.')
  if (!rate) throw nothingPaid()
  return rate.currency
}

/** To nobody where it was done under this reference before, or nothing is left. */
const whatIsGiven = async (
  { ledger, payments }: Needs,
  tx: Writing['tx'],
  { sessionId, currency }: { sessionId: string; currency: string },
  { amount, userId, reference }: Refund,
): Promise<GivenBack[]> => {
  const used = reference === null ? null : await ledger.findReference(tx, reference)
  const all = await payments.payments(tx, sessionId, used && reference)
  const paid = userId === null ? all : all.filter(payment => payment.userId === userId)
  if (used && !isSame(used, sessionId, { amount, userId }, paid)) throw referenceReused()
  if (used) return []
  if (all.length === 0) throw nothingPaid()
  if (paid.length === 0) throw badInput('input.userId', 'They paid nothing for this session.')
  if (!amount) return paid.map(left).filter(({ amountMinor }) => amountMinor > 0)
  if (amount.currency !== currency) throw badInput('input.amount.currency', `It was paid in ${currency}.`)
  const [one, ...others] = paid.map(left)
  if (!one || others.length > 0) throw badInput('input.userId', 'Several people paid: name whose payment it is.')
  if (amount.amountMinor > one.amountMinor)
    throw badInput('input.amount.amountMinor', `At most ${one.amountMinor} is left to be given back.`)
  return [{ userId: one.userId, amountMinor: amount.amountMinor }]
}

/** `paid` is what it was then: of the whole, nothing was left. */
const isSame = (
  used: ReferredTo,
  sessionId: string,
  { amount, userId }: Pick<Refund, 'amount' | 'userId'>,
  paid: Payment[],
): boolean =>
  used.sessionId === sessionId &&
  (userId === null || used.userId === userId) &&
  (amount
    ? used.amountMinor === amount.amountMinor && used.currency === amount.currency
    : paid.every(payment => left(payment).amountMinor === 0))

const left = ({ userId, paidMinor, refundedMinor }: Payment): GivenBack => ({
  userId,
  amountMinor: paidMinor - refundedMinor,
})

const postingOf = (
  { id, professionalId }: Session,
  given: GivenBack[],
  { reference, description }: Refund,
  createdById: string,
): Omit<Posting, 'currency'> => {
  const entry = { kind: 'REFUND' as const, description }
  const total = given.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  return {
    reference,
    sessionId: id,
    createdById,
    entries: [...given.map(part => ({ ...entry, ...part })), { ...entry, userId: professionalId, amountMinor: -total }],
  }
}
