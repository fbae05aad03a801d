import { expect, test } from '@jest/globals'
import type { GraphqlAnswer } from '../support/graphql-client.js'
import { make, type TestPerson } from '../support/make.js'
import { startApp } from '../support/start-app.js'

interface Session {
  id: string
  type: string
  status: string
  patient: { id: string } | null
  professional: { id: string }
  participants: { role: string; joinedAt: string; leftAt: string | null; user: { id: string } }[]
  messages: { edges: { cursor: string; node: { body: string; kind: string } }[]; pageInfo: Record<string, unknown> }
  conversation: { id: string; activeSession: { id: string } | null; lastMessage: { body: string; kind: string } }
  appointmentId: string | null
  serviceId: string | null
  startedAt: string
  endedAt: string | null
  endReason: string | null
  durationSeconds: number
}

const FIELDS = `id type status patient { id } professional { id } appointmentId serviceId startedAt endedAt endReason
  durationSeconds participants { role joinedAt leftAt user { id } }
  conversation { id activeSession { id } lastMessage { body kind } }
  messages { edges { cursor node { body kind } } pageInfo { hasNextPage hasPreviousPage } }`
const CREATE = `mutation ($input: CreateSessionInput!) { createSession(input: $input) { session { ${FIELDS} } } }`
const END = `mutation ($input: EndSessionInput!) { endSession(input: $input) { session { ${FIELDS} } } }`
const LIST = `query ($filter: SessionFilter, $first: Int, $after: String) {
  sessions(filter: $filter, first: $first, after: $after) {
    edges { node { id } } pageInfo { hasNextPage hasPreviousPage endCursor } } }`

interface List {
  sessions: {
    edges: { node: { id: string } }[]
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string | null }
  }
}

const server = await startApp()
const { admin, care, pair, person, professional, talk } = make(server)

const create = (viewer: TestPerson, input: Record<string, unknown>) =>
  viewer.ask<{ createSession: { session: Session } | null }>(CREATE, { input: { type: 'CHAT', ...input } })
const created = async (viewer: TestPerson, input: Record<string, unknown>) => {
  const { data, errors } = await create(viewer, input)
  if (!data?.createSession) throw new Error(JSON.stringify(errors))
  return data.createSession.session
}
const end = (viewer: TestPerson, sessionId: string, reason?: string) =>
  viewer.ask<{ endSession: { session: Session } | null }>(END, { input: { sessionId, reason } })
const ended = async (viewer: TestPerson, sessionId: string, reason?: string) => {
  const { data, errors } = await end(viewer, sessionId, reason)
  if (!data?.endSession) throw new Error(JSON.stringify(errors))
  return data.endSession.session
}
const codeOf = ({ errors }: GraphqlAnswer<unknown>) => errors?.[0]?.extensions
const list = async (viewer: TestPerson, variables: Record<string, unknown> = {}) =>
  (await viewer.request<List>(LIST, variables)).sessions
const idsOf = (page: List['sessions']) => page.edges.map(({ node }) => node.id)

test('000.1 a session is created, listed and ended, and the conversation tells of it', async () => {
  const { patient, professional } = await pair()
  const session = await created(patient, {
    withUserId: professional.id,
    type: 'VIDEO',
    appointmentId: 'appointment 1',
    serviceId: 'service 1',
  })
  expect(session).toMatchObject({
    type: 'VIDEO',
    status: 'ACTIVE',
    patient: { id: patient.id },
    professional: { id: professional.id },
    appointmentId: 'appointment 1',
    serviceId: 'service 1',
    endedAt: null,
    endReason: null,
    conversation: {
      activeSession: { id: session.id },
      lastMessage: { kind: 'SYSTEM', body: 'A video session has started.' },
    },
  })
  expect(session.participants).toEqual([
    { role: 'PATIENT', joinedAt: session.startedAt, leftAt: null, user: { id: patient.id } },
    { role: 'PROFESSIONAL', joinedAt: session.startedAt, leftAt: null, user: { id: professional.id } },
  ])
  for (const viewer of [patient, professional]) expect(idsOf(await list(viewer))).toEqual([session.id])

  const over = await ended(professional, session.id, '  All is said. ')
  expect(over).toMatchObject({
    status: 'ENDED',
    endReason: 'All is said.',
    conversation: { activeSession: null, lastMessage: { kind: 'SYSTEM', body: 'The video session has ended.' } },
  })
  expect(over.participants.map(({ leftAt }) => leftAt)).toEqual([over.endedAt, over.endedAt])
  const seconds = (Date.parse(over.endedAt ?? '') - Date.parse(over.startedAt)) / 1000
  expect(over.durationSeconds).toBe(Math.floor(seconds))
})

test('000.5 the messages of a session are those from its start to its end', async () => {
  const { patient, professional, conversationId } = await talk()
  await patient.send(conversationId, 'before')
  const session = await created(professional, { conversationId })
  await patient.send(conversationId, 'within')
  await professional.send(conversationId, 'within, too')
  await ended(patient, session.id)
  await patient.send(conversationId, 'after')
  const { session: found } = await patient.request<{ session: Session }>(
    `query ($id: ID!) { session(id: $id) { ${FIELDS} } }`,
    { id: session.id },
  )
  const bodies = found.messages.edges.map(({ node }) => node.body)
  expect(bodies).toEqual(['A chat session has started.', 'within', 'within, too', 'The chat session has ended.'])
  expect(found.messages.pageInfo).toEqual({ hasNextPage: false, hasPreviousPage: false })
  const { session: page } = await patient.request<{ session: Session }>(
    `query ($id: ID!, $after: String) { session(id: $id) {
      messages(first: 2, after: $after) { edges { node { body } } pageInfo { hasNextPage hasPreviousPage } } } }`,
    { id: session.id, after: found.messages.edges[1]?.cursor },
  )
  expect(page.messages.edges.map(({ node }) => node.body)).toEqual(bodies.slice(2))
  expect(page.messages.pageInfo).toEqual({ hasNextPage: false, hasPreviousPage: true })
})

test('a second session is a CONFLICT that names the first, also of two at once', async () => {
  const { patient, professional, conversationId } = await talk()
  const answers = await Promise.all([
    create(patient, { withUserId: professional.id }),
    create(professional, { conversationId, type: 'VOICE' }),
  ])
  const sessions = answers.flatMap(({ data }) => data?.createSession?.session ?? [])
  expect(sessions).toHaveLength(1)
  const refusal = { code: 'CONFLICT', reason: 'SESSION_ALREADY_ACTIVE', sessionId: sessions[0]?.id }
  expect(answers.flatMap(answer => codeOf(answer) ?? [])).toMatchObject([refusal])
  expect(codeOf(await create(patient, { conversationId }))).toMatchObject(refusal)
  await ended(patient, sessions[0]?.id ?? '')
  expect((await created(patient, { conversationId })).status).toBe('ACTIVE')
})

test('two at once between people without a conversation make one of each', async () => {
  const { patient, professional } = await pair()
  const answers = await Promise.all([
    create(patient, { withUserId: professional.id }),
    create(professional, { withUserId: patient.id }),
  ])
  const sessions = answers.flatMap(({ data }) => data?.createSession?.session ?? [])
  expect(sessions).toHaveLength(1)
  expect(answers.flatMap(answer => codeOf(answer) ?? [])).toMatchObject([{ sessionId: sessions[0]?.id }])
})

test('ending an ended session changes nothing, whoever does it and however often', async () => {
  const { patient, professional, conversationId } = await talk()
  const session = await created(patient, { conversationId })
  const answers = await Promise.all([ended(patient, session.id, 'mine'), ended(professional, session.id, 'theirs')])
  expect(answers[0]?.endReason).toBe(answers[1]?.endReason)
  const again = await ended(professional, session.id, 'late')
  expect(again).toEqual(answers[0])
  expect(again.messages.edges).toHaveLength(2)
})

test('003.2 its messages bring an archived conversation back, also the one of its end', async () => {
  const { patient, professional, conversationId } = await talk()
  const ARCHIVE =
    'mutation ($input: SetConversationStatusInput!) { setConversationStatus(input: $input) { conversation { id } } }'
  const archive = () => professional.request(ARCHIVE, { input: { conversationId, status: 'ARCHIVED' } })
  const listed = async () =>
    (await patient.request<{ conversations: { edges: object[] } }>('{ conversations { edges { node { id } } } }'))
      .conversations.edges.length
  await archive()
  const { id } = await created(patient, { conversationId })
  expect(await listed()).toBe(1)
  await archive()
  expect(await listed()).toBe(0)
  await ended(patient, id)
  expect(await listed()).toBe(1)
})

test('only those who take part end and read a session', async () => {
  const { patient, conversationId } = await talk()
  const session = await created(patient, { conversationId })
  const stranger = await professional()
  const query = 'query ($id: ID!) { session(id: $id) { id } }'
  for (const ask of [
    (viewer: TestPerson, id: string) => end(viewer, id),
    (viewer: TestPerson, id: string) => viewer.ask(query, { id }),
  ]) {
    expect(codeOf(await ask(stranger, session.id))).toMatchObject({ code: 'NOT_FOUND' })
    expect(codeOf(await ask(admin, session.id))).toMatchObject({ code: 'FORBIDDEN' })
    for (const id of ['nonsense', '00000000-0000-4000-8000-000000000000'])
      expect(codeOf(await ask(patient, id))).toMatchObject({ code: 'NOT_FOUND' })
  }
  expect(codeOf(await create(stranger, { conversationId }))).toMatchObject({ code: 'NOT_FOUND' })
  expect(codeOf(await create(admin, { conversationId }))).toMatchObject({ code: 'FORBIDDEN' })
  expect(idsOf(await list(stranger, { filter: { conversationId } }))).toEqual([])
})

test('what is wrong with the input is said by field', async () => {
  const { patient, professional, conversationId } = await talk()
  for (const [input, field] of [
    [{}, 'input.withUserId'],
    [{ withUserId: professional.id, conversationId }, 'input.conversationId'],
    [{ withUserId: patient.id }, 'input.withUserId'],
    [{ conversationId, appointmentId: 'x'.repeat(129) }, 'input.appointmentId'],
    [{ conversationId, serviceId: 'a\u0000' }, 'input.serviceId'],
  ] as const)
    expect(codeOf(await create(patient, input))).toMatchObject({ code: 'BAD_USER_INPUT', field })
  expect(codeOf(await create(patient, { withUserId: 'nobody' }))).toMatchObject({
    code: 'NOT_FOUND',
    field: 'input.withUserId',
  })
  const session = await created(patient, { conversationId })
  expect(codeOf(await end(patient, session.id, 'x'.repeat(501)))).toMatchObject({
    code: 'BAD_USER_INPUT',
    field: 'input.reason',
  })
})

test('004.5 the role that is said must be the one that the conversation knows', async () => {
  const one = await person(['PATIENT', 'PROFESSIONAL'])
  const doctor = await professional()
  await care(one, doctor)
  const session = await created(one, { withUserId: doctor.id, asRole: 'PATIENT' })
  expect(session).toMatchObject({ patient: { id: one.id }, professional: { id: doctor.id } })
  await ended(one, session.id)
  const conversationId = session.conversation.id
  expect(codeOf(await create(one, { conversationId, asRole: 'PROFESSIONAL' }))).toMatchObject({ code: 'FORBIDDEN' })
  expect(codeOf(await create(one, { withUserId: doctor.id, asRole: 'PROFESSIONAL' }))).toMatchObject({
    code: 'FORBIDDEN',
  })
})

test('the end of the care relationship ends the session, and none begins', async () => {
  const { patient, professional, conversationId } = await talk()
  const session = await created(patient, { conversationId })
  await care(patient, professional, false)
  expect(await ended(patient, session.id)).toMatchObject({
    status: 'ENDED',
    endReason: 'CARE_RELATIONSHIP_ENDED',
    conversation: { activeSession: null, lastMessage: { kind: 'SYSTEM' } },
  })
  const refusal = { code: 'CONFLICT', reason: 'CARE_RELATIONSHIP_ENDED' }
  expect(codeOf(await create(patient, { conversationId }))).toMatchObject(refusal)
  expect(codeOf(await create(professional, { withUserId: patient.id }))).toMatchObject(refusal)
  await care(patient, professional, true)
  expect((await created(patient, { conversationId })).status).toBe('ACTIVE')
})

test('sessions are listed newest first, narrowed by filters, in pages with true flags', async () => {
  const { patient, conversationId } = await talk()
  const ids: string[] = []
  for (const type of ['CHAT', 'VOICE', 'VIDEO']) {
    const { id } = await created(patient, { conversationId, type })
    ids.unshift(id)
    if (type !== 'VIDEO') await ended(patient, id)
  }
  expect(idsOf(await list(patient))).toEqual(ids)
  expect(idsOf(await list(patient, { filter: null }))).toEqual(ids)
  const first = await list(patient, { first: 2 })
  expect(idsOf(first)).toEqual(ids.slice(0, 2))
  expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false })
  const second = await list(patient, { first: 2, after: first.pageInfo.endCursor })
  expect(idsOf(second)).toEqual(ids.slice(2))
  expect(second.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true })
  for (const [filter, expected] of [
    [{ statuses: ['ACTIVE'] }, ids.slice(0, 1)],
    [{ statuses: ['ENDED', 'EXPIRED'] }, ids.slice(1)],
    [{ types: ['CHAT', 'VIDEO'] }, [ids[0], ids[2]]],
    [{ conversationId }, ids],
    [{ conversationId: 'nonsense' }, []],
  ] as const)
    expect(idsOf(await list(patient, { filter }))).toEqual(expected)
  const { conversation } = await patient.request<{ conversation: List }>(
    'query ($id: ID!) { conversation(id: $id) { sessions(first: 2) { edges { node { id } } pageInfo { hasNextPage } } } }',
    { id: conversationId },
  )
  expect(idsOf(conversation.sessions)).toEqual(ids.slice(0, 2))
})

test('000.13 sessions count as starts', async () => {
  const limited = await startApp({ rateLimits: { messagesPerMinute: 0, startsPerMinute: 2 } })
  const { talk } = make(limited)
  const { patient, professional, conversationId } = await talk()
  await ended(patient, (await created(patient, { conversationId })).id)
  expect(codeOf(await create(patient, { conversationId }))).toMatchObject({ code: 'RATE_LIMITED' })
  const session = await created(professional, { conversationId })
  // What is refused for another reason counts for nothing.
  expect(codeOf(await create(professional, { conversationId }))).toMatchObject({ code: 'CONFLICT' })
  await ended(professional, session.id)
  expect((await created(professional, { conversationId })).status).toBe('ACTIVE')
})

test('000.13 who is in a session already starts nothing by joining it, and what was refused neither', async () => {
  const limited = await startApp({ rateLimits: { messagesPerMinute: 0, startsPerMinute: 3 } })
  const { talk } = make(limited)
  const { patient, professional, conversationId } = await talk()
  const session = await created(professional, { conversationId })
  const stay = (field: string) =>
    patient.ask(`mutation ($input: SessionPresenceInput!) { ${field}(input: $input) { session { id } } }`, {
      input: { sessionId: session.id },
    })
  for (let count = 0; count < 5; count++) expect(codeOf(await stay('joinSession'))).toBeUndefined()
  for (let count = 0; count < 2; count++) {
    await stay('leaveSession')
    expect(codeOf(await stay('joinSession'))).toBeUndefined()
  }
  await stay('leaveSession')
  expect(codeOf(await stay('joinSession'))).toMatchObject({ code: 'RATE_LIMITED' })
  await ended(professional, session.id)
  expect(codeOf(await stay('joinSession'))).toMatchObject({ code: 'CONFLICT', reason: 'SESSION_OVER' })
})

test('000.13 a call counts once, whatever else it makes, and none counts that finds what is there', async () => {
  const limited = await startApp({ rateLimits: { messagesPerMinute: 0, startsPerMinute: 1 } })
  const { pair } = make(limited)
  const { patient, professional } = await pair()
  const open = (viewer: TestPerson, userId: string) =>
    viewer.ask('mutation ($input: StartConversationInput!) { startConversation(input: $input) { created } }', {
      input: { userId },
    })
  const support = (viewer: TestPerson) => viewer.ask('mutation { startSupportConversation { created } }')
  // Makes the conversation and the session.
  expect((await created(patient, { withUserId: professional.id })).status).toBe('ACTIVE')
  expect(codeOf(await open(patient, professional.id))).toBeUndefined()
  expect(codeOf(await support(patient))).toMatchObject({ code: 'RATE_LIMITED' })
  for (let count = 0; count < 3; count++) expect(codeOf(await open(professional, patient.id))).toBeUndefined()
  for (let count = 0; count < 3; count++) expect(codeOf(await support(professional))).toBeUndefined()
})

test('000.1 what the server writes of a session can be told in any language', async () => {
  const { patient, professional, conversationId } = await talk()
  await patient.send(conversationId, 'Before')
  const session = await created(professional, { conversationId })
  await ended(patient, session.id)
  await admin.request('mutation ($input: NotifyInput!) { notify(input: $input) { message { id } } }', {
    input: { conversationId, title: 'We are closed today.' },
  })
  interface Note {
    kind: string
    systemEvent: string | null
    session: { id: string } | null
  }
  const NOTES = `query ($id: ID!) { conversation(id: $id) { lastMessage { systemEvent } }
    history(conversationId: $id) { edges { node { kind systemEvent session { id } } } } }`
  const { history } = await patient.request<{ history: { edges: { node: Note }[] } }>(NOTES, { id: conversationId })
  expect(history.edges.map(({ node }) => node)).toEqual([
    { kind: 'TEXT', systemEvent: null, session: null },
    { kind: 'SYSTEM', systemEvent: 'SESSION_STARTED', session: { id: session.id } },
    { kind: 'SYSTEM', systemEvent: 'SESSION_ENDED', session: { id: session.id } },
    { kind: 'SYSTEM', systemEvent: null, session: null },
  ])
})
