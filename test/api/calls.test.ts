import { describe, expect, test } from '@jest/globals'
import { createHmac, randomUUID } from 'node:crypto'
import { join, leave } from '../support/consultation.js'
import type { GraphqlAnswer } from '../support/graphql-client.js'
import { make, type TestPerson } from '../support/make.js'
import { startApp } from '../support/start-app.js'
import { FOLLOW, type Followed, follow, SEND, type Sent, sendSignal, untilHeard } from '../support/signals.js'

const HOUR_MS = 3_600_000
const stunUrls = ['stun:stun.example.org:3478']
const turn = { urls: ['turn:turn.example.org', 'turns:turn.example.org'], secret: 'shared with the TURN server only' }
const app = await startApp({ calls: { stunUrls, turn } })
const given = make(app)

const CALL = 'query ($id: ID!) { session(id: $id) { call { id iceServers { urls username credential } expiresAt } } }'
const END = 'mutation ($id: ID!) { endSession(input: { sessionId: $id }) { session { id } } }'
const START = 'mutation ($input: CreateSessionInput!) { createSession(input: $input) { session { id } } }'
const SET_STATUS = `mutation ($input: SetConversationStatusInput!) {
  setConversationStatus(input: $input) { conversation { id } } }`

const AUDIT = `query ($filter: AuditFilter) {
  auditLog(filter: $filter, first: 100) { edges { node { action outcome sessionId } } } }`

interface Event {
  action: string
  outcome: string
  sessionId: string | null
}

interface Call {
  id: string
  iceServers: { urls: string[]; username: string | null; credential: string | null }[]
  expiresAt: string
}

const callOf = async (viewer: TestPerson, id: string) =>
  (await viewer.request<{ session: { call: Call | null } }>(CALL, { id })).session.call

const startSession = async (starter: TestPerson, conversationId: string, type = 'VIDEO') => {
  const input = { conversationId, type }
  const { createSession } = await starter.request<{ createSession: { session: { id: string } } }>(START, { input })
  return createSession.session.id
}

/** A patient and a professional in a session. */
const inSession = async (type = 'VIDEO') => {
  const talk = await given.talk()
  return { ...talk, sessionId: await startSession(talk.professional, talk.conversationId, type) }
}

/** Two patients and a professional in the session of a group. */
const inGroup = async () => {
  const { patient, professional } = await given.pair()
  const other = await given.patient()
  await given.care(other, professional)
  const { createGroup } = await professional.request<{ createGroup: { conversation: { id: string } } }>(
    'mutation ($input: CreateGroupInput!) { createGroup(input: $input) { conversation { id } } }',
    { input: { title: 'A group', participantIds: [patient.id, other.id] } },
  )
  const conversationId = createGroup.conversation.id
  const sessionId = await startSession(professional, conversationId)
  for (const one of [patient, other]) await join(one, sessionId)
  return { patient, other, professional, conversationId, sessionId }
}

const codeOf = ({ errors }: GraphqlAnswer<unknown>) => errors?.[0]?.extensions
const refusalOf = async (viewer: TestPerson, sessionId: string) =>
  codeOf((await (await viewer.connect()).subscribe(FOLLOW, { sessionId }).nextResult()) as GraphqlAnswer<unknown>)
const kinds = (events: Followed[]) => events.map(({ callSignal: { kind, payload } }) => [kind, payload])

describe('the call of a session', () => {
  test('000.18 has the servers of the media, and credentials of one’s own that run out', async () => {
    const { patient, professional, sessionId } = await inSession()
    for (const viewer of [patient, professional]) {
      const call = await callOf(viewer, sessionId)
      const expiresAt = Date.parse(call?.expiresAt ?? '')
      expect(Math.abs(expiresAt - Date.now() - HOUR_MS)).toBeLessThan(60_000)
      const username = `${Math.floor(expiresAt / 1000)}:${viewer.id}`
      const credential = createHmac('sha1', turn.secret).update(username).digest('base64')
      expect(call).toMatchObject({
        id: sessionId,
        iceServers: [
          { urls: stunUrls, username: null, credential: null },
          { urls: turn.urls, username, credential },
        ],
      })
    }
  })

  test('000.18 is none in writing, after the end, and for who takes no part', async () => {
    const { patient, professional, conversationId, sessionId } = await inSession('VOICE')
    expect(await callOf(patient, sessionId)).not.toBeNull()
    const auditor = await given.person(['ADMIN'])
    await auditor.request('mutation ($i: RequestAccessInput!) { requestAccess(input: $i) { accessGrant { id } } }', {
      i: { subjectId: patient.id, reason: 'To see what a grant opens', minutes: 5 },
    })
    expect(await callOf(auditor, sessionId)).toBeNull()
    await patient.request(END, { id: sessionId })
    expect(await callOf(patient, sessionId)).toBeNull()
    const chat = await startSession(professional, conversationId, 'CHAT')
    expect(await callOf(professional, chat)).toBeNull()
  })

  test('000.18 is over once the conversation is blocked', async () => {
    const { patient, professional, conversationId, sessionId } = await inSession()
    await professional.request(SET_STATUS, { input: { conversationId, status: 'BLOCKED' } })
    expect(await callOf(patient, sessionId)).toBeNull()
    await professional.request(SET_STATUS, { input: { conversationId, status: 'ACTIVE' } })
    expect(await callOf(patient, sessionId)).toBeNull()
  })

  test('000.18 has no servers where none are configured', async () => {
    const plain = await startApp({}, { beside: app })
    const { patient, sessionId } = await inSession()
    expect(await callOf(patient.at(plain), sessionId)).toMatchObject({ id: sessionId, iceServers: [] })
  })
})

describe('signals', () => {
  test('000.18 go to the other as they are, in order, and never to oneself', async () => {
    const { patient, professional, sessionId } = await inSession()
    expect(await sendSignal(patient, { sessionId, kind: 'OFFER', payload: 'too early' })).toBe(0)
    const [toPatient, toProfessional] = [await follow(patient, sessionId), await follow(professional, sessionId)]
    await untilHeard(patient, professional, toProfessional, sessionId)
    await untilHeard(professional, patient, toPatient, sessionId)
    const sdp = 'v=0\r\no=- 46117317 2 IN IP4 127.0.0.1\r\na=ü "quoted" \u2028\u0000\r\n'
    await sendSignal(patient, { sessionId, kind: 'OFFER', payload: sdp })
    expect(await toProfessional.next()).toEqual({
      callSignal: { sessionId, kind: 'OFFER', payload: sdp, from: { id: patient.id } },
    })
    const socket = await patient.connect()
    const payloads = Array.from({ length: 30 }, (_, index) => `candidate ${index}`)
    const sent = payloads.map(payload =>
      socket.request<Sent>(SEND, { input: { sessionId, kind: 'CANDIDATE', payload } }),
    )
    for (const { sendSignal } of await Promise.all(sent)) expect(sendSignal).toEqual({ recipients: 1 })
    expect(kinds(await toProfessional.take(30))).toEqual(payloads.map(payload => ['CANDIDATE', payload]))
    await sendSignal(professional, { sessionId, kind: 'HANGUP' })
    expect(kinds([await toPatient.next()])).toEqual([['HANGUP', null]])
    expect([toPatient.waiting, toProfessional.waiting]).toEqual([0, 0])
  })

  test('000.18 count each person once who is connected, until they leave', async () => {
    const { patient, professional, sessionId } = await inSession()
    const first = await follow(patient, sessionId)
    const second = patient.sse<Followed>(FOLLOW, { sessionId })
    await untilHeard(professional, patient, first, sessionId)
    await untilHeard(professional, patient, second, sessionId)
    expect(await sendSignal(professional, { sessionId, kind: 'OFFER', payload: 'x' })).toBe(1)
    first.stop()
    second.stop()
    const deadline = Date.now() + 10_000
    while ((await sendSignal(professional, { sessionId, kind: 'OFFER', payload: 'x' })) > 0)
      expect(Date.now()).toBeLessThan(deadline)
  })

  test('000.18 in a group go to all others, or to one of them', async () => {
    const { patient, other, professional, sessionId } = await inGroup()
    const [toOther, toProfessional] = [await follow(other, sessionId), await follow(professional, sessionId)]
    await untilHeard(patient, other, toOther, sessionId)
    await untilHeard(patient, professional, toProfessional, sessionId)
    const send = (payload: string, toUserId?: string) =>
      sendSignal(patient, { sessionId, kind: 'OFFER', payload, toUserId })
    expect(await send('for one', professional.id)).toBe(1)
    expect(await send('for all')).toBe(2)
    expect(kinds(await toProfessional.take(2))).toEqual([
      ['OFFER', 'for one'],
      ['OFFER', 'for all'],
    ])
    await toOther.expectNext(({ callSignal }) => callSignal.payload === 'for all')
    for (const toUserId of [patient.id, 'nobody', (await given.patient()).id])
      expect(codeOf(await patient.ask(SEND, { input: { sessionId, kind: 'HANGUP', toUserId } }))).toMatchObject({
        code: 'NOT_FOUND',
        field: 'input.toUserId',
      })
  })

  test('000.18 are for those who are in the session: who has not joined is refused, and who leaves hears no more', async () => {
    const { patient, other, professional, sessionId } = await inGroup()
    const events = await follow(other, sessionId)
    await untilHeard(patient, other, events, sessionId)
    await leave(other, sessionId)
    expect(await events.ended()).toEqual({ kind: 'COMPLETED' })
    expect(await callOf(other, sessionId)).toBeNull()
    expect(await refusalOf(other, sessionId)).toMatchObject({ code: 'FORBIDDEN' })
    const input = { sessionId, kind: 'HANGUP' }
    expect(codeOf(await other.ask(SEND, { input }))).toMatchObject({ code: 'FORBIDDEN' })
    expect(codeOf(await professional.ask(SEND, { input: { ...input, toUserId: other.id } }))).toMatchObject({
      code: 'NOT_FOUND',
      field: 'input.toUserId',
    })
    await join(other, sessionId)
    expect(await callOf(other, sessionId)).not.toBeNull()
  })

  test('000.18 have up to 64 KiB, and something to say', async () => {
    const { patient, professional, sessionId } = await inSession()
    const events = await follow(professional, sessionId)
    await untilHeard(patient, professional, events, sessionId)
    const longest = 'ü'.repeat(32 * 1024)
    expect(await sendSignal(patient, { sessionId, kind: 'OFFER', payload: longest })).toBe(1)
    expect((await events.next()).callSignal.payload).toBe(longest)
    const wrong = [{ payload: `${longest}x` }, { payload: null }, {}, { payload: ' ' }]
    for (const kind of ['OFFER', 'ANSWER', 'CANDIDATE'])
      for (const input of wrong) {
        const answer = await patient.ask(SEND, { input: { sessionId, kind, ...input } })
        expect(codeOf(answer)).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.payload' })
      }
    await sendSignal(patient, { sessionId, kind: 'HANGUP' })
    await events.expectNext(({ callSignal }) => callSignal.kind === 'HANGUP')
  })

  test('000.18 are limited for each person', async () => {
    const limited = await startApp({ rateLimits: { signalsPerMinute: 3 } }, { beside: app })
    const { patient, professional, sessionId } = await inSession()
    const input = { sessionId, kind: 'HANGUP' }
    for (let sent = 0; sent < 3; sent++) await sendSignal(patient.at(limited), input)
    const refusal = codeOf(await patient.at(limited).ask(SEND, { input }))
    expect(refusal?.code).toBe('RATE_LIMITED')
    expect(refusal?.retryAfterMs).toBeGreaterThan(0)
    expect(refusal?.retryAfterMs).toBeLessThanOrEqual(60_000)
    expect(await sendSignal(professional.at(limited), input)).toBe(0)
  })

  test('000.18 leave nothing behind: not in the database, in logs, metrics or the audit', async () => {
    const lines: unknown[] = []
    const note = (fields: object, message: string) => void lines.push(message, JSON.stringify(fields))
    const logger = { debug: note, info: note, warn: note, error: note, child: () => logger }
    const watched = await startApp({}, { logger, beside: app, auditTimings: { flushMs: 10, chainMs: 20 } })
    const { patient, professional, conversationId, sessionId } = await inSession()
    const events = await follow(professional.at(watched), sessionId)
    const sender = patient.at(watched)
    await untilHeard(sender, professional, events, sessionId)
    const payload = `private ${randomUUID()}`
    await sendSignal(sender, { sessionId, kind: 'OFFER', payload })
    expect((await events.next()).callSignal.payload).toBe(payload)
    for (const input of [{ sessionId: randomUUID() }, { toUserId: 'nobody' }, { payload: payload.repeat(2_000) }])
      expect(codeOf(await sender.ask(SEND, { input: { sessionId, kind: 'OFFER', payload, ...input } }))).toBeDefined()
    events.stop()

    const actions = async () => {
      const { auditLog } = await given.admin.request<{ auditLog: { edges: { node: Event }[] } }>(AUDIT, {
        filter: { conversationId, actions: ['sendSignal', 'callSignal', 'callSignal.end'] },
      })
      const own = auditLog.edges.map(({ node }) => node).filter(event => event.sessionId === sessionId)
      return [...new Set(own.map(({ action, outcome }) => `${action} ${outcome}`))].sort()
    }
    const deadline = Date.now() + 10_000
    while ((await actions()).length < 4) expect(Date.now()).toBeLessThan(deadline)
    expect(await actions()).toEqual([
      'callSignal ALLOWED',
      'callSignal.end ALLOWED',
      'sendSignal ALLOWED',
      'sendSignal DENIED',
    ])
    const tables = await app.database.call<{ name: string }>(
      `select quote_ident(table_name) as name from information_schema.tables
        where table_schema = current_schema() and table_type = 'BASE TABLE'`,
      [],
    )
    expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(['audit_events', 'call_listeners']))
    for (const { name } of tables)
      expect(await app.database.call(`select * from ${name} t where t::text like $1`, [`%${payload}%`])).toEqual([])
    const metrics = await (await fetch(`${watched.url}/metrics`)).text()
    expect(metrics).toMatch(/^colloquy_call_signals_total [1-9]/m)
    expect(lines.length).toBeGreaterThan(0)
    expect(`${metrics} ${lines.join(' ')}`).not.toContain(payload)
  })
})

describe('who calls', () => {
  test('000.18 nobody sends or follows who takes no part, or where there is no call', async () => {
    const { patient, professional, conversationId, sessionId } = await inSession()
    const stranger = await given.patient()
    const send = async (by: TestPerson, id: string) =>
      codeOf(await by.ask(SEND, { input: { sessionId: id, kind: 'HANGUP' } }))
    for (const id of [sessionId, randomUUID(), 'no id'])
      for (const refusal of [await send(stranger, id), await refusalOf(stranger, id)])
        expect(refusal).toMatchObject({ code: 'NOT_FOUND' })
    for (const refusal of [await send(given.admin, sessionId), await refusalOf(given.admin, sessionId)])
      expect(refusal).toMatchObject({ code: 'FORBIDDEN' })
    await professional.request(SET_STATUS, { input: { conversationId, status: 'BLOCKED' } })
    for (const refusal of [await send(patient, sessionId), await refusalOf(patient, sessionId)])
      expect(refusal).toMatchObject({ code: 'CONFLICT', reason: 'CONVERSATION_NOT_ACTIVE' })
    await professional.request(SET_STATUS, { input: { conversationId, status: 'ACTIVE' } })
    await professional.request(END, { id: sessionId })
    for (const refusal of [await send(patient, sessionId), await refusalOf(patient, sessionId)])
      expect(refusal).toMatchObject({ code: 'CONFLICT', reason: 'SESSION_OVER' })
    const chat = await startSession(professional, conversationId, 'CHAT')
    expect(await send(patient, chat)).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.sessionId' })
    expect(await refusalOf(patient, chat)).toMatchObject({ code: 'BAD_USER_INPUT', field: 'sessionId' })
  })

  test('000.18 a grant opens no call', async () => {
    const { patient, sessionId } = await inSession()
    const auditor = await given.person(['ADMIN'])
    await auditor.request('mutation ($i: RequestAccessInput!) { requestAccess(input: $i) { accessGrant { id } } }', {
      i: { subjectId: patient.id, reason: 'To see what a grant opens', minutes: 5 },
    })
    expect(await refusalOf(auditor, sessionId)).toMatchObject({ code: 'FORBIDDEN' })
  })

  const followed = async () => {
    const scene = await inSession()
    const events = await follow(scene.patient, scene.sessionId)
    await untilHeard(scene.professional, scene.patient, events, scene.sessionId)
    return { ...scene, events }
  }

  test('000.18 following is complete when the session is over', async () => {
    const { professional, sessionId, events } = await followed()
    await professional.request(END, { id: sessionId })
    expect(await events.ended()).toEqual({ kind: 'COMPLETED' })
  })

  test('000.18 following ends with the care relationship, and when the conversation is blocked', async () => {
    const parted = await followed()
    await given.care(parted.patient, parted.professional, false)
    expect(await parted.events.ended()).toMatchObject({
      kind: 'ERRORS',
      errors: [{ extensions: { code: 'FORBIDDEN', reason: 'CARE_RELATIONSHIP_ENDED' } }],
    })
    const { professional, conversationId, events } = await followed()
    await professional.request(SET_STATUS, { input: { conversationId, status: 'BLOCKED' } })
    expect(await events.ended()).toMatchObject({
      kind: 'ERRORS',
      errors: [{ extensions: { code: 'CONFLICT', reason: 'CONVERSATION_NOT_ACTIVE' } }],
    })
  })

  test('000.18 following ends for who is removed or deactivated, and not for the others', async () => {
    const { patient, other, professional, conversationId, sessionId } = await inGroup()
    const [toPatient, toOther] = [await follow(patient, sessionId), await follow(other, sessionId)]
    await untilHeard(professional, patient, toPatient, sessionId)
    await untilHeard(professional, other, toOther, sessionId)
    await professional.request(
      'mutation ($input: ParticipantsInput!) { removeParticipants(input: $input) { conversation { id } } }',
      { input: { conversationId, userIds: [patient.id] } },
    )
    expect(await toPatient.ended()).toMatchObject({ kind: 'ERRORS', errors: [{ extensions: { code: 'FORBIDDEN' } }] })
    expect(await refusalOf(patient, sessionId)).toMatchObject({ code: 'NOT_FOUND' })
    expect(await sendSignal(professional, { sessionId, kind: 'OFFER', payload: 'for who stays' })).toBe(1)
    await toOther.expectNext(({ callSignal }) => callSignal.payload === 'for who stays')
    const { id, displayName, roles } = other
    await given.admin.request('mutation ($input: UpsertUsersInput!) { upsertUsers(input: $input) { users { id } } }', {
      input: { users: [{ id, displayName, roles, active: false }] },
    })
    // They have left the session, and their connection is closed: whichever they learn of first.
    expect(['COMPLETED', 'CLOSED']).toContain((await toOther.ended()).kind)
    const { errors } = await other.ask('{ me { id } }')
    expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED')
  })
})
