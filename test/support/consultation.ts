import { dataOf } from './graphql-client.js'
import { LedgerCheckStore } from '../../src/billing/ledger-check.store.js'
import type { Database } from '../../src/persistence/database.js'
import type { TestPerson } from './make.js'

export interface Money {
  amountMinor: number
  currency: string
}

export interface Transaction {
  id: string
  kind: string
  amount: Money
  balanceAfter: Money
  description: string
  session: { id: string } | null
}

export interface Consultation {
  id: string
  status: string
  startedAt: string
  endedAt: string | null
  durationSeconds: number
  rate: Money | null
  cost: Money | null
  charge: Transaction | null
  participants: {
    user: { id: string }
    joinedAt: string
    leftAt: string | null
    stays: { joinedAt: string; leftAt: string | null }[]
  }[]
}

const MONEY = '{ amountMinor currency }'
const TRANSACTION = `id kind amount ${MONEY} balanceAfter ${MONEY} description session { id }`
export const CONSULTATION = `id status startedAt endedAt durationSeconds rate ${MONEY} cost ${MONEY} charge { ${TRANSACTION} }
  participants { user { id } joinedAt leftAt stays { joinedAt leftAt } }`

/** A mutation that answers with a session. */
export const askSession = (viewer: TestPerson, field: string, type: string, input: Record<string, unknown>) =>
  viewer.ask<Record<string, { session: Consultation } | null>>(
    `mutation ($input: ${type}!) { ${field}(input: $input) { session { ${CONSULTATION} } } }`,
    { input },
  )

const sessionOf = async (field: string, answer: ReturnType<typeof askSession>): Promise<Consultation> => {
  const session = dataOf(await answer)[field]?.session
  if (!session) throw new Error(`${field} gave no session.`)
  return session
}

export const start = (viewer: TestPerson, input: Record<string, unknown>) =>
  sessionOf('createSession', askSession(viewer, 'createSession', 'CreateSessionInput', { type: 'CHAT', ...input }))

export const end = (viewer: TestPerson, sessionId: string) =>
  sessionOf('endSession', askSession(viewer, 'endSession', 'EndSessionInput', { sessionId }))

export const join = (viewer: TestPerson, sessionId: string) =>
  sessionOf('joinSession', askSession(viewer, 'joinSession', 'SessionPresenceInput', { sessionId }))

export const leave = (viewer: TestPerson, sessionId: string) =>
  sessionOf('leaveSession', askSession(viewer, 'leaveSession', 'SessionPresenceInput', { sessionId }))

export const refund = (admin: TestPerson, input: Record<string, unknown>) =>
  sessionOf('refundSession', askSession(admin, 'refundSession', 'RefundInput', { reason: 'It was cut off', ...input }))

export const findSession = async (viewer: TestPerson, id: string) =>
  (await viewer.request<{ session: Consultation }>(`query ($id: ID!) { session(id: $id) { ${CONSULTATION} } }`, { id }))
    .session

/** What a minute costs, for every kind of session. */
export const setRate = (professional: TestPerson, amountMinor: number, currency = 'EUR') =>
  professional.request(
    'mutation ($input: ProfessionalProfileInput!) { setProfessionalProfile(input: $input) { user { id } } }',
    {
      input: {
        rates: ['CHAT', 'VOICE', 'VIDEO'].map(type => ({ type, perMinute: { amountMinor, currency } })),
      },
    },
  )

export const topUp = (admin: TestPerson, userId: string, amount: Money, reference: string) =>
  admin.ask<{ topUpWallet: { wallet: { id: string; balances: Money[] } } | null }>(
    `mutation ($input: TopUpInput!) { topUpWallet(input: $input) { wallet { id balances ${MONEY} } } }`,
    { input: { userId, amount, reference } },
  )

export interface Wallet {
  id: string
  balances: Money[]
  transactions: {
    edges: { cursor: string; node: Transaction }[]
    pageInfo: { hasNextPage: boolean; endCursor: string | null }
  }
}

export const readWallet = async (viewer: TestPerson, variables: Record<string, unknown> = {}): Promise<Wallet> =>
  (
    await viewer.request<{ wallet: Wallet }>(
      `query ($currency: String, $first: Int, $after: String) { wallet { id balances ${MONEY}
        transactions(currency: $currency, first: $first, after: $after) {
          edges { cursor node { ${TRANSACTION} } } pageInfo { hasNextPage endCursor } } } }`,
      variables,
    )
  ).wallet

/** As if the session had begun so long ago, and nobody had done anything since `activeSeconds` after that. */
export const backdate = async (database: Database, sessionId: string, seconds: number, activeSeconds = 0) => {
  await database.call(
    `with began as (update sessions set started_at = started_at - $2::int * interval '1 s',
      last_activity_at = started_at + ($3::int - $2::int) * interval '1 s' where id = $1)
     update session_participants set joined_at = joined_at - $2::int * interval '1 s',
       left_at = left_at - $2::int * interval '1 s' where session_id = $1`,
    [sessionId, seconds, activeSeconds],
  )
}

/** Where the ledger is not right. */
export const findLedgerFaults = async (database: Database): Promise<string[]> => {
  const all: string[] = []
  for await (const found of new LedgerCheckStore(database).faults()) all.push(...found)
  return all
}
