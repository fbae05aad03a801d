import { randomInt } from 'node:crypto'
import { expect, test } from '@jest/globals'
import pg from 'pg'
import { cleanUp } from '../support/cleanup.js'
import { askSession, end, findSession, readWallet, setRate, start, topUp } from '../support/consultation.js'
import { createPostgresDatabase } from '../support/database.js'
import { onPostgres, testRedisUrl } from '../support/engine.js'
import type { GraphqlAnswer } from '../support/graphql-client.js'
import { make, type TestPerson } from '../support/make.js'
import { eventually } from '../support/notifications.js'
import { runProcess, type ServerProcess, startProcess } from '../support/start-process.js'
import { TEST_SECRET } from '../support/tokens.js'

const RATE = 7_777
const PAIRS = 8
const GROUPS = 4
const KILLS = 5
/** Of each conversation, at most. */
const MOST_SESSIONS = 300
const MOST_ATTEMPTS = 1_000

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index)
const euros = (amountMinor: number) => ({ amountMinor, currency: 'EUR' })

const prepare = async () => {
  const { url, drop } = await createPostgresDatabase()
  cleanUp(drop)
  const environment = {
    DATABASE_URL: url,
    REDIS_URL: testRedisUrl(),
    JWT_SECRET: TEST_SECRET,
    RATE_LIMIT_MESSAGES_PER_MINUTE: '0',
    RATE_LIMIT_STARTS_PER_MINUTE: '0',
  }
  const [one, other] = await Promise.all([startProcess(environment), startProcess(environment)])
  const pool = new pg.Pool({ connectionString: url, max: 4 })
  cleanUp(() => pool.end())
  return { environment, servers: [one, other] as [ServerProcess, ServerProcess], pool }
}

/** As the operator runs it. */
const verifyLedger = (environment: Record<string, string | undefined>) =>
  runProcess('dist/main.js', ['job', 'verify-ledger'], environment)

/** Asks at one server and the other in turn until there is an answer, as a client does that does not know what was done. */
class Asking {
  unanswered = 0
  answered = 0
  readonly surprises: unknown[] = []

  constructor(private readonly servers: readonly ServerProcess[]) {}

  async ask<Data>(
    person: TestPerson,
    attempt: (person: TestPerson) => Promise<GraphqlAnswer<Data>>,
    expected = /^$/,
  ): Promise<GraphqlAnswer<Data>> {
    const first = randomInt(2)
    for (let count = 0; count < MOST_ATTEMPTS; count++) {
      const server = this.servers[(first + count) % 2] as ServerProcess
      const answer = await attempt(person.at(server)).catch(() => null)
      if (answer === null || answer.errors?.[0]?.extensions.code === 'UNAVAILABLE') {
        this.unanswered++
        continue
      }
      this.answered++
      const refusal = answer.errors?.[0]?.extensions
      if (refusal && !expected.test(`${refusal.code} ${refusal.reason}`)) this.surprises.push(refusal)
      return answer
    }
    throw new Error('Nobody answers.')
  }
}

interface Place {
  conversationId: string
  professional: TestPerson
  patients: TestPerson[]
}

/** All of two professionals: whose wallets are asked for so often that something always waits for them. */
const makePlaces = async (given: ReturnType<typeof make>): Promise<Place[]> => {
  const professionals = [await given.professional(), await given.professional()]
  for (const professional of professionals) await setRate(professional, RATE)
  const place = async (patientCount: number, index: number): Promise<Place> => {
    const professional = professionals[index % 2] as TestPerson
    const patients = await Promise.all(numbers(patientCount).map(() => given.patient()))
    for (const patient of patients) await given.care(patient, professional)
    if (patientCount === 1)
      return {
        professional,
        patients,
        conversationId: await given.conversation(professional, patients[0] as TestPerson),
      }
    const { createGroup } = await professional.request<{ createGroup: { conversation: { id: string } } }>(
      'mutation ($input: CreateGroupInput!) { createGroup(input: $input) { conversation { id } } }',
      { input: { title: 'Circle', participantIds: patients.map(({ id }) => id) } },
    )
    return { professional, patients, conversationId: createGroup.conversation.id }
  }
  return Promise.all([
    ...numbers(PAIRS).map(index => place(1, index)),
    ...numbers(GROUPS).map(index => place(2, index)),
  ])
}

/** As if it had begun so long ago: all that are in it with it. */
const BACKDATE = `
  with began as (update sessions set started_at = started_at - $2 * interval '1 s' where id = $1 and status = 'ACTIVE' returning id)
  update session_participants x set joined_at = joined_at - $2 * interval '1 s' from began where x.session_id = began.id`

class Load {
  readonly topUps = new Map<string, number>()
  readonly refunds: string[] = []
  readonly sessions: string[] = []
  isOver = false

  constructor(
    private readonly asking: Asking,
    private readonly pool: pg.Pool,
    private readonly admin: TestPerson,
  ) {}

  async run(place: Place): Promise<void> {
    for (let count = 0; !this.isOver && count < MOST_SESSIONS; count++) await this.hold(place, count)
  }

  /** A session from its start to its refund, with top-ups beside; each thing is asked for twice, but every other end. */
  private async hold({ conversationId, professional, patients }: Place, count: number): Promise<void> {
    const { asking, admin } = this
    const input = { conversationId, type: 'CHAT' }
    const begin = (person: TestPerson) => askSession(person, 'createSession', 'CreateSessionInput', input)
    const started = await asking.ask(professional, begin, /SESSION_ALREADY_ACTIVE/)
    // Where the start had been done without an answer, its repetition names what is running.
    const running = started.errors?.[0]?.extensions.sessionId as string | undefined
    const sessionId = started.data?.createSession?.session.id ?? running ?? ''
    this.sessions.push(sessionId)
    if (patients.length > 1) await this.comeAndGo(patients, sessionId)
    await this.pool.query(BACKDATE, [sessionId, randomInt(30, 600)])
    const stop = (person: TestPerson) =>
      asking.ask(person, one => askSession(one, 'endSession', 'EndSessionInput', { sessionId }))
    const pay = async (person: TestPerson) => {
      const reference = `${conversationId} ${count} ${person.id}`
      const amount = randomInt(1, 1_000)
      this.topUps.set(`top-up:${reference}`, amount)
      const put = () => asking.ask(admin, one => topUp(one, person.id, euros(amount), reference))
      await Promise.all([put(), put()])
    }
    const others = patients.length > 1 ? [professional] : patients
    const enders = count % 2 === 0 ? [professional] : [professional, ...others]
    await Promise.all([...enders.map(stop), ...[professional, ...patients].map(pay)])
    const refund = {
      sessionId,
      reason: 'Cut off',
      amount: euros(randomInt(1, 100)),
      userId: patients[0]?.id,
      reference: sessionId,
    }
    this.refunds.push(`refund:${sessionId}`)
    const back = () => asking.ask(admin, one => askSession(one, 'refundSession', 'RefundInput', refund))
    await Promise.all([back(), back()])
  }

  private async comeAndGo(patients: TestPerson[], sessionId: string): Promise<void> {
    const stay = (field: string) => (person: TestPerson) =>
      this.asking.ask(person, one => askSession(one, field, 'SessionPresenceInput', { sessionId }))
    await Promise.all(patients.map(stay('joinSession')))
    await Promise.all(patients.slice(1).map(stay('leaveSession')))
    await Promise.all(patients.slice(1).map(stay('joinSession')))
  }
}

interface Held {
  id: string
  status: string
  cost: string | null
  charged: string | null
  earned: string | null
  postings: string
  notes: string[]
}

/** Each session, what was posted for it, and what the conversation was told. */
const HELD = `
  select s.id, s.status, s.cost_minor as cost, l.charged, l.earned, l.postings,
    (select array_agg(m.system_event::text order by m.seq) from messages m where m.session_id = s.id and m.kind = 'SYSTEM') as notes
  from sessions s cross join lateral (
    select -sum(e.amount_minor) filter (where e.kind = 'SESSION_CHARGE') as charged,
      sum(e.amount_minor) filter (where e.kind = 'SESSION_EARNING') as earned, count(distinct t.id) as postings
    from ledger_transactions t left join ledger_entries e on e.transaction_id = t.id
    where t.session_id = s.id and t.reference = 'session:' || s.id) l`

const POSTED = `
  select t.reference, count(distinct t.id)::int as times, sum(e.amount_minor) filter (where e.amount_minor > 0)::int as amount
  from ledger_transactions t join ledger_entries e on e.transaction_id = t.id where t.reference like $1 group by t.reference`

interface Posted {
  reference: string
  times: number
  amount: number
}

const expectHeldOnce = async (pool: pg.Pool, sessions: readonly string[]) => {
  const held = (await pool.query<Held>(HELD)).rows
  expect(held.map(({ id }) => id).sort()).toEqual([...new Set(sessions)].sort())
  for (const { status, cost, charged, earned, postings, notes } of held) {
    expect({ status, postings, notes }).toEqual({
      status: 'ENDED',
      postings: '1',
      notes: ['SESSION_STARTED', 'SESSION_ENDED'],
    })
    expect(Number(cost)).toBeGreaterThan(0)
    expect([charged, earned]).toEqual([cost, cost])
  }
}

const postedUnder = async (pool: pg.Pool, kind: string) => (await pool.query<Posted>(POSTED, [`${kind}:%`])).rows

onPostgres('sessions and money on two processes, one of which is killed', () => {
  test('000.8 each session is charged once and each reference posted once, whatever was under way at a kill', async () => {
    const { environment, servers, pool } = await prepare()
    const given = make(servers[1])
    const places = await makePlaces(given)
    const asking = new Asking(servers)
    const load = new Load(asking, pool, given.admin)
    const loads = Promise.all(places.map(place => load.run(place)))
    for (const _ of numbers(KILLS)) {
      const next = asking.answered + randomInt(20, 80)
      await eventually(
        () => Promise.resolve(asking.answered),
        answered => answered > next,
      )
      expect(await servers[0].kill('SIGKILL')).toEqual({ code: null, signal: 'SIGKILL' })
      servers[0] = await startProcess(environment)
    }
    load.isOver = true
    await loads

    const verified = await verifyLedger(environment)
    expect(verified).toMatchObject({ code: 0 })
    expect(verified.output).toContain('0 faults')
    expect(asking.surprises).toEqual([])
    // It was in the middle of things.
    expect(asking.unanswered).toBeGreaterThan(KILLS)
    await expectHeldOnce(pool, load.sessions)
    const topUps = await postedUnder(pool, 'top-up')
    expect(new Map(topUps.map(({ reference, amount }) => [reference, amount]))).toEqual(load.topUps)
    const refunds = await postedUnder(pool, 'refund')
    expect(refunds.map(({ reference }) => reference).sort()).toEqual([...load.refunds].sort())
    for (const { times } of [...topUps, ...refunds]) expect(times).toBe(1)
  }, 180_000)

  test('000.8 a process that is killed in the middle of an end has ended nothing and charged nothing', async () => {
    const { environment, servers, pool } = await prepare()
    const [dying, other] = servers
    const given = make(other)
    const { patient, professional } = await given.pair()
    await setRate(professional, RATE)
    await topUp(given.admin, professional.id, euros(1), 'A wallet to be held')
    const { id } = await start(patient, { withUserId: professional.id })
    await pool.query(BACKDATE, [id, 60])

    const holder = await pool.connect()
    await holder.query('begin')
    await holder.query('select 1 from wallets where user_id = $1 for update', [professional.id])
    const unanswered = end(patient.at(dying), id).then(
      () => 'answered',
      () => 'unanswered',
    )
    const WAITING = `select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
      and query like '%from wallets%'`
    await eventually(
      async () => (await pool.query<{ count: number }>(WAITING)).rows[0]?.count,
      count => count === 1,
    )
    await dying.kill('SIGKILL')
    expect(await unanswered).toBe('unanswered')
    await holder.query('rollback')
    holder.release()

    expect(await findSession(patient, id)).toMatchObject({ status: 'ACTIVE', charge: null })
    const over = await end(patient, id)
    expect(over).toMatchObject({ status: 'ENDED', charge: { kind: 'SESSION_CHARGE' } })
    for (const person of [patient, professional]) {
      const { transactions } = await readWallet(person)
      expect(transactions.edges.filter(({ node }) => node.session?.id === id)).toHaveLength(1)
    }
    expect(await verifyLedger(environment)).toMatchObject({ code: 0 })
  }, 60_000)
})
