import { describe, expect, test } from '@jest/globals'
import { backdate, end, findSession, join, type Money, refund, setRate, start, topUp } from '../support/consultation.js'
import { BY_HAND } from '../support/jobs.js'
import { make, type TestPerson } from '../support/make.js'
import { eventually, toldTo } from '../support/notifications.js'
import { begun } from '../support/room.js'
import { startApp } from '../support/start-app.js'

const app = await startApp({}, { jobTimings: BY_HAND, auditTimings: { flushMs: 20, chainMs: 50 } })
const other = await startApp({}, { beside: app, jobTimings: BY_HAND })
const given = make(app)
const { admin, pair, patient, professional, care } = given

const euros = (amountMinor: number) => ({ amountMinor, currency: 'EUR' })
const MONEY = '{ amountMinor currency }'

interface Changed {
  walletChanged: { id: string; balances: Money[] }
}
const CHANGED = `subscription { walletChanged { id balances ${MONEY} } }`
const BILL = `query ($id: ID!) { session(id: $id) { refunded ${MONEY} viewerCost ${MONEY} cost ${MONEY} } }`
interface Bill {
  refunded: Money | null
  viewerCost: Money | null
  cost: Money | null
}
const billOf = async (viewer: TestPerson, id: string) => (await viewer.request<{ session: Bill }>(BILL, { id })).session

const held = async () => {
  const people = await pair()
  await setRate(people.professional, 600)
  const { id } = await start(people.patient, { withUserId: people.professional.id })
  await backdate(app.database, id, 60)
  return { ...people, id, paid: (await end(people.professional, id)).cost?.amountMinor ?? 0 }
}

describe('000.8 a wallet', () => {
  test('is told of live: as it is, then whatever comes in and goes out, at whichever process', async () => {
    const people = await pair()
    await setRate(people.professional, 600)
    const sockets = [await people.patient.at(other).connect(), await people.professional.connect()] as const
    const theirs = sockets.map(socket => socket.subscribe<Changed>(CHANGED))
    const next = (index: number) => theirs[index]?.next().then(({ walletChanged }) => walletChanged)
    expect(await next(0)).toEqual({ id: people.patient.id, balances: [] })
    expect(await next(1)).toEqual({ id: people.professional.id, balances: [] })
    await topUp(admin, people.patient.id, euros(5_000), `${people.patient.id} one`)
    expect(await next(0)).toMatchObject({ balances: [euros(5_000)] })
    // What was done before tells nothing.
    await topUp(admin, people.patient.id, euros(5_000), `${people.patient.id} one`)

    const { id } = await start(people.patient, { withUserId: people.professional.id })
    await backdate(app.database, id, 60)
    const { cost } = await end(people.professional, id)
    const paid = cost?.amountMinor ?? 0
    expect(await next(0)).toMatchObject({ balances: [euros(5_000 - paid)] })
    expect(await next(1)).toMatchObject({ balances: [euros(paid)] })
    await refund(admin, { sessionId: id, amount: euros(100) })
    expect(await next(0)).toMatchObject({ balances: [euros(5_100 - paid)] })
    expect(await next(1)).toMatchObject({ balances: [euros(paid - 100)] })
  })

  test('is looked at every now and then, should nobody tell of it', async () => {
    const looking = await startApp({}, { beside: app, jobTimings: BY_HAND, lookEveryMs: 50 })
    const somebody = await patient()
    const socket = await somebody.at(looking).connect()
    const changes = socket.subscribe<Changed>(CHANGED)
    await changes.next()
    const { services } = app
    await app.database.transaction(tx =>
      services.ledger
        .post(tx, {
          reference: null,
          sessionId: null,
          createdById: null,
          currency: 'EUR',
          entries: [
            { userId: somebody.id, kind: 'TOP_UP', amountMinor: 7, description: 'Untold' },
            { userId: null, kind: 'TOP_UP', amountMinor: -7, description: 'Untold' },
          ],
        })
        .then(() => undefined),
    )
    expect((await changes.next()).walletChanged.balances).toEqual([euros(7)])
  })

  test('002.11 of anyone is read by admins, who find there what to refund, and leave an event of it', async () => {
    const { patient: payer, id, paid } = await held()
    const DESK = `query ($userId: ID) { wallet(userId: $userId) { id balances ${MONEY}
      transactions(first: 10) { edges { node { kind amount ${MONEY} sessionId session { id } } } } } }`
    const { wallet } = await admin.request<{ wallet: { transactions: { edges: { node: { sessionId: string } }[] } } }>(
      DESK,
      { userId: payer.id },
    )
    expect(wallet).toMatchObject({ id: payer.id, balances: [euros(-paid)] })
    const [charge] = wallet.transactions.edges
    expect(charge?.node).toEqual({ kind: 'SESSION_CHARGE', amount: euros(-paid), sessionId: id, session: null })
    await refund(admin, { sessionId: charge?.node.sessionId })
    expect(await billOf(payer, id)).toMatchObject({ refunded: euros(paid) })

    expect(await payer.request(DESK, { userId: payer.id })).toMatchObject({ wallet: { id: payer.id } })
    const code = async (viewer: TestPerson, userId: string) =>
      (await viewer.ask(DESK, { userId })).errors?.[0]?.extensions
    expect(await code(payer, admin.id)).toMatchObject({ code: 'FORBIDDEN' })
    for (const nobody of ['nobody', ' ', 'x'.repeat(200)])
      expect(await code(admin, nobody)).toMatchObject({ code: 'NOT_FOUND', field: 'userId' })
    const LOG = `query ($filter: AuditFilter) { auditLog(filter: $filter) { edges { node { action subjectUser { id } } } } }`
    const filter = { actorId: admin.id, actions: ['wallet'] }
    await eventually(
      () => admin.request<{ auditLog: { edges: { node: { subjectUser: { id: string } | null } }[] } }>(LOG, { filter }),
      ({ auditLog }) => auditLog.edges.some(({ node }) => node.subjectUser?.id === payer.id),
    )
  })
})

describe('000.8 a refund', () => {
  test('is seen on the session, which is told live, also long after it', async () => {
    const { patient: payer, professional: earner, id, paid } = await held()
    expect(await billOf(payer, id)).toEqual({ refunded: euros(0), viewerCost: euros(paid), cost: euros(paid) })
    const socket = await payer.at(other).connect()
    const UPDATED = `subscription ($id: ID) { sessionUpdated(sessionId: $id) { id refunded ${MONEY} } }`
    const [own, all] = [{ id }, {}].map(variables =>
      socket.subscribe<{ sessionUpdated: { id: string; refunded: Money } }>(UPDATED, variables),
    )
    const { session } = await payer.request<{ session: { conversation: { id: string } } }>(
      'query ($id: ID!) { session(id: $id) { conversation { id } } }',
      { id },
    )
    const events = socket.subscribe<{ conversationEvents: { message?: { systemEvent: string; session: object } } }>(
      `subscription ($id: ID!) { conversationEvents(conversationId: $id) {
        ... on MessageChanged { message { systemEvent session { id refunded ${MONEY} } } } } }`,
      { id: session.conversation.id },
    )
    await begun(socket, 3)
    const part = { sessionId: id, amount: euros(100), reference: `${id} part` }
    expect(await refund(admin, part)).toMatchObject({ cost: euros(paid) })
    const told = { id, refunded: euros(100) }
    expect((await own?.next())?.sessionUpdated).toEqual(told)
    expect((await all?.next())?.sessionUpdated).toEqual(told)
    const since = await events.until(({ conversationEvents: { message } }) => message !== undefined)
    expect(since.at(-1)?.conversationEvents.message).toEqual({ systemEvent: 'SESSION_ENDED', session: told })
    // Once more under the same reference nothing is given, nor told.
    await refund(admin, part)
    await refund(admin, { sessionId: id, amount: euros(50) })
    expect((await own?.next())?.sessionUpdated).toEqual({ id, refunded: euros(150) })
    expect((await billOf(earner, id)).refunded).toEqual(euros(150))
  })

  test('003.15 notifies who paid and who had earned it, each once, also where they have muted the conversation', async () => {
    const { patient: payer, professional: earner, id } = await held()
    const { session } = await payer.request<{ session: { conversation: { id: string } } }>(
      'query ($id: ID!) { session(id: $id) { conversation { id } } }',
      { id },
    )
    const input = { conversationId: session.conversation.id, enabled: false }
    await payer.request(
      'mutation ($input: NotificationSettingsInput!) { updateNotificationSettings(input: $input) { conversation { id } } }',
      { input },
    )
    await refund(admin, { sessionId: id, amount: euros(10), reference: `${id} told` })
    await refund(admin, { sessionId: id, amount: euros(10), reference: `${id} told` })
    for (const person of [payer, earner]) {
      const told = (await toldTo(person)).filter(({ kind }) => kind === 'SESSION_REFUNDED')
      expect(told).toHaveLength(1)
      expect(told[0]).toMatchObject({ title: 'A session was refunded', actor: null, session: { id }, message: null })
    }
  })
})

test('000.17 in a group everyone sees what they pay themselves, while it runs and in the end', async () => {
  const lead = await professional()
  await setRate(lead, 6_000)
  const [one, two, absent] = [await patient(), await patient(), await patient()]
  for (const somebody of [one, two, absent]) await care(somebody, lead)
  const { createGroup } = await lead.request<{ createGroup: { conversation: { id: string } } }>(
    'mutation ($input: CreateGroupInput!) { createGroup(input: $input) { conversation { id } } }',
    { input: { title: 'Circle', participantIds: [one.id, two.id, absent.id] } },
  )
  const { id } = await start(lead, { conversationId: createGroup.conversation.id })
  await join(one, id)
  await backdate(app.database, id, 120)
  await join(two, id)
  const running = await Promise.all([one, two, lead, absent].map(viewer => billOf(viewer, id)))
  expect(running[0]?.viewerCost?.amountMinor).toBeGreaterThanOrEqual(12_000)
  expect(running[1]?.viewerCost?.amountMinor).toBeLessThan(12_000)
  expect([running[2]?.viewerCost, running[3]?.viewerCost]).toEqual([null, null])
  await end(lead, id)
  const final = await Promise.all([one, two].map(viewer => billOf(viewer, id)))
  const charges = await Promise.all([one, two].map(async viewer => await findSession(viewer, id)))
  expect(final.map(({ viewerCost }) => viewerCost?.amountMinor)).toEqual(
    charges.map(({ charge }) => Math.abs(charge?.amount.amountMinor ?? 0)),
  )
  const free = await pair()
  const { id: nothing } = await start(free.patient, { withUserId: free.professional.id })
  expect(await billOf(free.patient, nothing)).toEqual({ refunded: null, viewerCost: null, cost: null })
})
