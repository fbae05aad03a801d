import { describe, expect, test } from '@jest/globals'
import {
  askSession,
  backdate,
  end,
  findSession,
  join,
  leave,
  readWallet,
  refund,
  setRate,
  start,
  topUp,
  findLedgerFaults,
} from '../support/consultation.js'
import { BY_HAND, runJob } from '../support/jobs.js'
import { make, type TestPerson } from '../support/make.js'
import { startApp } from '../support/start-app.js'

const app = await startApp({}, { jobTimings: BY_HAND })
const given = make(app)
const { admin, pair, patient, professional, care, talk } = given

const euros = (amountMinor: number) => ({ amountMinor, currency: 'EUR' })
const costOf = (rate: number, seconds: number) => Math.floor((rate * seconds + 30) / 60)
const ended = async (people: { patient: TestPerson; professional: TestPerson }, seconds = 600) => {
  const { id } = await start(people.patient, { withUserId: people.professional.id })
  await backdate(app.database, id, seconds)
  return end(people.professional, id)
}
const faults = () => findLedgerFaults(app.database)

test('000.8 a session that ends is charged by its duration, to the patient and for the professional, in their wallets', async () => {
  const people = await pair()
  await setRate(people.professional, 250)
  const running = await start(people.patient, { withUserId: people.professional.id, type: 'VIDEO' })
  expect(running).toMatchObject({ rate: euros(250), charge: null })
  await backdate(app.database, running.id, 600)
  const { cost: soFar } = await findSession(people.patient, running.id)
  expect(soFar?.amountMinor).toBeGreaterThanOrEqual(2_500)

  const over = await end(people.patient, running.id)
  const cost = costOf(250, over.durationSeconds)
  expect(over.durationSeconds).toBeGreaterThanOrEqual(600)
  expect(over).toMatchObject({ cost: euros(cost), charge: { kind: 'SESSION_CHARGE', amount: euros(-cost) } })
  const earned = await findSession(people.professional, running.id)
  expect(earned).toMatchObject({ cost: euros(cost), charge: { kind: 'SESSION_EARNING', amount: euros(cost) } })

  const wallet = await readWallet(people.patient)
  expect(wallet).toMatchObject({ id: people.patient.id, balances: [euros(-cost)] })
  expect(wallet.transactions.edges.map(({ node }) => node)).toEqual([
    {
      id: over.charge?.id,
      kind: 'SESSION_CHARGE',
      amount: euros(-cost),
      balanceAfter: euros(-cost),
      description: `Video session with ${people.professional.displayName}`,
      session: { id: running.id },
    },
  ])
  const theirs = await readWallet(people.professional)
  expect(theirs.balances).toEqual([euros(cost)])
  expect(theirs.transactions.edges[0]?.node.description).toBe(`Video session with ${people.patient.displayName}`)
  expect(await faults()).toEqual([])
})

test('the rate is the one of the start, and without one nothing is charged', async () => {
  const people = await pair()
  const free = await ended(people)
  expect(free).toMatchObject({ rate: null, cost: null, charge: null })
  await setRate(people.professional, 600)
  const { id } = await start(people.patient, { withUserId: people.professional.id })
  await setRate(people.professional, 60_000)
  await backdate(app.database, id, 60)
  const over = await end(people.patient, id)
  expect(over).toMatchObject({ rate: euros(600), cost: euros(costOf(600, over.durationSeconds)) })
})

test('ends at once, by both and again, are one charge', async () => {
  const people = await pair()
  await setRate(people.professional, 100)
  const { id } = await start(people.patient, { withUserId: people.professional.id })
  await backdate(app.database, id, 300)
  const both = [people.patient, people.professional]
  const answers = await Promise.all([...both, ...both].map(viewer => end(viewer, id)))
  await end(people.patient, id)
  expect(new Set(answers.map(({ endedAt, cost }) => JSON.stringify([endedAt, cost]))).size).toBe(1)
  for (const viewer of both) expect((await readWallet(viewer)).transactions.edges).toHaveLength(1)
  expect(await faults()).toEqual([])
})

test('the end of a care relationship ends the session, and charges it', async () => {
  const people = await talk()
  await setRate(people.professional, 100)
  const { id } = await start(people.patient, { conversationId: people.conversationId })
  await backdate(app.database, id, 120)
  await care(people.patient, people.professional, false)
  const over = await findSession(people.patient, id)
  expect(over).toMatchObject({ status: 'ENDED', charge: { amount: euros(-costOf(100, over.durationSeconds)) } })
})

test('a conversation that is blocked or deleted ends its session, and charges it', async () => {
  for (const status of ['BLOCKED', 'DELETED']) {
    const people = await talk()
    await setRate(people.professional, 100)
    const { id } = await start(people.patient, { conversationId: people.conversationId })
    await backdate(app.database, id, 120)
    await people.professional.request(
      'mutation ($input: SetConversationStatusInput!) { setConversationStatus(input: $input) { conversation { status } } }',
      { input: { conversationId: people.conversationId, status } },
    )
    const over = await findSession(people.professional, id)
    expect(over).toMatchObject({ status: 'ENDED', charge: { amount: euros(costOf(100, over.durationSeconds)) } })
    expect((await readWallet(people.patient)).balances).toEqual([euros(-costOf(100, over.durationSeconds))])
  }
})

test('000.17 in a group each patient pays for the time that they were in it', async () => {
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
  await join(two, id)
  await leave(two, id)
  await backdate(app.database, id, 100)
  await app.database.call(
    `update session_participants set left_at = joined_at + interval '40 s' where session_id = $1 and user_id = $2`,
    [id, two.id],
  )
  await join(two, id)
  await leave(two, id)
  const over = await end(lead, id)
  const charges = await Promise.all([one, two, absent].map(async viewer => (await findSession(viewer, id)).charge))
  const secondsOf = (userId: string) => {
    const { stays } = over.participants.find(({ user }) => user.id === userId) ?? { stays: [] }
    const of = (stay: { joinedAt: string; leftAt: string | null }) =>
      Date.parse(stay.leftAt ?? '') - Date.parse(stay.joinedAt)
    return Math.floor(stays.reduce((sum, stay) => sum + of(stay), 0) / 1000)
  }
  expect(over.participants.find(({ user }) => user.id === two.id)?.stays).toHaveLength(2)
  expect(secondsOf(two.id)).toBeGreaterThanOrEqual(40)
  expect(secondsOf(one.id)).toBeGreaterThanOrEqual(100)
  const owed = [one, two].map(({ id: userId }) => costOf(6_000, secondsOf(userId)))
  expect(charges.map(charge => charge?.amount ?? null)).toEqual([...owed.map(amount => euros(-amount)), null])
  expect(over.cost).toEqual(euros(owed.reduce((sum, amount) => sum + amount)))
  expect(over.charge).toMatchObject({ kind: 'SESSION_EARNING', amount: over.cost })
  expect(await faults()).toEqual([])
})

describe('a top-up', () => {
  test('is done once for each reference, and currencies do not mix', async () => {
    const somebody = await patient()
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => topUp(admin, somebody.id, euros(5_000), `${somebody.id} a`)),
    )
    for (const { data } of answers) expect(data?.topUpWallet?.wallet.balances).toEqual([euros(5_000)])
    await topUp(admin, somebody.id, { amountMinor: 700, currency: 'JPY' }, `${somebody.id} b`)
    const wallet = await readWallet(somebody)
    expect(wallet.balances).toEqual([euros(5_000), { amountMinor: 700, currency: 'JPY' }])
    expect((await readWallet(somebody, { currency: 'JPY' })).transactions.edges).toHaveLength(1)

    for (const [userId, amount] of [
      [somebody.id, euros(5_001)],
      [somebody.id, { amountMinor: 5_000, currency: 'USD' }],
      [(await patient()).id, euros(5_000)],
    ] as const) {
      const { errors } = await topUp(admin, userId, amount, `${somebody.id} a`)
      expect(errors?.[0]?.extensions).toMatchObject({
        code: 'CONFLICT',
        reason: 'IDEMPOTENCY_KEY_REUSED',
        field: 'input.reference',
      })
    }
    expect((await readWallet(somebody)).balances).toEqual(wallet.balances)
    expect(await faults()).toEqual([])
  })

  test('refuses what is no money', async () => {
    const { id } = await patient()
    const refusal = async (amountMinor: number, currency: string, reference = id) =>
      (await topUp(admin, id, { amountMinor, currency }, reference)).errors?.[0]?.extensions
    expect(await refusal(0, 'EUR')).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.amount.amountMinor' })
    expect(await refusal(-5, 'EUR')).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.amount.amountMinor' })
    expect(await refusal(5, 'eur')).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.amount.currency' })
    expect(await refusal(5, 'XYZ')).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.amount.currency' })
    expect(await refusal(5, 'EUR', ' ')).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.reference' })
    expect((await topUp(admin, 'nobody', euros(5), 'x')).errors?.[0]?.extensions).toMatchObject({
      code: 'NOT_FOUND',
      field: 'input.userId',
    })
    const most = 2 ** 52
    expect(await refusal(most + 1, 'EUR')).toMatchObject({ field: 'input.amount.amountMinor' })
    expect(await refusal(most, 'EUR', `${id} most`)).toBeUndefined()
    expect(await refusal(1, 'EUR', `${id} more`)).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'input.amount.amountMinor',
    })
    const holder = (await topUp(admin, id, euros(most), `${id} most`)).data?.topUpWallet?.wallet
    expect(holder?.balances).toEqual([euros(most)])
  })

  test('leaves room for what sessions earn and refunds give back', async () => {
    const people = await pair()
    const richest = async ({ id }: TestPerson, reference: string) => {
      for (const amount of [Number.MAX_SAFE_INTEGER, 2 ** 52]) await topUp(admin, id, euros(amount), reference)
    }
    await setRate(people.professional, 600)
    await richest(people.professional, `${people.professional.id} all`)
    const { id, cost } = await ended(people)
    const paid = cost?.amountMinor ?? 0
    expect((await readWallet(people.professional)).balances).toEqual([euros(2 ** 52 + paid)])
    // Done before, it is not refused for what came since.
    expect((await topUp(admin, people.professional.id, euros(2 ** 52), `${people.professional.id} all`)).errors).toBe(
      undefined,
    )
    await topUp(admin, people.patient.id, euros(paid), `${people.patient.id} paid`)
    await richest(people.patient, `${people.patient.id} all`)
    await refund(admin, { sessionId: id })
    expect((await readWallet(people.patient)).balances).toEqual([euros(2 ** 52 + paid)])
    expect(await faults()).toEqual([])
  })

  test('many at once, and ends of sessions among them, leave balances that follow one another', async () => {
    const doctor = await professional()
    await setRate(doctor, 120)
    const patients = await Promise.all(Array.from({ length: 4 }, () => patient()))
    await Promise.all(patients.map(one => care(one, doctor)))
    const sessions = await Promise.all(patients.map(one => start(one, { withUserId: doctor.id })))
    await Promise.all(sessions.map(({ id }) => backdate(app.database, id, 60)))
    await Promise.all([
      ...sessions.map(({ id }, index) => end(patients[index] ?? doctor, id)),
      ...Array.from({ length: 12 }, (_, index) => topUp(admin, doctor.id, euros(1 + index), `${doctor.id} ${index}`)),
    ])
    const { transactions, balances } = await readWallet(doctor)
    const oldestFirst = transactions.edges.map(({ node }) => node).reverse()
    expect(oldestFirst).toHaveLength(16)
    let sum = 0
    for (const { amount, balanceAfter } of oldestFirst)
      expect(balanceAfter.amountMinor).toBe((sum += amount.amountMinor))
    expect(balances).toEqual([euros(sum)])
    expect(await faults()).toEqual([])
  })
})

test('a wallet is read in pages, newest first', async () => {
  const somebody = await patient()
  for (let count = 1; count <= 5; count++) await topUp(admin, somebody.id, euros(count), `${somebody.id} ${count}`)
  const seen: number[] = []
  for (let after: string | null = null, more = true; more;) {
    const { transactions } = await readWallet(somebody, { first: 2, after })
    seen.push(...transactions.edges.map(({ node }) => node.amount.amountMinor))
    after = transactions.pageInfo.endCursor
    more = transactions.pageInfo.hasNextPage
  }
  expect(seen).toEqual([5, 4, 3, 2, 1])
  for (const currency of ['eur', '\u0000', '\ud800']) {
    const { errors } = await somebody.ask(
      'query ($of: String) { wallet { transactions(currency: $of) { edges { cursor } } } }',
      {
        of: currency,
      },
    )
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'currency' })
  }
  const foreign = (await readWallet(somebody, { first: 1 })).transactions.pageInfo.endCursor
  const query = 'query ($after: String) { wallet { transactions(after: $after) { edges { cursor } } } }'
  const { errors } = await (await patient()).ask(query, { after: foreign })
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'after' })
})

describe('a refund', () => {
  const refusal = async (input: Record<string, unknown>) =>
    (await askSession(admin, 'refundSession', 'RefundInput', { reason: 'Cut off', ...input })).errors?.[0]?.extensions

  test('gives back in parts and whole, never more than was paid, and changes no cost', async () => {
    const people = await pair()
    await setRate(people.professional, 100)
    const { id, cost } = await ended(people)
    const paid = cost?.amountMinor ?? 0
    const part = { sessionId: id, amount: euros(300), reference: `${id} part` }
    await Promise.all([refund(admin, part), refund(admin, part)])
    expect((await readWallet(people.patient)).balances).toEqual([euros(300 - paid)])
    expect(await refusal({ sessionId: id, amount: euros(paid - 299) })).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'input.amount.amountMinor',
    })
    for (const other of [
      // All that was left then is another refund than a part of it.
      { amount: null },
      { amount: euros(301) },
      { amount: { amountMinor: 300, currency: 'USD' } },
      { userId: 'nobody' },
    ])
      expect(await refusal({ ...part, ...other })).toMatchObject({ reason: 'IDEMPOTENCY_KEY_REUSED' })
    expect(await refusal({ sessionId: id, amount: { amountMinor: 1, currency: 'USD' } })).toMatchObject({
      field: 'input.amount.currency',
    })
    // All that is left, at once and again.
    await Promise.all([1, 2, 3].map(() => refund(admin, { sessionId: id, reference: `${id} rest` })))
    await Promise.all([1, 2, 3].map(() => refund(admin, { sessionId: id })))
    expect(await refusal({ ...part, amount: null })).toMatchObject({ reason: 'IDEMPOTENCY_KEY_REUSED' })
    await refund(admin, { sessionId: id, reference: `${id} rest`, amount: euros(paid - 300) })
    expect((await refund(admin, { sessionId: id })).cost).toEqual(cost)
    const wallet = await readWallet(people.patient)
    expect(wallet.balances).toEqual([euros(0)])
    expect(wallet.transactions.edges.map(({ node }) => [node.kind, node.amount.amountMinor])).toEqual([
      ['REFUND', paid - 300],
      ['REFUND', 300],
      ['SESSION_CHARGE', -paid],
    ])
    expect((await readWallet(people.professional)).balances).toEqual([euros(0)])
    expect(await faults()).toEqual([])
  })

  test('is refused before the end, where nothing was paid, and to others than admins', async () => {
    const people = await pair()
    expect(await refusal({ sessionId: 'x' })).toMatchObject({ code: 'NOT_FOUND', field: 'input.sessionId' })
    const { id: free } = await ended(people)
    expect(await refusal({ sessionId: free })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.sessionId' })
    await setRate(people.professional, 100)
    const { id } = await start(people.patient, { withUserId: people.professional.id })
    expect(await refusal({ sessionId: id })).toMatchObject({ code: 'CONFLICT', reason: 'SESSION_NOT_OVER' })
    expect(await refusal({ sessionId: id, reason: ' ' })).toMatchObject({ field: 'input.reason' })
    const input = { sessionId: id, reason: 'Mine' }
    const { errors } = await askSession(people.patient, 'refundSession', 'RefundInput', input)
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN')
  })
})

test('the check of the ledger finds what was changed by hand', async () => {
  const own = await startApp()
  const { admin: banker, patient: newPatient } = make(own)
  const { id } = await newPatient()
  await topUp(banker, id, euros(10), 'one')
  await topUp(banker, id, euros(20), 'two')
  expect(await findLedgerFaults(own.database)).toEqual([])
  const entry = (change: string) =>
    own.database.call(`update ledger_entries set ${change} where user_id = $1 and number = 1`, [id])
  await expect(entry('amount_minor = 11')).rejects.toThrow('do not sum to zero')
  await entry('balance_after_minor = 9')
  expect(await findLedgerFaults(own.database)).toEqual([
    `The balance after an entry of a wallet is not the sum of what came before: ${id} 1.`,
  ])
  await entry('balance_after_minor = 10')
  const before = await runJob(own, 'verify-ledger')
  expect(before).toMatchObject({ faults: 0 })
  await own.database.call('update wallets set entries = 3 where user_id = $1', [id])
  await expect(runJob(own, 'verify-ledger')).rejects.toThrow(`A wallet has not the entries that it counts: ${id}.`)
  expect(await findLedgerFaults(own.database)).toEqual([`A wallet has not the entries that it counts: ${id}.`])
})
