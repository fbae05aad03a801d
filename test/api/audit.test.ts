import { describe, expect, test } from '@jest/globals'
import { make, type TestPerson } from '../support/make.js'
import { eventually } from '../support/notifications.js'
import { startApp } from '../support/start-app.js'

const app = await startApp({}, { auditTimings: { flushMs: 20, chainMs: 50 } })
const given = make(app)

interface AuditEvent {
  sequence: number
  action: string
  outcome: string
  actor: { id: string } | null
  subjectUser: { id: string } | null
  conversationId: string | null
  messageId: string | null
  sessionId: string | null
  requestId: string | null
  hash: string
}

const LOG = `query ($filter: AuditFilter, $first: Int, $after: String) {
  auditLog(filter: $filter, first: $first, after: $after) {
    edges { cursor node { sequence action outcome actor { id } subjectUser { id } conversationId messageId sessionId requestId hash } }
    pageInfo { hasNextPage endCursor }
  }
}`

interface Log {
  auditLog: { edges: { node: AuditEvent }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } }
}

const log = async (filter: Record<string, unknown>, page: Record<string, unknown> = {}) =>
  (await given.admin.request<Log>(LOG, { filter, ...page })).auditLog

/** What a person has done, oldest first, once there are so many events. */
const eventsOf = async (actor: TestPerson, count: number) => {
  for (const deadline = Date.now() + 20_000; ;) {
    const events = (await log({ actorId: actor.id }, { first: 100 })).edges.map(({ node }) => node).reverse()
    if (events.length >= count || Date.now() > deadline) return events
  }
}

const SEND = 'mutation ($i: SendMessageInput!) { sendMessage(input: $i) { message { id } } }'
const EDIT = 'mutation ($i: EditMessageInput!) { editMessage(input: $i) { message { id } } }'
const READ = 'mutation ($i: MarkInput!) { markRead(input: $i) { participant { id } } }'
const HISTORY = 'query ($id: ID!) { history(conversationId: $id) { edges { node { body } } } }'

/** Reads come to the chain a moment after writes. */
const summariesOf = (events: AuditEvent[]) => events.map(({ action, outcome }) => `${action} ${outcome}`).sort()

describe('002.11 the audit', () => {
  test('002.11 has one event of each thing that is read, written or refused, and whom it was about', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const { id } = await patient.send(conversationId, 'private words')
    await professional.request(HISTORY, { id: conversationId })
    await professional.request(READ, { i: { conversationId } })
    await professional.request(READ, { i: { conversationId } })
    await professional.ask(EDIT, { i: { messageId: id, body: 'private words of others' } })
    await professional.request('{ me { id } status { status } connection { transport } }')
    const events = await eventsOf(professional, 5)
    expect(summariesOf(events)).toEqual([
      'editMessage DENIED',
      'history ALLOWED',
      'markRead ALLOWED',
      'markRead ALLOWED',
      'me ALLOWED',
    ])
    expect(events.filter(({ action }) => action !== 'me')).toMatchObject(
      Array.from({ length: 4 }, () => ({
        actor: { id: professional.id },
        subjectUser: { id: patient.id },
        conversationId,
        requestId: expect.any(String),
      })),
    )
    expect(events.find(({ action }) => action === 'editMessage')).toMatchObject({ messageId: id })
    expect(JSON.stringify(events)).not.toContain('private')
  })

  test('002.11 has what is written as soon as it is, and once, whatever is repeated', async () => {
    const { patient, conversationId } = await given.talk()
    const i = { conversationId, body: 'once', clientMessageId: 'key' }
    const { sendMessage } = await patient.request<{ sendMessage: { message: { id: string } } }>(SEND, { i })
    await patient.request(EDIT, { i: { messageId: sendMessage.message.id, body: 'changed' } })
    const written = await app.database.call<{ action: string }>(
      `select action, at from audit_pending where actor_id = $1 union all
       select action, at from audit_events where actor_id = $1 order by at`,
      [patient.id],
    )
    expect(written.map(({ action }) => action)).toEqual(['startConversation', 'sendMessage', 'editMessage'])
    await patient.request(SEND, { i })
    await patient.ask(SEND, { i: { ...i, body: 'other' } })
    expect(summariesOf(await eventsOf(patient, 5))).toEqual([
      'editMessage ALLOWED',
      'sendMessage ALLOWED',
      'sendMessage ALLOWED',
      'sendMessage DENIED',
      'startConversation ALLOWED',
    ])
  })

  test('002.11 has who was refused, and of what; but not what was no id', async () => {
    const { conversationId, patient } = await given.talk()
    const stranger = await given.patient()
    await stranger.ask(HISTORY, { id: conversationId })
    await stranger.ask('{ user(id: "my secret \u0007") { id } }')
    await stranger.ask('{ auditLog { edges { cursor } } }')
    const events = await eventsOf(stranger, 3)
    expect(summariesOf(events)).toEqual(['auditLog DENIED', 'history DENIED', 'user DENIED'])
    const [, history, user] = events.sort((one, other) => one.action.localeCompare(other.action))
    expect(history).toMatchObject({ conversationId, subjectUser: { id: patient.id } })
    expect(user).toMatchObject({ conversationId: null, subjectUser: null })
  })

  test('002.11 has the start and the end of a subscription, and nothing between', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const client = await patient.connect()
    const added = client.subscribe('subscription ($id: ID!) { messageAdded(conversationId: $id) { id } }', {
      id: conversationId,
    })
    await eventsOf(patient, 2)
    await professional.send(conversationId, 'one')
    await added.next()
    added.stop()
    const events = await eventsOf(patient, 3)
    expect(summariesOf(events)).toEqual([
      'messageAdded ALLOWED',
      'messageAdded.end ALLOWED',
      'startConversation ALLOWED',
    ])
    expect(events.map(event => event.conversationId)).toEqual([conversationId, conversationId, conversationId])
  })

  test('002.11 is found by its filter, page by page', async () => {
    const { patient, professional, conversationId } = await given.talk()
    for (let n = 0; n < 5; n++) await patient.send(conversationId, 'x')
    await professional.request(HISTORY, { id: conversationId })
    await eventsOf(professional, 1)
    await eventsOf(patient, 6)
    const whole = await log({ conversationId })
    expect(whole.edges.map(({ node }) => node.action).sort()).toEqual(
      ['history', ...Array.from({ length: 5 }, () => 'sendMessage'), 'startConversation'].sort(),
    )
    const first = await log({ subjectUserId: patient.id, actions: ['sendMessage'] }, { first: 3 })
    const rest = await log(
      { subjectUserId: patient.id, actions: ['sendMessage'] },
      { first: 3, after: first.pageInfo.endCursor },
    )
    expect([first.pageInfo.hasNextPage, rest.pageInfo.hasNextPage]).toEqual([true, false])
    const sequences = [...first.edges, ...rest.edges].map(({ node }) => node.sequence)
    expect(sequences).toHaveLength(5)
    expect(sequences).toEqual([...sequences].sort((one, other) => other - one))
    const never = { conversationId, to: '2000-01-01T00:00:00Z' }
    const nobodys = [{ actorId: 'a\u0000' }, { conversationId: 'x' }, { conversationId: '' }, { accessGrantId: 'x' }]
    for (const filter of [never, ...nobodys]) expect((await log(filter)).edges).toEqual([])
  })

  test('002.11 is found by the actions that there are, and by no others', async () => {
    const { patient, conversationId: id } = await given.talk()
    const socket = await patient.connect()
    const added = socket.subscribe('subscription ($id: ID!) { messageAdded(conversationId: $id) { id } }', { id })
    await eventsOf(patient, 2)
    added.stop()
    await patient.send(id)
    const actions = ['sendMessage', 'messageAdded', 'messageAdded.end', 'readUnderGrant']
    await eventsOf(patient, 4)
    const { edges } = await log({ conversationId: id, actions })
    expect(edges.map(({ node }) => node.action).sort()).toEqual(['messageAdded', 'messageAdded.end', 'sendMessage'])
    for (const unknown of ['sendMesage', 'status', 'sendMessage.end', 'toString', '', 'a\u0000']) {
      const { errors } = await given.admin.ask(LOG, { filter: { actions: ['sendMessage', unknown] } })
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'filter.actions' } }])
    }
  })

  test('002.11 says of each whose data it was: in a GROUP nobody’s but who was named', async () => {
    const { patient, professional } = await given.pair()
    const group = await given.admin.request<{ createGroup: { conversation: { id: string } } }>(
      'mutation ($i: CreateGroupInput!) { createGroup(input: $i) { conversation { id } } }',
      { i: { title: 'A group', participantIds: [patient.id, professional.id] } },
    )
    const conversationId = group.createGroup.conversation.id
    await professional.send(conversationId)
    await given.admin.request(
      'mutation ($i: ParticipantPermissionsInput!) { setParticipantPermissions(input: $i) { conversation { id } } }',
      { i: { conversationId, userId: patient.id, canSend: false } },
    )
    await eventsOf(professional, 1)
    const filter = { conversationId, actions: ['sendMessage', 'setParticipantPermissions'] }
    const { edges } = await eventually(
      () => log(filter),
      found => found.edges.length > 1,
    )
    expect(edges.map(({ node }) => [node.action, node.subjectUser?.id ?? null]).sort()).toEqual([
      ['sendMessage', null],
      ['setParticipantPermissions', patient.id],
    ])
  })
})

describe('002.11 verifyAuditLog', () => {
  const verify = async () =>
    (
      await given.admin.request<{ verifyAuditLog: { intact: boolean; checked: number; firstBrokenSequence: number } }>(
        '{ verifyAuditLog { intact checked firstBrokenSequence overdue } }',
      )
    ).verifyAuditLog
  const call = (sql: string, parameters: unknown[] = []) => app.database.call(sql, parameters)

  test('002.11 holds while several processes write', async () => {
    const beside = await startApp({}, { beside: app, auditTimings: { flushMs: 5, chainMs: 10 } })
    const { patient, professional, conversationId } = await given.talk()
    await Promise.all(
      Array.from({ length: 60 }, async (_, n) => {
        const person = [patient, professional.at(beside)][n % 2]!
        await person.send(conversationId, 'x')
        await person.request(HISTORY, { id: conversationId })
      }),
    )
    const told = await Promise.all([eventsOf(patient, 61), eventsOf(professional, 60)])
    expect(told.map(events => events.length)).toEqual([61, 60])
    const { intact, checked, firstBrokenSequence } = await verify()
    expect({ intact, firstBrokenSequence }).toEqual({ intact: true, firstBrokenSequence: null })
    expect(checked).toBeGreaterThanOrEqual(121)
    const [{ wrong } = { wrong: -1 }] = await app.database.call<{ wrong: number }>(
      'select (max(sequence) - count(*))::int as wrong from audit_events',
      [],
    )
    expect(wrong).toBe(0)
  })

  test('002.11 tells that its head was removed', async () => {
    await call('create table kept_head (like audit_head)')
    // As it is at that moment: others go on chaining until then.
    await call('with gone as (delete from audit_head returning *) insert into kept_head select * from gone')
    try {
      expect(await verify()).toMatchObject({ intact: false, firstBrokenSequence: 0 })
    } finally {
      await call('insert into audit_head select * from kept_head')
      await call('drop table kept_head')
    }
    expect(await verify()).toMatchObject({ intact: true })
  })

  test('002.11 holds where events are from before grants were named in them', async () => {
    const { patient } = await given.talk()
    await eventsOf(patient, 1)
    // As it was then.
    const before = `encode(sha256(convert_to(lag(hash, 1, '') over (order by sequence) || jsonb_build_array(sequence, id,
      (extract(epoch from at) * 1000)::bigint, actor_id, action, outcome, subject_user_id, conversation_id, message_id,
      session_id, request_id)::text, 'UTF8')), 'hex')`
    const found = await app.database.call<{ fits: boolean }>(
      `select hash = ${before} as fits from audit_events where access_grant_id is null order by sequence`,
      [],
    )
    expect(found.length).toBeGreaterThan(1)
    expect(found.slice(1).every(({ fits }) => fits)).toBe(true)
  })

  // Each is undone, so that the next begins with a chain that holds.
  test.each([
    ['changed', `update audit_events set actor_id = 'nobody' where sequence = 3`, 3],
    ['given another time', `update audit_events set at = at + interval '1 ms' where sequence = 2`, 2],
    ['put under a grant', `update audit_events set access_grant_id = gen_random_uuid() where sequence = 3`, 3],
    ['removed', 'delete from audit_events where sequence = 4', 4],
    [
      'changed, with a hash that fits',
      `update audit_events e set actor_id = 'nobody', hash = audit_hash(
         (select hash from audit_events where sequence = 2), jsonb_populate_record(e, '{ "actor_id": "nobody" }'))
       where sequence = 3`,
      4,
    ],
    [
      'put in behind the end',
      `insert into audit_events select sequence + 1000000, gen_random_uuid(), at, actor_id, action, outcome,
         subject_user_id, conversation_id, message_id, session_id, request_id, hash from audit_events where sequence = 1`,
      1,
    ],
    ['removed at the end', 'delete from audit_events where sequence = (select max(sequence) from kept)', 0],
  ])('002.11 tells of an event that was %s', async (_, tamper, broken) => {
    const { patient, conversationId } = await given.talk()
    await patient.send(conversationId, 'x')
    await eventsOf(patient, 2)
    expect(await verify()).toMatchObject({ intact: true })
    await call('create table kept as select * from audit_events')
    const [last] = await app.database.call<{ sequence: number }>('select max(sequence) as sequence from kept', [])
    try {
      await call(tamper)
      const { intact, firstBrokenSequence } = await verify()
      expect(intact).toBe(false)
      if (broken > 1) expect(firstBrokenSequence).toBe(broken)
      else expect(firstBrokenSequence).toBeGreaterThanOrEqual(last?.sequence ?? 0)
    } finally {
      await call('delete from audit_events where sequence > (select sequence from audit_head) or sequence <= $1', [
        last?.sequence,
      ])
      await call('insert into audit_events select * from kept')
      await call('drop table kept')
    }
    expect(await verify()).toMatchObject({ intact: true })
  })
})
