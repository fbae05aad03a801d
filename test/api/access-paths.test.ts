import { describe, expect, test } from '@jest/globals'
import { graphql, type GraphQLSchema } from 'graphql'
import { Connection } from '../../src/connections/connection.js'
import { createContext } from '../../src/graphql/context.js'
import { buildSchema } from '../../src/graphql/schema.js'
import type { Variables } from '../support/graphql-client.js'
import { make, TestPerson, type TestRole } from '../support/make.js'
import { startApp } from '../support/start-app.js'
import { makeTalk } from '../support/talk.js'

const app = await startApp({ autoProvisionUsers: false })
const given = make(app)

const EVERYWHERE = `query ($conversationId: ID!, $sessionId: ID!, $userIds: [ID!]!) {
  presences(userIds: $userIds) { user { ...Person } }
  conversation(id: $conversationId) {
    participants { user { ...Person } } viewer { user { ...Person } } counterpart { ...Person } firstUnread { ...Message }
    lastMessage { ...Message } activeSession { ...Session } sessions(first: 2) { edges { node { ...Session } } }
  }
  conversations(first: 2) { edges { node { participants { user { ...Person } } } } }
  history(conversationId: $conversationId, last: 10) { edges { node { ...Message } } }
  unreadCounts { conversations { counterpart { ...Person } } }
  session(id: $sessionId) { ...Session }
}
fragment Person on User { id email presence { id user { id email } } }
fragment Message on Message {
  sender { ...Person } conversation { counterpart { ...Person } participants { user { ...Person } } }
  session { patient { ...Person } professional { ...Person } }
}
fragment Session on Session {
  patient { ...Person } professional { ...Person } participants { user { ...Person } }
  messages(last: 5) { edges { node { sender { ...Person } } } } conversation { counterpart { ...Person } lastMessage { sender { ...Person } } }
}`
const CONVERSATION = 'query ($id: ID!) { conversation(id: $id) { id } }'
const SEND = 'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { message { id } } }'
const EDIT = 'mutation ($input: EditMessageInput!) { editMessage(input: $input) { message { id } } }'
const DELETE = 'mutation ($input: DeleteMessageInput!) { deleteMessage(input: $input) { message { body } } }'
const START = 'mutation ($input: StartConversationInput!) { startConversation(input: $input) { created } }'
const CREATE_SESSION = 'mutation ($input: CreateSessionInput!) { createSession(input: $input) { session { id } } }'
const UPSERT = 'mutation ($input: UpsertUsersInput!) { upsertUsers(input: $input) { users { id } } }'

const outcome = async (person: TestPerson, document: string, variables: Variables) => {
  const { errors } = await person.ask(document, variables)
  return errors ? errors.map(({ extensions }) => extensions.code).join() : 'OK'
}

/** Every person in an answer, wherever they are in it. */
const peopleIn = (value: unknown): { id: string; email: string | null }[] => {
  if (typeof value !== 'object' || value === null) return []
  const below = Object.values(value).flatMap(peopleIn)
  return 'email' in value ? [value as { id: string; email: string | null }, ...below] : below
}

test('000.7 the patient’s address is theirs and their professional’s to see, by every way to it', async () => {
  const { patient, professional, emails, conversationId, sessionId } = await makeTalk(given)
  const variables = { conversationId, sessionId, userIds: [patient.id, professional.id] }
  const addresses = async (viewer: TestPerson) => {
    const people = peopleIn(await viewer.request(EVERYWHERE, variables))
    const of = ({ id }: TestPerson) => [...new Set(people.filter(person => person.id === id).map(({ email }) => email))]
    expect(people.length).toBeGreaterThan(50)
    return { patient: of(patient), professional: of(professional) }
  }
  expect(await addresses(patient)).toEqual({ patient: [emails.patient], professional: [null] })
  expect(await addresses(professional)).toEqual({ patient: [emails.patient], professional: [emails.professional] })
})

test('000.7 who has left reads no more, and is not seen any more either', async () => {
  const { patient, professional, conversationId, sessionId } = await makeTalk(given)
  await given.care(patient, professional, false)
  await professional.connect()
  const seen = `query ($id: ID!) { history(conversationId: $id, first: 5) { edges { node {
    sender { id displayName email presence { online status lastSeenAt } }
  } } } }`
  interface Seen {
    history: { edges: { node: { sender: Record<string, unknown> | null } }[] }
  }
  const professionalSeen = async () => {
    const { history } = await patient.request<Seen>(seen, { id: conversationId })
    return history.edges.map(edge => edge.node.sender).find(sender => sender?.id === professional.id)
  }
  expect(await professionalSeen()).toMatchObject({ presence: { online: true } })

  await app.database.call(
    'update participants set left_at = now() where conversation_id = $1::uuid and user_id = $2::text returning id',
    [conversationId, professional.id],
  )
  expect(await professionalSeen()).toEqual({
    id: professional.id,
    displayName: professional.displayName,
    email: null,
    presence: { online: false, status: 'OFFLINE', lastSeenAt: null },
  })
  const ways: [string, Variables][] = [
    [CONVERSATION, { id: conversationId }],
    ['query ($id: ID!) { history(conversationId: $id) { eventCursor } }', { id: conversationId }],
    ['query ($id: ID!) { session(id: $id) { id } }', { id: sessionId }],
    ['query ($id: ID!) { user(id: $id) { id } }', { id: patient.id }],
    [SEND, { input: { conversationId, body: 'Hello' } }],
    ['mutation ($input: MarkInput!) { markRead(input: $input) { participant { id } } }', { input: { conversationId } }],
    ['mutation ($input: EndSessionInput!) { endSession(input: $input) { session { id } } }', { input: { sessionId } }],
  ]
  for (const [document, variables] of ways)
    expect([document, await outcome(professional, document, variables)]).toEqual([document, 'NOT_FOUND'])
  const lists = `query ($ids: [ID!]!) {
    conversations { edges { node { id } } } sessions { edges { node { id } } } unreadCounts { total conversations { id } }
    presences(userIds: $ids) { id }
  }`
  expect(await professional.request(lists, { ids: [patient.id] })).toEqual({
    conversations: { edges: [] },
    sessions: { edges: [] },
    unreadCounts: { total: 0, conversations: [] },
    presences: [],
  })
})

describe('000.7 whoever comes to a conversation through another object is asked there', () => {
  /** As if some object led everyone to every conversation. */
  const openSchema = (): GraphQLSchema => {
    const schema = buildSchema()
    const field = schema.getQueryType()?.getFields().conversation
    if (!field) throw new Error('There is no Query.conversation.')
    field.resolve = (_source, args) => app.services.loaders.conversation((args as { id: string }).id)
    return schema
  }
  const schema = openSchema()
  const ALL = `query ($id: ID!) { conversation(id: $id) {
    id kind status title description viewer { id } counterpart { id } lastMessage { body } firstUnread { body } activeSession { id } legalHold { reason }
  } }`
  const NEVER_NULL = [
    'roomType',
    'tags',
    'permissions { role }',
    'participants { id }',
    'unreadCount',
    'messages { edges { node { body } } }',
    'firstSeq',
    'sessions { edges { node { id } } }',
    'createdAt',
    'lastActivityAt',
  ]

  const arrive = ({ id, roles }: TestPerson, source: string, conversationId: string) => {
    const connection = new Connection({ transport: 'HTTP' })
    connection.identify({ viewer: { userId: id, roles }, expiresAt: new Date(Date.now() + 60_000) })
    const contextValue = createContext(app.services, connection, 'request')
    return graphql({ schema, source, contextValue, variableValues: { id: conversationId } })
  }

  test('and told no more than its id, kind and status', async () => {
    const { patient, conversationId } = await makeTalk(given)
    for (const outsider of [await given.patient(), await given.professional(), given.admin]) {
      expect(await arrive(outsider, ALL, conversationId)).toEqual({
        data: {
          conversation: {
            ...{ id: conversationId, kind: 'DIRECT', status: 'ACTIVE' },
            ...{
              title: null,
              description: null,
              viewer: null,
              counterpart: null,
              lastMessage: null,
              firstUnread: null,
              activeSession: null,
              legalHold: null,
            },
          },
        },
      })
      for (const selection of NEVER_NULL) {
        const document = `query ($id: ID!) { conversation(id: $id) { ${selection} } }`
        const { errors } = await arrive(outsider, document, conversationId)
        expect(errors?.map(error => error.originalError)).toMatchObject([{ code: 'FORBIDDEN' }])
        expect((await arrive(patient, document, conversationId)).errors).toBeUndefined()
      }
    }
  })

  test('and told under a grant what its subject is told, but for what is their own', async () => {
    const { patient, conversationId } = await makeTalk(given)
    const admin = await given.person(['ADMIN'])
    await admin.request('mutation ($i: RequestAccessInput!) { requestAccess(input: $i) { accessGrant { id } } }', {
      i: { subjectId: patient.id, reason: 'To see what they see', minutes: 5 },
    })
    const own = { viewer: null, firstUnread: null }
    const { data } = await arrive(patient, ALL, conversationId)
    expect(await arrive(admin, ALL, conversationId)).toEqual({
      data: { conversation: { ...(data?.conversation as object), ...own } },
    })
    for (const selection of NEVER_NULL.filter(name => name !== 'unreadCount')) {
      const document = `query ($id: ID!) { conversation(id: $id) { ${selection} } }`
      expect(await arrive(admin, document, conversationId)).toEqual(await arrive(patient, document, conversationId))
    }
  })

  test('and every field of it was thought of', () => {
    const named = [...ALL.matchAll(/(?<= )\w+/g), ...NEVER_NULL.map(text => text.match(/\w+/))].map(match => match?.[0])
    const fields = schema.getType('Conversation')?.toConfig() as { fields: Record<string, unknown> }
    expect(Object.keys(fields.fields).filter(name => !named.includes(name))).toEqual([])
  })
})

describe('001.12 roles', () => {
  const talkOf = async (patientRoles: TestRole[], professionalRoles: TestRole[]) => {
    const patient = await given.person(patientRoles)
    const professional = await given.person(professionalRoles)
    await given.care(patient, professional)
    const conversationId = await given.conversation(patient, professional)
    return { patient, professional, conversationId }
  }

  test('who is both a patient and a professional takes part as the one that fits', async () => {
    const { patient, professional, conversationId } = await talkOf(['PATIENT', 'PROFESSIONAL'], ['PROFESSIONAL'])
    const attempts = (asRole: string): [string, Variables][] => [
      [START, { input: { userId: professional.id, asRole } }],
      [SEND, { input: { conversationId, body: 'Hello', asRole } }],
      [SEND, { input: { recipientId: professional.id, body: 'Hello', asRole } }],
    ]
    const sessions = (asRole: string): [string, Variables][] => [
      [CREATE_SESSION, { input: { conversationId, type: 'CHAT', asRole } }],
      [CREATE_SESSION, { input: { withUserId: professional.id, type: 'CHAT', asRole } }],
    ]
    const outcomes = (all: [string, Variables][]) =>
      Promise.all(all.map(([document, variables]) => outcome(patient, document, variables)))
    for (const asRole of ['PROFESSIONAL', 'ADMIN'])
      expect(await outcomes([...attempts(asRole), ...sessions(asRole)])).toEqual(Array(5).fill('FORBIDDEN'))
    expect(await outcomes(attempts('PATIENT'))).toEqual(['OK', 'OK', 'OK'])
  })

  test('an admin who takes part deletes others’ messages, and edits none', async () => {
    const { patient, professional, conversationId } = await talkOf(['PATIENT'], ['PROFESSIONAL', 'ADMIN'])
    const { id: messageId } = await patient.send(conversationId)
    expect(await outcome(professional, EDIT, { input: { messageId, body: 'Other words' } })).toBe('FORBIDDEN')
    const { id, displayName } = professional
    const withoutAdmin = new TestPerson(app, id, displayName, ['PROFESSIONAL'])
    expect(await outcome(withoutAdmin, DELETE, { input: { messageId } })).toBe('FORBIDDEN')
    expect(await professional.request(DELETE, { input: { messageId } })).toEqual({
      deleteMessage: { message: { body: null } },
    })
  })

  test('a token gives no role that the directory does not, and may give fewer', async () => {
    const { patient, conversationId } = await given.talk()
    const { admin } = given
    const users = [{ id: patient.id, displayName: 'Me', roles: ['PATIENT', 'ADMIN'] }]
    const pretender = new TestPerson(app, patient.id, '', ['PATIENT', 'ADMIN'])
    expect(await outcome(pretender, UPSERT, { input: { users } })).toBe('FORBIDDEN')
    expect(await pretender.request('{ me { roles } }')).toEqual({ me: { roles: ['PATIENT'] } })
    const humble = new TestPerson(app, admin.id, '', ['PATIENT'])
    expect(await outcome(humble, UPSERT, { input: { users } })).toBe('FORBIDDEN')
    // Who is no admin with this token does not learn what an admin would.
    expect(await outcome(humble, CONVERSATION, { id: conversationId })).toBe('NOT_FOUND')
    expect(await outcome(admin, CONVERSATION, { id: conversationId })).toBe('FORBIDDEN')
  })
})

test('002.14 codes tell apart what went wrong, and over HTTP the status does for what never began', async () => {
  const { patient, conversationId } = await given.talk()
  const ask = async (token: string, document: string, variables: Variables = {}) => {
    const { status, errors } = await new TestPerson(app, patient.id, '', [], token).ask(document, variables)
    return [status, errors?.[0]?.extensions.code]
  }
  expect(await ask(patient.token, CONVERSATION, { id: conversationId })).toEqual([200, undefined])
  expect(await ask('x', CONVERSATION, { id: conversationId })).toEqual([401, 'UNAUTHENTICATED'])
  expect(await ask(patient.token, '{ conversation')).toEqual([400, 'GRAPHQL_PARSE_FAILED'])
  expect(await ask(patient.token, '{ chat }')).toEqual([400, 'GRAPHQL_VALIDATION_FAILED'])
  expect(await ask(patient.token, CONVERSATION)).toEqual([400, 'BAD_USER_INPUT'])
  expect(await ask(patient.token, CONVERSATION, { id: patient.id })).toEqual([200, 'NOT_FOUND'])
  expect(await ask(patient.token, UPSERT, { input: { users: [] } })).toEqual([200, 'FORBIDDEN'])
  expect(await ask(patient.token, SEND, { input: { conversationId } })).toEqual([200, 'BAD_USER_INPUT'])
})
