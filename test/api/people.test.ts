import { describe, expect, test } from '@jest/globals'
import { postGraphql } from '../support/graphql-client.js'
import { make, type TestPerson } from '../support/make.js'
import { startApp } from '../support/start-app.js'
import { connectSocket } from '../support/subscription-client.js'
import { tokenFor } from '../support/tokens.js'

const app = await startApp()
const given = make(app)
const { admin } = given

const USER = 'id displayName roles active email avatarUrl'
const UPSERT = `mutation ($users: [UserInput!]!) { upsertUsers(input: { users: $users }) { users { ${USER} } } }`
const FIND = `query ($id: ID!) { user(id: $id) { ${USER} } }`
const RELATE = `mutation ($input: CareRelationshipInput!) {
  setCareRelationship(input: $input) { careRelationship { id patient { id } professional { id } active since } }
}`
const SEND = 'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { message { id } } }'
const MESSAGES = 'subscription ($id: ID!, $after: String) { messageAdded(conversationId: $id, after: $after) { body } }'

interface User {
  id: string
  displayName: string
  roles: string[]
  active: boolean
  email: string | null
  avatarUrl: string | null
}

const upsert = async (...users: Record<string, unknown>[]) =>
  (await admin.request<{ upsertUsers: { users: User[] } }>(UPSERT, { users })).upsertUsers.users

const find = async (viewer: TestPerson, id: string) => (await viewer.request<{ user: User }>(FIND, { id })).user

const refusal = async (viewer: TestPerson, query: string, variables: Record<string, unknown>) => {
  const { data, errors } = await viewer.ask(query, variables)
  expect(Object.values(data ?? {})).toEqual([null])
  expect(errors).toHaveLength(1)
  return errors?.[0]?.extensions
}

const me = (token: string) => postGraphql<{ me: User }>(app.url, token, `{ me { ${USER} } }`)

describe('upsertUsers', () => {
  const anna = { id: 'anna', displayName: 'Anna', roles: ['PATIENT'] }

  test('creates and replaces; what is omitted stays, null clears', async () => {
    const [created] = await upsert({ ...anna, email: 'anna@example.org', avatarUrl: 'https://example.org/a.png' })
    expect(created).toEqual({
      ...anna,
      active: true,
      email: 'anna@example.org',
      avatarUrl: 'https://example.org/a.png',
    })
    const [kept] = await upsert({ ...anna, displayName: ' Anna B. ', roles: ['PATIENT', 'PROFESSIONAL'] })
    expect(kept).toMatchObject({
      displayName: 'Anna B.',
      roles: ['PATIENT', 'PROFESSIONAL'],
      email: 'anna@example.org',
    })
    const [cleared] = await upsert({ ...anna, email: null, avatarUrl: null })
    expect(cleared).toMatchObject({ email: null, avatarUrl: null })
  })

  test('answers in the order of the input', async () => {
    const users = ['o3', 'o1', 'o2'].map(id => ({ ...anna, id }))
    expect((await upsert(...users)).map(user => user.id)).toEqual(['o3', 'o1', 'o2'])
  })

  const bad: [string, string, Record<string, unknown>][] = [
    ['an empty id', 'id', { id: '' }],
    ['a long id', 'id', { id: 'x'.repeat(129) }],
    ['a control character in an id', 'id', { id: 'a\u0007b' }],
    ['a blank name', 'displayName', { displayName: '   ' }],
    ['a long name', 'displayName', { displayName: '👩'.repeat(201) }],
    ['a NUL in a name', 'displayName', { displayName: 'a\u0000b' }],
    ['no role', 'roles', { roles: [] }],
    ['a role twice', 'roles', { roles: ['PATIENT', 'PATIENT'] }],
    ['what is no address', 'email', { email: 'nobody' }],
    ['a long address', 'email', { email: `${'x'.repeat(250)}@example.org` }],
    ['a script', 'avatarUrl', { avatarUrl: 'javascript:alert(1)' }],
    ['a long URL', 'avatarUrl', { avatarUrl: `https://example.org/${'x'.repeat(2_048)}` }],
  ]
  test.each(bad)('001.11 invalid input is told clearly: %s', async (_, field, change) => {
    const users = [
      { ...anna, id: 'before' },
      { ...anna, ...change },
    ]
    expect(await refusal(admin, UPSERT, { users })).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: `input.users.1.${field}`,
    })
    // All or none.
    expect(await refusal(admin, FIND, { id: 'before' })).toMatchObject({ code: 'NOT_FOUND' })
  })

  test('001.11 a name of 200 characters beyond the first plane is not too long', async () => {
    const [user] = await upsert({ ...anna, displayName: '👩'.repeat(200) })
    expect([...(user?.displayName ?? '')]).toHaveLength(200)
  })

  test('each person once in a call, 1,000 at most', async () => {
    expect(await refusal(admin, UPSERT, { users: [anna, { ...anna, id: 'ben' }, anna] })).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'input.users.2.id',
    })
    const many = Array.from({ length: 1_001 }, (_, index) => ({ ...anna, id: `many-${index}` }))
    expect(await refusal(admin, UPSERT, { users: many })).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'input.users',
    })
    expect(await upsert(...many.slice(1))).toHaveLength(1_000)
  })

  test('001.12 is for admins only', async () => {
    for (const viewer of [await given.patient(), await given.professional()])
      expect(await refusal(viewer, UPSERT, { users: [anna] })).toMatchObject({ code: 'FORBIDDEN' })
  })
})

describe('who sees whom', () => {
  test('oneself, those one shares a conversation or a care relationship with; admins everyone', async () => {
    const { patient, professional } = await given.pair()
    const stranger = await given.patient()
    expect((await find(patient, patient.id)).id).toBe(patient.id)
    expect((await find(patient, professional.id)).id).toBe(professional.id)
    expect((await find(professional, patient.id)).id).toBe(patient.id)
    expect((await find(admin, stranger.id)).id).toBe(stranger.id)
    const unknown = await refusal(patient, FIND, { id: 'nobody at all' })
    expect(await refusal(patient, FIND, { id: stranger.id })).toEqual(unknown)
  })

  test('an ended relationship ends the sight, a shared conversation keeps it', async () => {
    const { patient, professional } = await given.pair()
    await given.care(patient, professional, false)
    expect(await refusal(patient, FIND, { id: professional.id })).toMatchObject({ code: 'NOT_FOUND' })
    const talk = await given.talk()
    await given.care(talk.patient, talk.professional, false)
    expect((await find(talk.patient, talk.professional.id)).id).toBe(talk.professional.id)
  })

  test('with open care relationships patients see professionals, and they them, but for an explicit end', async () => {
    const open = await startApp({ openCareRelationships: true }, { beside: app })
    const [patient, professional] = [(await given.patient()).at(open), (await given.professional()).at(open)]
    expect((await find(patient, professional.id)).id).toBe(professional.id)
    expect((await find(professional, patient.id)).id).toBe(patient.id)
    const [another, colleague] = [await given.patient(), await given.professional()]
    expect(await refusal(patient, FIND, { id: another.id })).toMatchObject({ code: 'NOT_FOUND' })
    expect(await refusal(professional, FIND, { id: colleague.id })).toMatchObject({ code: 'NOT_FOUND' })
    await given.care(patient, professional, false)
    expect(await refusal(patient, FIND, { id: professional.id })).toMatchObject({ code: 'NOT_FOUND' })
    expect(await refusal(professional, FIND, { id: patient.id })).toMatchObject({ code: 'NOT_FOUND' })
  })

  test('a malformed id is NOT_FOUND', async () => {
    for (const id of ['', '\u0000', 'x'.repeat(500)])
      expect(await refusal(admin, FIND, { id })).toMatchObject({ code: 'NOT_FOUND' })
  })

  test('an email is for its owner, admins, and professionals in a conversation with them', async () => {
    const patient = await given.patient({ email: 'patient@example.org' })
    const professional = await given.professional({ email: 'professional@example.org' })
    await given.care(patient, professional)
    expect(await find(patient, patient.id)).toMatchObject({ email: 'patient@example.org' })
    expect(await find(admin, patient.id)).toMatchObject({ email: 'patient@example.org' })
    expect(await find(professional, patient.id)).toMatchObject({ email: null })
    await given.conversation(patient, professional)
    expect(await find(professional, patient.id)).toMatchObject({ email: 'patient@example.org' })
    expect(await find(patient, professional.id)).toMatchObject({ email: null })
  })
})

describe('001.2 setCareRelationship', () => {
  interface Related {
    setCareRelationship: {
      careRelationship: { id: string; patient: User; professional: User; active: boolean; since: string }
    }
  }
  const relate = async (patient: TestPerson, professional: TestPerson, active: boolean) =>
    (
      await admin.request<Related>(RELATE, {
        input: { patientId: patient.id, professionalId: professional.id, active },
      })
    ).setCareRelationship.careRelationship

  test('says since when; setting what is set already changes nothing', async () => {
    const [patient, professional] = [await given.patient(), await given.professional()]
    const first = await relate(patient, professional, true)
    expect(first).toMatchObject({ patient: { id: patient.id }, professional: { id: professional.id }, active: true })
    expect(await relate(patient, professional, true)).toEqual(first)
    const ended = await relate(patient, professional, false)
    expect(ended).toMatchObject({ id: first.id, active: false })
    expect(Date.parse(ended.since)).toBeGreaterThan(Date.parse(first.since))
  })

  test('is between a patient and another person who is a professional', async () => {
    const [patient, professional] = [await given.patient(), await given.professional()]
    const both = await given.person(['PATIENT', 'PROFESSIONAL'])
    const wrong: [string, string, string][] = [
      [professional.id, professional.id, 'input.professionalId'],
      [both.id, both.id, 'input.professionalId'],
      [professional.id, both.id, 'input.patientId'],
      [patient.id, patient.id, 'input.professionalId'],
      [patient.id, 'nobody', 'input.professionalId'],
      ['\u0000', professional.id, 'input.patientId'],
    ]
    for (const [patientId, professionalId, field] of wrong)
      expect(await refusal(admin, RELATE, { input: { patientId, professionalId, active: true } })).toMatchObject({
        code: 'BAD_USER_INPUT',
        field,
      })
    expect(await relate(both, professional, true)).toMatchObject({ active: true })
    expect(await relate(patient, both, true)).toMatchObject({ active: true })
  })

  test('001.12 is for admins only', async () => {
    const { patient, professional } = await given.pair()
    const input = { patientId: patient.id, professionalId: professional.id, active: true }
    for (const viewer of [patient, professional])
      expect(await refusal(viewer, RELATE, { input })).toMatchObject({ code: 'FORBIDDEN' })
  })

  test('its end closes the conversation, its session and its subscriptions; a new beginning opens it', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const sessionId = await given.session(patient, professional)
    const { cursor } = await professional.send(conversationId)
    await professional.send(conversationId, 'before')
    const socket = await patient.connect()
    const messages = socket.subscribe<{ messageAdded: { body: string } }>(MESSAGES, {
      id: conversationId,
      after: cursor,
    })
    await messages.until(event => event.messageAdded.body === 'before')

    await given.care(patient, professional, false)
    expect(await messages.ended()).toMatchObject({ kind: 'ERRORS', errors: [{ extensions: { code: 'FORBIDDEN' } }] })
    const input = { conversationId, body: 'after' }
    for (const viewer of [patient, professional])
      expect(await refusal(viewer, SEND, { input })).toMatchObject({
        code: 'CONFLICT',
        reason: 'CARE_RELATIONSHIP_ENDED',
      })
    const { session } = await patient.request<{ session: Record<string, unknown> }>(
      'query ($id: ID!) { session(id: $id) { status endReason } }',
      { id: sessionId },
    )
    expect(session).toEqual({ status: 'ENDED', endReason: 'CARE_RELATIONSHIP_ENDED' })

    await given.care(patient, professional)
    await patient.send(conversationId, 'again')
  })
})

describe('a person who is deactivated', () => {
  test('loses their connections with 4403, and their tokens count no more', async () => {
    const { patient, professional } = await given.pair()
    const socket = await patient.connect()
    const stream = patient.sse<Record<string, unknown>>('subscription { presence { id } }')
    await stream.next()
    const roles = ['PATIENT']
    await upsert({ id: patient.id, displayName: 'Gone', roles, active: false })
    expect(await socket.closed).toMatchObject({ code: 4403 })
    await stream.ended()
    expect(await me(patient.token)).toMatchObject({
      status: 401,
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    })
    await expect(patient.connect()).rejects.toMatchObject({ code: 4403 })
    expect(await find(professional, patient.id)).toMatchObject({ active: false })

    await upsert({ id: patient.id, displayName: 'Back', roles })
    expect(await me(patient.token)).toMatchObject({ status: 200, data: { me: { active: true } } })
  })
})

describe('a person who loses a role', () => {
  const MINE = '{ me { roles } }'

  test('loses the connections that have it, with 4403 and at every server; others stay', async () => {
    const beside = await startApp({}, { beside: app })
    const both = await given.person(['PATIENT', 'ADMIN'])
    const narrow = await connectSocket(app.url, tokenFor(both.id, { roles: ['patient'] }))
    const sockets = [await both.connect(), await both.at(beside).connect()]
    const stream = both.sse<Record<string, unknown>>('subscription { unreadCountsChanged { total } }')
    await stream.next()
    await given.patient({ id: both.id })
    for (const socket of sockets) expect(await socket.closed).toMatchObject({ code: 4403 })
    expect(await stream.nextResult()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
    expect(await narrow.request(MINE)).toEqual({ me: { roles: ['PATIENT'] } })
  })

  test('loses them within seconds where nobody was told', async () => {
    const strict = await startApp({ autoProvisionUsers: false }, { beside: app })
    const both = await given.person(['PATIENT', 'ADMIN'])
    const wide = await both.at(strict).connect()
    const narrow = await connectSocket(strict.url, tokenFor(both.id, { roles: ['patient'] }))
    await app.database.call(`update users set roles = '{PATIENT}' where id = $1::text`, [both.id])
    expect(await wide.closed).toMatchObject({ code: 4403 })
    expect(await narrow.request(MINE)).toEqual({ me: { roles: ['PATIENT'] } })
  })
})

describe('people who come by their token', () => {
  const tokenOf = (claims: Record<string, unknown>) => tokenFor('by-token', claims)
  const seen = async (claims: Record<string, unknown>) => (await me(tokenOf(claims))).data?.me

  test('are created; their roles, name and email follow the token, and what it omits stays', async () => {
    expect(await seen({ name: 'Ben', email: 'ben@example.org', roles: ['doctor'] })).toEqual({
      id: 'by-token',
      displayName: 'Ben',
      roles: ['PROFESSIONAL'],
      active: true,
      email: 'ben@example.org',
      avatarUrl: null,
    })
    expect(await seen({})).toMatchObject({ displayName: 'Ben', roles: ['PROFESSIONAL'], email: 'ben@example.org' })
    expect(await seen({ name: 'Benjamin', role: 'patient' })).toMatchObject({
      displayName: 'Benjamin',
      roles: ['PATIENT'],
      email: 'ben@example.org',
    })
  })

  test('have no role by a token that names none that is known; what is stored stays', async () => {
    const NOBODY = 'mutation { startConversation(input: { userId: "nobody" }) { conversation { id } } }'
    const ADMINS = '{ auditLog(first: 1) { edges { cursor } } }'
    const both = await given.person(['PROFESSIONAL', 'ADMIN'])
    const rolesWith = async (claims: Record<string, unknown>) => {
      const { data } = await postGraphql<{ me: { roles: string[] } }>(
        app.url,
        tokenFor(both.id, claims),
        '{ me { roles } }',
      )
      return data?.me.roles
    }
    const codeWith = async (claims: Record<string, unknown>, document: string) =>
      (await postGraphql(app.url, tokenFor(both.id, claims), document)).errors?.[0]?.extensions.code
    for (const claims of [{ roles: ['wizard'] }, { roles: [] }, { role: 'wizard' }]) {
      expect(await rolesWith(claims)).toEqual(['PROFESSIONAL', 'ADMIN'])
      expect(await codeWith(claims, ADMINS)).toBe('FORBIDDEN')
    }
    expect(await codeWith({ roles: ['wizard'] }, NOBODY)).toBe('NOT_FOUND')
    expect(await rolesWith({})).toEqual(['PROFESSIONAL', 'ADMIN'])
    expect(await codeWith({}, ADMINS)).toBeUndefined()
    expect(await postGraphql(app.url, tokenFor('a wizard', { roles: ['wizard'] }), '{ me { roles } }')).toMatchObject({
      data: { me: { roles: [] } },
    })
  })

  test('are never reactivated', async () => {
    await upsert({ id: 'by-token', displayName: 'Ben', roles: ['PATIENT'], active: false })
    expect(await me(tokenOf({ name: 'Benedict' }))).toMatchObject({ status: 401 })
    expect(await find(admin, 'by-token')).toMatchObject({ active: false })
  })

  test('are neither created nor changed where that is off; a token only narrows the stored roles', async () => {
    const strict = await startApp({ autoProvisionUsers: false }, { beside: app })
    const unknown = await postGraphql(strict.url, tokenFor('unknown', { roles: ['patient'] }), '{ me { id } }')
    expect(unknown).toMatchObject({ status: 401, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
    const { id, displayName } = await given.person(['PATIENT', 'PROFESSIONAL'])
    const claims = { name: 'Somebody else', roles: ['admin', 'patient'] }
    const answer = await postGraphql(strict.url, tokenFor(id, claims), '{ me { displayName roles } }')
    expect(answer.data).toEqual({ me: { displayName, roles: ['PATIENT', 'PROFESSIONAL'] } })
    const users = [{ id: 'x', displayName: 'X', roles: ['PATIENT'] }]
    const refused = await postGraphql(strict.url, tokenFor(id, claims), UPSERT, { users })
    expect(refused.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' })
  })
})
