import { describe, expect, test } from '@jest/globals'
import { backdate, setRate, topUp } from '../support/consultation.js'
import { make } from '../support/make.js'
import { startApp } from '../support/start-app.js'
import { findAvailable, followWallet, payments, runningAt, showMoney, transactions } from './consult.js'
import { explainError } from './explain-error.js'
import {
  CreateGroupDocument,
  CreateSessionDocument,
  EndSessionDocument,
  JoinSessionDocument,
  LeaveSessionDocument,
  type MoneyPartsFragment,
  RefundSessionDocument,
  SessionDocument,
  type SessionPartsFragment,
} from './operations.js'
import { clientsAt } from './test-client.js'

const app = await startApp()
const given = make(app)
const clientOf = clientsAt(app)

const ACCEPT = 'mutation ($input: SetAcceptingInput!) { setAccepting(input: $input) { user { id } } }'

describe('004.7 Apollo Client: consultations', () => {
  test('004.7 a patient finds who is available, sees what it costs, and finds it in their wallet', async () => {
    const { patient, professional } = await given.pair()
    const idle = await given.professional()
    await given.care(patient, idle)
    await idle.request(ACCEPT, { input: { accepting: false } })
    await setRate(professional, 250)
    const client = clientOf(patient)
    const perMinute = { amountMinor: 250, currency: 'EUR' }
    const { id: withUserId, displayName } = professional
    expect(await findAvailable(client, 'VIDEO')).toMatchObject([{ id: withUserId, displayName, perMinute }])

    const start = (input: { withUserId: string; type: 'VIDEO' }) =>
      client.mutate({ mutation: CreateSessionDocument, variables: { input } })
    const refused = await start({ withUserId: idle.id, type: 'VIDEO' }).catch(explainError)
    expect(refused).toBe('There are no such sessions at present.')
    const session = (await start({ withUserId, type: 'VIDEO' })).data?.createSession?.session
    const sessionId = session?.id ?? ''
    const running = session && runningAt(session, patient.id, 90_500)
    const soFar = { amountMinor: 375, currency: 'EUR' }
    expect(running).toMatchObject({ seconds: 90, cost: soFar, viewerCost: soFar })
    expect(session && runningAt(session, professional.id, 90_500).cost).toMatchObject(soFar)
    await backdate(app.database, sessionId, 600)
    const { data } = await client.mutate({ mutation: EndSessionDocument, variables: { input: { sessionId } } })
    const ended = data?.endSession?.session
    const cost = ended?.cost
    expect(ended && runningAt(ended, patient.id, 90_500)).toMatchObject({ seconds: ended?.durationSeconds, cost })
    expect(cost?.amountMinor).toBeGreaterThanOrEqual(2_500)

    const seen = []
    for await (const one of transactions(client, { currency: 'EUR' })) seen.push(one)
    expect(seen).toMatchObject([
      { kind: 'SESSION_CHARGE', amount: { amountMinor: -(cost?.amountMinor ?? 0) }, sessionId },
    ])
    for await (const one of transactions(client, { currency: 'USD' })) throw new Error(`There is a ${one.kind}.`)
  })

  test('004.7 in a group each patient sees what they pay, and an admin what they paid, and gives it back', async () => {
    const { patient, professional } = await given.pair()
    const other = await given.patient()
    await given.care(other, professional)
    await setRate(professional, 600)
    const lead = clientOf(professional)
    const group = await lead.mutate({
      mutation: CreateGroupDocument,
      variables: { input: { title: 'Circle', participantIds: [patient.id, other.id] } },
    })
    const conversationId = group.data?.createGroup?.conversation.id ?? ''
    const created = await lead.mutate({
      mutation: CreateSessionDocument,
      variables: { input: { conversationId, type: 'VOICE' } },
    })
    const sessionId = created.data?.createSession?.session.id ?? ''
    const client = clientOf(patient)
    const read = async () => {
      const { data } = await client.query({ query: SessionDocument, variables: { sessionId }, fetchPolicy: 'no-cache' })
      if (!data?.session) throw new Error('There is no session.')
      return data.session
    }
    expect(runningAt(await read(), patient.id, 30_000)).toMatchObject({ cost: { amountMinor: 0 }, viewerCost: null })
    for (const one of [client, clientOf(other)])
      await one.mutate({ mutation: JoinSessionDocument, variables: { input: { sessionId } } })
    const joined = await read()
    const grown = (session: SessionPartsFragment) => {
      const { cost, viewerCost } = runningAt(session, patient.id, 30_000)
      const by = (now: MoneyPartsFragment | null, then: MoneyPartsFragment | null) =>
        (now?.amountMinor ?? 0) - (then?.amountMinor ?? 0)
      return [by(cost, session.cost), by(viewerCost, session.viewerCost)]
    }
    expect(grown(joined)).toEqual([600, 300])
    await backdate(app.database, sessionId, 60)
    await client.mutate({ mutation: LeaveSessionDocument, variables: { input: { sessionId } } })
    expect(grown(await read())).toEqual([300, 0])
    await lead.mutate({ mutation: EndSessionDocument, variables: { input: { sessionId } } })

    const admin = clientOf(given.admin)
    const paidBy = async (userId: string) => {
      const all = []
      for await (const payment of payments(admin, userId)) all.push(payment)
      return all
    }
    const { amountMinor: paidMinor = 0 } = (await read()).viewerCost ?? {}
    expect(paidMinor).toBeGreaterThanOrEqual(600)
    const paid = { amountMinor: paidMinor, currency: 'EUR' }
    expect(await paidBy(patient.id)).toMatchObject([{ sessionId, paid, refunded: { amountMinor: 0 } }])
    const refund = (amountMinor: number, reference: string, userId = patient.id) =>
      admin.mutate({
        mutation: RefundSessionDocument,
        variables: {
          input: {
            ...{ sessionId, reference, reason: 'It was cut off.', userId },
            amount: { amountMinor, currency: 'EUR' },
          },
        },
      })
    for (const reference of ['first', 'first', 'second']) await refund(100, `${sessionId} ${reference}`)
    expect(await refund(paidMinor, `${sessionId} third`).catch(explainError)).toBe(
      'Please check input.amount.amountMinor.',
    )
    expect(await paidBy(patient.id)).toMatchObject([{ paid, refunded: { amountMinor: 200, currency: 'EUR' } }])
    await refund(50, `${sessionId} of the other`, other.id)
    const refunded = { refunded: { amountMinor: 250 }, viewerRefunded: { amountMinor: 200 } }
    expect(await read()).toMatchObject(refunded)
    expect((await lead.query({ query: SessionDocument, variables: { sessionId } })).data?.session).toMatchObject({
      refunded: { amountMinor: 250 },
      viewerRefunded: null,
    })
    expect(await paidBy(professional.id)).toEqual([])
  })

  test('004.7 a wallet is shown as it is, and again when something comes in', async () => {
    const patient = await given.patient()
    const shown: number[][] = []
    const wait = { for: 1, done: () => {} }
    const whenShown = (count: number) =>
      new Promise<void>(resolve => {
        Object.assign(wait, { for: count, done: resolve })
        if (shown.length >= count) resolve()
      })
    const stop = followWallet(clientOf(patient), {
      show: ({ balances }) => {
        shown.push(balances.map(({ amountMinor }) => amountMinor))
        if (shown.length >= wait.for) wait.done()
      },
      fail: error => {
        throw error
      },
    })
    await whenShown(1)
    await topUp(given.admin, patient.id, { amountMinor: 700, currency: 'EUR' }, `${patient.id} live`)
    await whenShown(2)
    stop()
    expect(shown).toEqual([[], [700]])
  })

  test('004.7 money is shown in its currency’s own way', () => {
    expect(showMoney({ amountMinor: 1_250, currency: 'EUR' }, 'en')).toBe('€12.50')
    expect(showMoney({ amountMinor: 1_250, currency: 'JPY' }, 'en')).toBe('¥1,250')
  })
})
