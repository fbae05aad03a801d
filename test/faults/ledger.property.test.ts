import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  askSession,
  backdate,
  findSession,
  readWallet,
  setRate,
  topUp,
  type Consultation,
  findLedgerFaults,
} from '../support/consultation.js'
import { engine } from '../support/engine.js'
import { BY_HAND, runJob } from '../support/jobs.js'
import { make, type TestPerson } from '../support/make.js'
import { PROPERTY_TIMEOUT_MS, propertyRuns } from '../support/property-runs.js'
import { startApp } from '../support/start-app.js'

const first = await startApp({}, { jobTimings: BY_HAND })
const servers = engine === 'postgres' ? [first, await startApp({}, { beside: first, jobTimings: BY_HAND })] : [first]
const serverAt = (index: number) => servers[index % servers.length] ?? first
const given = make(first)

const RATE = 7_777

/** What somebody tries; numbers are taken modulo what there is. */
type Wish = { place: number; who: number; server: number } & (
  | { do: 'start' | 'join' | 'leave' | 'end' | 'expire' }
  | { do: 'topUp'; amount: number; reference: number }
  | { do: 'refund'; amount: number | null; reference: number | null }
)

const of = { place: fc.nat({ max: 1 }), who: fc.nat({ max: 2 }), server: fc.nat({ max: 1 }) }
const wish: fc.Arbitrary<Wish> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ ...of, do: fc.constantFrom('start', 'start', 'join', 'leave', 'end', 'end', 'expire') }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      ...of,
      do: fc.constant('topUp'),
      amount: fc.nat({ max: 3 }),
      reference: fc.nat({ max: 3 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      ...of,
      do: fc.constant('refund'),
      amount: fc.option(fc.integer({ min: 1, max: 9_000 })),
      reference: fc.option(fc.nat({ max: 1 })),
    }),
  },
)
/** All of one round at once. */
const rounds = fc.array(fc.array(wish, { minLength: 1, maxLength: 5 }), { minLength: 2, maxLength: 8 })

interface Place {
  conversationId: string
  people: TestPerson[]
  payers: TestPerson[]
  professional: TestPerson
  sessions: string[]
}

/** A DIRECT conversation, and a group of two patients, of the same professional. */
const makePlaces = async (): Promise<Place[]> => {
  const [one, two, professional] = await Promise.all([given.patient(), given.patient(), given.professional()])
  for (const patient of [one, two]) await given.care(patient, professional)
  await setRate(professional, RATE)
  const { createGroup } = await professional.request<{ createGroup: { conversation: { id: string } } }>(
    'mutation ($input: CreateGroupInput!) { createGroup(input: $input) { conversation { id } } }',
    { input: { title: 'Circle', participantIds: [one.id, two.id] } },
  )
  const direct = {
    conversationId: await given.conversation(one, professional),
    payers: [one],
    people: [one, professional],
  }
  const group = { conversationId: createGroup.conversation.id, payers: [one, two], people: [one, two, professional] }
  return [direct, group].map(place => ({ ...place, professional, sessions: [] }))
}

interface Done {
  wish: Wish
  place: Place
  answer: { data?: unknown; errors?: unknown }
}

const REFUSALS = /^(CONFLICT|FORBIDDEN|BAD_USER_INPUT|NOT_FOUND|RATE_LIMITED)$/

const perform = async (places: Place[], run: string, wish: Wish): Promise<Done> => {
  const place = places[wish.place] as Place
  const server = serverAt(wish.server)
  const person = (place.people[wish.who % place.people.length] as TestPerson).at(server)
  const admin = given.admin.at(server)
  const sessionId = place.sessions.at(-1) ?? ''
  const presence = (field: string, type: string) => askSession(person, field, type, { sessionId })
  switch (wish.do) {
    case 'start': {
      const input = { conversationId: place.conversationId, type: 'CHAT' }
      const answer = await askSession(person, 'createSession', 'CreateSessionInput', input)
      const id = answer.data?.createSession?.session.id
      if (id !== undefined) {
        await backdate(first.database, id, 5_000, 100 + wish.who)
        place.sessions.push(id)
      }
      return { wish, place, answer }
    }
    case 'join':
      return { wish, place, answer: await presence('joinSession', 'SessionPresenceInput') }
    case 'leave':
      return { wish, place, answer: await presence('leaveSession', 'SessionPresenceInput') }
    case 'end':
      return { wish, place, answer: await presence('endSession', 'EndSessionInput') }
    case 'expire':
      return { wish, place, answer: { data: await runJob(server, 'expire-sessions') } }
    case 'topUp': {
      const amount = { amountMinor: 100 + wish.amount, currency: 'EUR' }
      return { wish, place, answer: await topUp(admin, person.id, amount, `${run} ${wish.reference}`) }
    }
    case 'refund': {
      const amount = wish.amount === null ? null : { amountMinor: wish.amount, currency: 'EUR' }
      const reference = wish.reference === null ? null : `${run} ${wish.reference}`
      const payer = wish.amount === null ? null : (place.payers[wish.who % place.payers.length] as TestPerson).id
      const input = { sessionId, reason: 'Try', amount, reference, userId: payer }
      return { wish, place, answer: await askSession(admin, 'refundSession', 'RefundInput', input) }
    }
  }
}

const secondsOf = (stays: { joinedAt: string; leftAt: string | null }[], endedAt: number) =>
  Math.floor(
    stays.reduce(
      (sum, { joinedAt, leftAt }) =>
        sum + Math.max(0, Math.min(Date.parse(leftAt ?? ''), endedAt) - Date.parse(joinedAt)),
      0,
    ) / 1000,
  )

const owedFor = (seconds: number) => Math.floor((RATE * seconds + 30) / 60)

/** By what everybody may see of it. */
const costOf = (place: Place, { participants, durationSeconds, endedAt }: Consultation): number => {
  if (place.payers.length === 1) return owedFor(durationSeconds)
  const staying = participants.filter(({ user }) => place.payers.some(({ id }) => id === user.id))
  return staying.reduce((sum, { stays }) => sum + owedFor(secondsOf(stays, Date.parse(endedAt ?? ''))), 0)
}

/** What came in, by each reference once. */
const toppedUp = (done: Done[]) => {
  const accepted = new Map<number, number>()
  for (const { wish, answer } of done)
    if (wish.do === 'topUp' && !answer.errors) accepted.set(wish.reference, 100 + wish.amount)
  return [...accepted.values()].reduce((sum, amount) => sum + amount, 0)
}

const expectRight = async (places: Place[], done: Done[]) => {
  expect(await findLedgerFaults(first.database)).toEqual([])
  for (const { answer } of done)
    for (const { extensions } of (answer.errors ?? []) as { extensions: { code: string } }[])
      expect(extensions.code).toMatch(REFUSALS)
  for (const place of places)
    for (const id of place.sessions) {
      const session = await findSession(place.professional, id)
      if (session.status !== 'ACTIVE') expect(session.cost?.amountMinor).toBe(costOf(place, session))
    }
  const everyone = [...new Set(places.flatMap(({ people }) => people))]
  const wallets = await Promise.all(everyone.map(person => readWallet(person, { first: 100 })))
  // What is charged, earned and given back goes from one to the other.
  const sum = wallets.flatMap(({ balances }) => balances).reduce((total, { amountMinor }) => total + amountMinor, 0)
  expect(sum).toBe(toppedUp(done))
}

let runs = 0

test(
  'whatever is started, joined, ended, refunded and topped up at once, each second is paid once and money goes nowhere else',
  () =>
    fc.assert(
      fc.asyncProperty(rounds, async wishes => {
        const run = `run ${++runs} ${Date.now()}`
        const places = await makePlaces()
        const done: Done[] = []
        for (const round of wishes) done.push(...(await Promise.all(round.map(wish => perform(places, run, wish)))))
        await expectRight(places, done)
      }),
      propertyRuns(12),
    ),
  PROPERTY_TIMEOUT_MS,
)
