import type { ApolloClient } from '@apollo/client'
import {
  ProfessionalsDocument,
  WalletDocument,
  type MoneyPartsFragment,
  type SessionPartsFragment,
  type SessionType,
  type WalletQuery,
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

/** What a session of two costs by now, between two answers; once it has ended, only the server's `cost` counts. */
export const costAt = ({ rate, startedAt }: Pick<SessionPartsFragment, 'rate' | 'startedAt'>, nowMs = Date.now()) => {
  if (!rate) return null
  const seconds = Math.max(0, Math.floor((nowMs - Date.parse(startedAt)) / 1000))
  return { ...rate, amountMinor: Math.floor((rate.amountMinor * seconds + 30) / 60) }
}

/** What came into the viewer's wallet and left it, the newest first, page after page for as long as somebody reads on. */
export async function* transactions(client: ApolloClient, currency?: string) {
  for (let after: string | null = null, more = true; more;) {
    const variables: { currency: string | undefined; after: string | null } = { currency, after }
    const { data } = await client.query<WalletQuery>({ query: WalletDocument, variables, fetchPolicy: 'no-cache' })
    if (!data) return
    for (const { node } of data.wallet.transactions.edges) yield node
    ;({ endCursor: after, hasNextPage: more } = data.wallet.transactions.pageInfo)
  }
}
