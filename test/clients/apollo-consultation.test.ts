import { describe, expect, test } from '@jest/globals'
import { backdate, setRate } from '../support/consultation.js'
import { make } from '../support/make.js'
import { startApp } from '../support/start-app.js'
import { costAt, findAvailable, showMoney, transactions } from './consult.js'
import { explainError } from './explain-error.js'
import { CreateSessionDocument, EndSessionDocument } from './operations.js'
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
    const begun = Date.parse(session?.startedAt ?? '')
    expect(session && costAt(session, begun + 90_500)).toMatchObject({ amountMinor: 375, currency: 'EUR' })
    await backdate(app.database, sessionId, 600)
    const { data } = await client.mutate({ mutation: EndSessionDocument, variables: { input: { sessionId } } })
    const cost = data?.endSession?.session.cost
    expect(cost?.amountMinor).toBeGreaterThanOrEqual(2_500)

    const seen = []
    for await (const one of transactions(client, 'EUR')) seen.push(one)
    expect(seen).toMatchObject([
      { kind: 'SESSION_CHARGE', amount: { amountMinor: -(cost?.amountMinor ?? 0) }, session: { id: sessionId } },
    ])
    for await (const one of transactions(client, 'USD')) throw new Error(`There is a ${one.kind}.`)
  })

  test('004.7 money is shown in its currency’s own way', () => {
    expect(showMoney({ amountMinor: 1_250, currency: 'EUR' }, 'en')).toBe('€12.50')
    expect(showMoney({ amountMinor: 1_250, currency: 'JPY' }, 'en')).toBe('¥1,250')
  })
})
