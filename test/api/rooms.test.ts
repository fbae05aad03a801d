import { describe, expect, test } from '@jest/globals'
import type { Variables } from '../support/graphql-client.js'
import { make, type TestPerson } from '../support/make.js'
import { begun } from '../support/room.js'
import { startApp } from '../support/start-app.js'

const app = await startApp()
const given = make(app)

const INPUTS: Record<string, string> = {
  createGroup: 'CreateGroupInput!',
  startSupportConversation: 'StartSupportInput',
  updateConversation: 'UpdateConversationInput!',
  setConversationStatus: 'SetConversationStatusInput!',
  addParticipants: 'ParticipantsInput!',
  removeParticipants: 'ParticipantsInput!',
  setRolePermissions: 'RolePermissionsInput!',
  setParticipantPermissions: 'ParticipantPermissionsInput!',
  updateNotificationSettings: 'NotificationSettingsInput!',
}
const ROOM = `id kind status roomType title description tags permissions { role canSend canViewHistory }
  participants { user { id } role canSend canViewHistory ownPermission { canSend canViewHistory } notificationsEnabled mutedUntil }`

interface Room {
  id: string
  status: string
  title: string | null
  participants: { user: { id: string }; role: string; canSend: boolean; canViewHistory: boolean }[]
}

const documentOf = (field: string, selection: string) =>
  `mutation ($input: ${INPUTS[field]}) { ${field}(input: $input) { conversation { ${selection} } } }`

const change = async (person: TestPerson, field: string, input: Variables): Promise<Room> => {
  const answer = await person.request<Record<string, { conversation: Room }>>(documentOf(field, ROOM), { input })
  const conversation = answer[field]?.conversation
  if (!conversation) throw new Error('There is no answer.')
  return conversation
}

/** The code of the refusal, and its reason or field where there is one; OK where there is none. */
const outcome = async (person: TestPerson, field: string, input: Variables): Promise<string> => {
  const { errors } = await person.ask(documentOf(field, 'id'), { input })
  const { code, reason, field: blamed } = errors?.[0]?.extensions ?? {}
  return errors ? [code, reason ?? blamed].filter(Boolean).join(' ') : 'OK'
}

const SEND = 'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { message { id } } }'
const sending = async (person: TestPerson, conversationId: string) => {
  const { errors } = await person.ask(SEND, { input: { conversationId, body: 'Hello' } })
  return errors ? (errors[0]?.extensions.reason ?? errors[0]?.extensions.code) : 'OK'
}

const HISTORY = 'query ($id: ID!) { history(conversationId: $id) { edges { node { body } } } }'
const bodies = async (person: TestPerson, id: string) => {
  const { data, errors } = await person.ask<{ history: { edges: { node: { body: string } }[] } }>(HISTORY, { id })
  return errors ? errors[0]?.extensions.code : data?.history.edges.map(({ node }) => node.body)
}

const unread = async (person: TestPerson, id: string) => {
  const UNREAD = 'query ($id: ID!) { conversation(id: $id) { unreadCount } }'
  return (await person.request<{ conversation: { unreadCount: number } }>(UNREAD, { id })).conversation.unreadCount
}

/** A professional, a patient in their care, and their group. */
const group = async () => {
  const { patient, professional } = await given.pair()
  const { id } = await change(professional, 'createGroup', { title: 'Our group', participantIds: [patient.id] })
  return { patient, professional, id }
}

const idsOf = ({ participants }: Room) => participants.map(({ user }) => user.id).sort()

describe('000.17 a group', () => {
  test('is of a professional, colleagues and patients in their care; an admin brings in anyone', async () => {
    const { patient, professional } = await given.pair()
    const [colleague, stranger] = [await given.professional(), await given.patient()]
    const room = await change(professional, 'createGroup', {
      ...{ title: ' The team ', roomType: 'THERAPY', description: 'Weekly', tags: ['a', 'b', 'a'] },
      participantIds: [patient.id, colleague.id],
    })
    expect(room).toMatchObject({ kind: 'GROUP', title: 'The team', roomType: 'THERAPY', tags: ['a', 'b'] })
    expect(idsOf(room)).toEqual([patient.id, professional.id, colleague.id].sort())
    const attempt = (person: TestPerson, participantIds: string[]) =>
      outcome(person, 'createGroup', { title: 'Another', participantIds })
    expect(await attempt(professional, [stranger.id])).toBe('FORBIDDEN input.participantIds')
    expect(await attempt(professional, [given.admin.id])).toBe('FORBIDDEN input.participantIds')
    expect(await attempt(professional, [professional.id])).toBe('BAD_USER_INPUT input.participantIds')
    expect(await attempt(professional, ['nobody'])).toBe('NOT_FOUND input.participantIds')
    expect(await attempt(patient, [])).toBe('FORBIDDEN')
    expect(await attempt(given.admin, [stranger.id, colleague.id])).toBe('OK')
    expect(await outcome(professional, 'createGroup', { title: ' ', participantIds: [] })).toBe(
      'BAD_USER_INPUT input.title',
    )
  })

  test('002.7 who is added is there at once, and who is removed is out at once', async () => {
    const { patient, professional, id } = await group()
    const colleague = await given.professional()
    await professional.send(id, 'before')
    const socket = await colleague.connect()
    const everywhere = socket.subscribe<{ messageAdded: { body: string } }>('subscription { messageAdded { body } }')
    await begun(socket, 1)
    const added = await change(professional, 'addParticipants', { conversationId: id, userIds: [colleague.id] })
    expect(idsOf(added)).toContain(colleague.id)
    const one = socket.subscribe<{ messageAdded: { body: string } }>(
      'subscription ($id: ID!) { messageAdded(conversationId: $id) { body } }',
      { id },
    )
    await begun(socket, 2)
    await patient.send(id, 'after')
    expect(await everywhere.next()).toEqual({ messageAdded: { body: 'after' } })
    expect(await one.next()).toEqual({ messageAdded: { body: 'after' } })
    expect(await bodies(colleague, id)).toEqual(['after'])
    await change(professional, 'removeParticipants', { conversationId: id, userIds: [colleague.id] })
    expect(await one.ended()).toMatchObject({ kind: 'ERRORS', errors: [{ extensions: { code: 'FORBIDDEN' } }] })
    expect(await bodies(colleague, id)).toBe('NOT_FOUND')
    expect(await sending(colleague, id)).toBe('NOT_FOUND')
  })

  test('002.7 patients add and remove nobody, and may leave; nobody adds themselves', async () => {
    const { patient, professional, id } = await group()
    const [colleague, stranger] = [await given.professional(), await given.patient()]
    const attempt = (person: TestPerson, field: string, ...userIds: string[]) =>
      outcome(person, field, { conversationId: id, userIds })
    expect(await attempt(patient, 'addParticipants', colleague.id)).toBe('FORBIDDEN')
    expect(await attempt(patient, 'addParticipants', 'nobody-here')).toBe('FORBIDDEN')
    expect(await attempt(patient, 'removeParticipants', professional.id)).toBe('FORBIDDEN')
    expect(await attempt(professional, 'addParticipants', stranger.id)).toBe('FORBIDDEN input.userIds')
    expect(await attempt(given.admin, 'addParticipants', given.admin.id)).toBe('FORBIDDEN')
    expect(await attempt(colleague, 'addParticipants', colleague.id)).toBe('NOT_FOUND input.conversationId')
    expect(await attempt(patient, 'removeParticipants', patient.id)).toBe('OK')
    expect(await attempt(professional, 'removeParticipants', patient.id, stranger.id)).toBe('OK')
    expect(await bodies(patient, id)).toBe('NOT_FOUND')
    expect(await attempt(professional, 'addParticipants', patient.id)).toBe('OK')
    expect(await bodies(patient, id)).toEqual([])
  })
})

describe('people who cannot be', () => {
  test('are nobody, wherever they are named', async () => {
    const { professional, id } = await group()
    for (const userId of ['', ' ', 'a\u0000b', '\ud800', 'x'.repeat(129)]) {
      const userIds = [userId]
      const attempts = [
        outcome(professional, 'createGroup', { title: 'Another', participantIds: userIds }),
        outcome(professional, 'addParticipants', { conversationId: id, userIds }),
        outcome(professional, 'setParticipantPermissions', { conversationId: id, userId, canSend: false }),
        outcome(professional, 'removeParticipants', { conversationId: id, userIds }),
      ]
      const missing = ['input.participantIds', 'input.userIds', 'input.userId'].map(field => `NOT_FOUND ${field}`)
      expect(await Promise.all(attempts)).toEqual([...missing, 'OK'])
    }
  })

  test('are no reason to hold a conversation: more than a group has are not removed at once', async () => {
    const { professional, id } = await group()
    const nobodies = (count: number) => Array.from({ length: count }, (_, n) => `nobody-${n}`)
    const remove = (userIds: string[]) => outcome(professional, 'removeParticipants', { conversationId: id, userIds })
    expect(await remove(nobodies(501))).toBe('BAD_USER_INPUT input.userIds')
    expect(await remove(nobodies(500))).toBe('OK')
    expect(await sending(professional, id)).toBe('OK')
  })
})

test('002.7 who leaves is answered with the group as they leave it, and sees nothing of it any more', async () => {
  const { patient, professional, id } = await group()
  await professional.send(id, 'Hello')
  const SESSION = 'mutation ($input: CreateSessionInput!) { createSession(input: $input) { session { id } } }'
  await professional.request(SESSION, { input: { conversationId: id, type: 'CHAT' } })
  const MESSAGE = 'id body deliveryStatus receipts { status } conversation { title }'
  const all = `${ROOM} viewer { id } counterpart { id } lastMessage { ${MESSAGE} } firstUnread { ${MESSAGE} } unreadCount
    messages(first: 10) { edges { node { ${MESSAGE} } } pageInfo { hasNextPage hasPreviousPage } } firstSeq createdAt lastActivityAt
    activeSession { id conversation { title } messages { edges { node { id } } } } sessions { edges { node { id } } }
    people: participants { user { email presence { online } } unreadCount joinedAt }`
  const input = { conversationId: id, userIds: [patient.id] }
  const answer = await patient.request<{ removeParticipants: { conversation: Room } }>(
    documentOf('removeParticipants', all),
    { input },
  )
  const { conversation } = answer.removeParticipants
  expect(conversation).toMatchObject({ id, kind: 'GROUP', title: 'Our group', status: 'ACTIVE', firstSeq: 1 })
  expect(idsOf(conversation)).toEqual([professional.id])
  expect(conversation).toMatchObject({
    ...{ viewer: null, counterpart: null, lastMessage: null, firstUnread: null, unreadCount: 0, activeSession: null },
    ...{ messages: { edges: [], pageInfo: { hasNextPage: false, hasPreviousPage: false } }, sessions: { edges: [] } },
  })
  const { data } = await patient.ask(`query ($id: ID!) { conversation(id: $id) { title } }`, { id })
  expect(data).toEqual({ conversation: null })
  expect(await outcome(patient, 'removeParticipants', input)).toBe('NOT_FOUND input.conversationId')
})

describe('003.13 permissions', () => {
  test('to send are those of the role, and before them one’s own', async () => {
    const { patient, professional, id } = await group()
    const ofRole = (canSend: boolean) =>
      change(professional, 'setRolePermissions', { conversationId: id, role: 'PATIENT', canSend })
    const ofPatient = (canSend: boolean | null) =>
      change(professional, 'setParticipantPermissions', { conversationId: id, userId: patient.id, canSend })
    const seen = (room: Room) => room.participants.find(({ user }) => user.id === patient.id)
    expect(seen(await ofRole(false))).toMatchObject({ canSend: false, ownPermission: null })
    expect(await sending(patient, id)).toBe('FORBIDDEN')
    expect(await sending(professional, id)).toBe('OK')
    expect(seen(await ofPatient(true))).toMatchObject({
      canSend: true,
      ownPermission: { canSend: true, canViewHistory: null },
    })
    expect(await sending(patient, id)).toBe('OK')
    await ofRole(true)
    await ofPatient(false)
    expect(await sending(patient, id)).toBe('FORBIDDEN')
    expect(seen(await ofPatient(null))).toMatchObject({ canSend: true, ownPermission: null })
    expect(await sending(patient, id)).toBe('OK')
    for (const field of ['setRolePermissions', 'setParticipantPermissions'])
      expect(await outcome(patient, field, { conversationId: id, role: 'PATIENT', userId: patient.id })).not.toBe('OK')
    const nobody = { conversationId: id, userId: 'nobody', canSend: true }
    expect(await outcome(professional, 'setParticipantPermissions', nobody)).toBe('NOT_FOUND input.userId')
  })

  test('to see the history say what there is to read, from the moment on', async () => {
    const { patient, professional, id } = await group()
    await professional.send(id, 'one')
    const history = (canViewHistory: boolean | null) =>
      change(professional, 'setParticipantPermissions', { conversationId: id, userId: patient.id, canViewHistory })
    await history(true)
    expect(await bodies(patient, id)).toEqual(['one'])
    await history(false)
    expect(await bodies(patient, id)).toEqual([])
    await professional.send(id, 'two')
    expect(await bodies(patient, id)).toEqual(['two'])
    await history(null)
    expect(await bodies(patient, id)).toEqual(['two'])
    expect(await unread(patient, id)).toBe(1)
    await change(professional, 'setRolePermissions', { conversationId: id, role: 'PATIENT', canViewHistory: true })
    expect(await bodies(patient, id)).toEqual(['one', 'two'])
    expect(await unread(patient, id)).toBe(2)
  })
})

describe('003.2 the status', () => {
  const set = (person: TestPerson, conversationId: string, status: string) =>
    outcome(person, 'setConversationStatus', { conversationId, status })

  test('ARCHIVED is put away by who may send, and comes back with a message', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const LIST = '{ conversations { edges { node { id status } } } }'
    expect(await set(patient, conversationId, 'ARCHIVED')).toBe('OK')
    expect(await professional.request(LIST)).toEqual({ conversations: { edges: [] } })
    await professional.send(conversationId)
    expect(await professional.request(LIST)).toEqual({
      conversations: { edges: [{ node: { id: conversationId, status: 'ACTIVE' } }] },
    })
    expect(await set(patient, conversationId, 'ARCHIVED')).toBe('OK')
    const NOTE = 'mutation ($input: NotifyInput!) { notify(input: $input) { message { id } } }'
    await given.admin.request(NOTE, { input: { conversationId, title: 'A note' } })
    expect(await professional.request(LIST)).toMatchObject({
      conversations: { edges: [{ node: { status: 'ACTIVE' } }] },
    })
    await given.care(patient, professional, false)
    expect(await set(patient, conversationId, 'ARCHIVED')).toBe('CONFLICT CARE_RELATIONSHIP_ENDED')
  })

  test('BLOCKED stops everyone, and is lifted by who set it, also by way of its deletion', async () => {
    const { patient, professional, conversationId } = await given.talk()
    expect(await set(patient, conversationId, 'BLOCKED')).toBe('OK')
    expect(await sending(patient, conversationId)).toBe('CONVERSATION_NOT_ACTIVE')
    expect(await sending(professional, conversationId)).toBe('CONVERSATION_NOT_ACTIVE')
    for (const status of ['ACTIVE', 'ARCHIVED', 'DELETED'])
      expect(await set(professional, conversationId, status)).toBe('FORBIDDEN')
    expect(await set(professional, conversationId, 'BLOCKED')).toBe('OK')
    expect(await set(professional, conversationId, 'ACTIVE')).toBe('FORBIDDEN')
    expect(await set(patient, conversationId, 'ACTIVE')).toBe('OK')
    expect(await sending(professional, conversationId)).toBe('OK')
  })

  test('in a group, patients neither block nor delete it', async () => {
    const { patient, professional, id } = await group()
    for (const status of ['BLOCKED', 'DELETED']) expect(await set(patient, id, status)).toBe('FORBIDDEN')
    expect(await set(professional, id, 'BLOCKED')).toBe('OK')
    expect(await set(patient, id, 'ACTIVE')).toBe('FORBIDDEN')
    expect(await set(professional, id, 'ACTIVE')).toBe('OK')
  })

  test('DELETED is gone for everyone but who deleted it, who brings it back', async () => {
    const { patient, professional, conversationId } = await given.talk()
    await patient.send(conversationId, 'one')
    const socket = await patient.connect()
    const live = socket.subscribe('subscription ($id: ID!) { messageAdded(conversationId: $id) { body } }', {
      id: conversationId,
    })
    await begun(socket, 1)
    expect(await set(patient, conversationId, 'DELETED')).toBe('FORBIDDEN')
    expect(await set(professional, conversationId, 'DELETED')).toBe('OK')
    expect(await live.ended()).toMatchObject({ kind: 'ERRORS', errors: [{ extensions: { code: 'FORBIDDEN' } }] })
    expect(await bodies(patient, conversationId)).toBe('NOT_FOUND')
    expect(await bodies(professional, conversationId)).toEqual(['one'])
    expect(await sending(patient, conversationId)).toBe('NOT_FOUND')
    expect(await sending(professional, conversationId)).toBe('CONVERSATION_NOT_ACTIVE')
    expect(await set(patient, conversationId, 'ACTIVE')).toBe('NOT_FOUND input.conversationId')
    expect(await set(professional, conversationId, 'ACTIVE')).toBe('OK')
    expect(await bodies(patient, conversationId)).toEqual(['one'])
  })
})

test('003.12 a room has a type, a title, a description and tags, and is found by its title', async () => {
  const { patient, professional, id } = await group()
  const input = { conversationId: id, title: 'Knee 100%', description: ' After the operation ', tags: ['knee'] }
  const room = await change(professional, 'updateConversation', { ...input, roomType: 'CONSULTATION' })
  const described = { title: 'Knee 100%', description: 'After the operation', tags: ['knee'], roomType: 'CONSULTATION' }
  expect(room).toMatchObject(described)
  const cleared = await change(professional, 'updateConversation', {
    conversationId: id,
    description: null,
    tags: null,
  })
  expect(cleared).toMatchObject({ ...described, description: null, tags: [] })
  expect(await outcome(patient, 'updateConversation', input)).toBe('FORBIDDEN')
  const tags = Array.from({ length: 21 }, (_, index) => `tag ${index}`)
  expect(await outcome(professional, 'updateConversation', { ...input, tags })).toBe('BAD_USER_INPUT input.tags')
  const SEARCH = 'query ($search: String) { conversations(filter: { search: $search }) { edges { node { id } } } }'
  expect(await patient.request(SEARCH, { search: '100%' })).toEqual({ conversations: { edges: [{ node: { id } }] } })
  expect(await patient.request(SEARCH, { search: '100%%' })).toEqual({ conversations: { edges: [] } })
})

test('003.4 notification settings are one’s own, and nobody else’s to see', async () => {
  const { patient, professional, conversationId } = await given.talk()
  const mutedUntil = '2030-01-01T00:00:00.000Z'
  const room = await change(patient, 'updateNotificationSettings', { conversationId, enabled: false, mutedUntil })
  const settings = Object.fromEntries(room.participants.map(({ user, ...part }) => [user.id, part]))
  expect(settings[patient.id]).toMatchObject({ notificationsEnabled: false, mutedUntil })
  expect(settings[professional.id]).toMatchObject({ notificationsEnabled: null, mutedUntil: null })
  const cleared = await change(patient, 'updateNotificationSettings', { conversationId, mutedUntil: null })
  expect(cleared.participants.find(({ user }) => user.id === patient.id)).toMatchObject({
    notificationsEnabled: false,
    mutedUntil: null,
  })
})

describe('002.5 an admin of the desk', () => {
  const START = 'mutation { startSupportConversation { conversation { id } } }'
  const support = async () => {
    const patient = await given.patient()
    const { startSupportConversation } = await patient.request<{ startSupportConversation: { conversation: Room } }>(
      START,
    )
    return { admin: await given.person(['ADMIN']), patient, id: startSupportConversation.conversation.id }
  }
  const PARTICIPANTS = 'query ($id: ID!) { conversation(id: $id) { participants { user { id } } } }'
  const participants = async (person: TestPerson, id: string) =>
    idsOf((await person.request<{ conversation: Room }>(PARTICIPANTS, { id })).conversation)

  test('writes first several times at once', async () => {
    const { admin, id } = await support()
    expect(await Promise.all(Array.from({ length: 8 }, () => sending(admin, id)))).toEqual(Array(8).fill('OK'))
  })

  test('becomes a participant by what they may do alone', async () => {
    const { admin, patient, id } = await support()
    await change(given.admin, 'setConversationStatus', { conversationId: id, status: 'BLOCKED' })
    expect(await sending(admin, id)).toBe('CONVERSATION_NOT_ACTIVE')
    expect(await participants(patient, id)).toEqual([given.admin.id, patient.id].sort())
  })

  test('sees everything, whatever is said of admins there', async () => {
    const { admin, patient, id } = await support()
    await patient.send(id, 'Help')
    const blind = { conversationId: id, role: 'ADMIN', canViewHistory: false }
    expect(await outcome(admin, 'setRolePermissions', blind)).toBe('FORBIDDEN')
    expect(await bodies(admin, id)).toEqual(['Help'])
  })
})

test('002.5 anyone writes to the admins, who are one desk', async () => {
  const patient = await given.patient()
  const START = `mutation ($input: StartSupportInput) { startSupportConversation(input: $input) { created conversation { id kind } } }`
  const start = async (person: TestPerson, input?: Variables) =>
    (await person.request<{ startSupportConversation: { created: boolean; conversation: Room } }>(START, { input }))
      .startSupportConversation
  const { created, conversation } = await start(patient)
  expect([created, conversation]).toMatchObject([true, { kind: 'SUPPORT' }])
  expect(await start(given.admin, { userId: patient.id })).toEqual({ created: false, conversation })
  await patient.send(conversation.id, 'Help')
  const [one, other] = [await given.person(['ADMIN']), await given.person(['ADMIN'])]
  expect(await bodies(one, conversation.id)).toEqual(['Help'])
  await other.send(conversation.id, 'Here')
  expect(await bodies(one, conversation.id)).toEqual(['Help', 'Here'])
  const blocked = await change(one, 'setConversationStatus', { conversationId: conversation.id, status: 'BLOCKED' })
  expect(idsOf(blocked)).toEqual([patient.id, one.id, other.id].sort())
  expect(await sending(patient, conversation.id)).toBe('CONVERSATION_NOT_ACTIVE')
  expect(await outcome(given.admin, 'startSupportConversation', {})).toBe('BAD_USER_INPUT input.userId')
})
