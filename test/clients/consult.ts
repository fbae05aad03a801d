import type { ApolloClient } from '@apollo/client'
import { follow, type View } from './follow.js'
import {
  ProfessionalsDocument,
  WalletChangedDocument,
  WalletDocument,
  type MoneyPartsFragment,
  type SessionPartsFragment,
  type SessionType,
  type WalletChangedSubscription,
  type WalletQuery,
  type WalletQueryVariables,
} from './operations.js'

/** Of the viewer's professionals those who take a session of this kind now, and what a minute costs: null is free. */
export const findAvailable = async (client: ApolloClient, type: SessionType) => {
  const { data } = await client.query({ query: ProfessionalsDocument, fetchPolicy: 'network-only' })
  const people = data?.contacts.edges.map(({ node }) => node) ?? []
  return people.flatMap(({ id, displayName, professional }) => {
    if (!professional?.acceptingSessions || !professional.sessionTypes.includes(type)) return []
    const perMinute = professional.rates.find(rate => rate.type === type)?.perMinute ?? null
    return [{ id, displayName, perMinute }]
  })
}

/** A currency has as many digits behind the point as it has: two of EUR, none of JPY. */
export const showMoney = (
  { amountMinor, currency }: Pick<MoneyPartsFragment, 'amountMinor' | 'currency'>,
  locale?: string,
) => {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency })
  return format.format(amountMinor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}

/** How long it has gone on and what it costs, so long after this answer of the server. Once it has ended, that alone counts. */
export const runningAt = (session: SessionPartsFragment, viewerId: string, sinceAnswerMs: number) => {
  const { status, durationSeconds, rate, cost, viewerCost, patient, participants } = session
  const passed = status === 'ACTIVE' ? Math.floor(sinceAnswerMs / 1000) : 0
  // Of two, the patient pays until the end; in a group each patient while they are in it.
  const inIt = participants.filter(({ role, leftAt }) => role === 'PATIENT' && leftAt === null)
  const payers = patient ? [patient.id] : inIt.map(({ user }) => user.id)
  const grown = Math.round(((rate?.amountMinor ?? 0) * passed) / 60)
  const after = (money: MoneyPartsFragment | null, times: number) =>
    money && { ...money, amountMinor: money.amountMinor + times * grown }
  return {
    seconds: durationSeconds + passed,
    cost: after(cost, payers.length),
    viewerCost: after(viewerCost, payers.includes(viewerId) ? 1 : 0),
  }
}

/** Shows what the viewer's wallet holds: now, and whenever something comes in or goes out. */
export const followWallet = (client: ApolloClient, { show, fail }: View<WalletChangedSubscription['walletChanged']>) =>
  follow(client, WalletChangedDocument, {}, { show: ({ walletChanged }) => show(walletChanged), fail })

/** What came into a wallet and left it, the newest first, page after page for as long as somebody reads on. */
export async function* transactions(client: ApolloClient, of: { userId?: string; currency?: string } = {}) {
  for (let after: string | null = null, more = true; more;) {
    const variables: WalletQueryVariables = { ...of, after }
    const { data } = await client.query<WalletQuery>({ query: WalletDocument, variables, fetchPolicy: 'no-cache' })
    if (!data) return
    for (const { node } of data.wallet.transactions.edges) yield node
    ;({ endCursor: after, hasNextPage: more } = data.wallet.transactions.pageInfo)
  }
}

/** For an admin: what somebody paid for their sessions, the newest first, and what of it they got back. */
export async function* payments(client: ApolloClient, userId: string) {
  const refunds = new Map<string, number>()
  for await (const { kind, sessionId, amount, description, createdAt } of transactions(client, { userId })) {
    if (sessionId === null) continue
    // A refund comes after what it gives back, and so before it in the list.
    const refunded = refunds.get(sessionId) ?? 0
    if (kind === 'REFUND') refunds.set(sessionId, refunded + amount.amountMinor)
    if (kind !== 'SESSION_CHARGE') continue
    const { currency, amountMinor } = amount
    yield {
      sessionId,
      userId,
      description,
      createdAt,
      paid: { currency, amountMinor: -amountMinor },
      refunded: { currency, amountMinor: refunded },
    }
  }
}
