import { describe, expect, test } from '@jest/globals'
import { make, type TestPerson } from '../support/make.js'
import { begun, rooms } from '../support/room.js'
import { startApp } from '../support/start-app.js'

const app = await startApp()
const given = make(app)
const { change, group, join, support } = rooms(app)

const PARTS = 'id body deletedAt editedAt createdAt revisions { revision body createdAt }'
const mutation = (name: string, input: string) =>
  `mutation ($input: ${input}!) { payload: ${name}(input: $input) { message { ${PARTS} } } }`
const EDIT = mutation('editMessage', 'EditMessageInput')
const DELETE = mutation('deleteMessage', 'DeleteMessageInput')
const RESTORE = mutation('restoreMessage', 'RestoreMessageInput')
const READ = `query ($id: ID!) { message(id: $id) { ${PARTS} } }`
const UPDATED = 'subscription ($id: ID) { messageUpdated(conversationId: $id) { body deletedAt revisions { body } } }'
const EVENTS = `subscription ($id: ID!, $after: String) { conversationEvents(conversationId: $id, after: $after) {
  __typename cursor ... on MessageChanged { change message { body revisions { body } } } } }`

interface Revised {
  id: string
  body: string | null
  deletedAt: string | null
  editedAt: string | null
  createdAt: string
  revisions: { revision: number; body: string; createdAt: string }[] | null
}

const act = async (person: TestPerson, document: string, input: { messageId: string; body?: string }) =>
  (await person.request<{ payload: { message: Revised } }>(document, { input })).payload.message
const refusal = async (person: TestPerson, document: string, messageId: string) =>
  (await person.ask(document, { input: { messageId } })).errors?.[0]?.extensions
const read = async (person: TestPerson, id: string) =>
  (await person.request<{ message: Revised }>(READ, { id })).message
const texts = ({ revisions }: Revised) => revisions?.map(({ body }) => body) ?? null

/** As if it had been deleted that many days ago. */
const age = (messageId: string, days: number) =>
  app.database.call(`update messages set deleted_at = deleted_at - $2::int * interval '1 day' where id = $1`, [
    messageId,
    days,
  ])

describe('003.9 the texts of a message', () => {
  test('are all kept, with the times when they were written, the present one last', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const { id, createdAt } = await patient.send(conversationId, 'one')
    expect(await read(professional, id)).toMatchObject({ revisions: [{ revision: 1, body: 'one', createdAt }] })
    const second = await act(patient, EDIT, { messageId: id, body: 'two' })
    const third = await act(patient, EDIT, { messageId: id, body: 'three' })
    await act(patient, EDIT, { messageId: id, body: ' three ' })
    expect(third.editedAt).not.toBeNull()
    expect((await read(professional, id)).revisions).toEqual([
      { revision: 1, body: 'one', createdAt },
      { revision: 2, body: 'two', createdAt: second.editedAt },
      { revision: 3, body: 'three', createdAt: third.editedAt },
    ])
  })

  test('are shown with each change to those who follow', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const { id } = await patient.send(conversationId, 'one')
    const socket = await professional.connect()
    const updated = socket.subscribe<{ messageUpdated: { revisions: { body: string }[] | null } }>(UPDATED, {
      id: conversationId,
    })
    await begun(socket, 1)
    await act(patient, EDIT, { messageId: id, body: 'two' })
    expect((await updated.next()).messageUpdated).toEqual({
      body: 'two',
      deletedAt: null,
      revisions: [{ body: 'one' }, { body: 'two' }],
    })
    await act(patient, DELETE, { messageId: id })
    expect((await updated.next()).messageUpdated).toMatchObject({ body: null, revisions: null })
    await act(patient, RESTORE, { messageId: id })
    expect((await updated.next()).messageUpdated).toEqual({
      body: 'two',
      deletedAt: null,
      revisions: [{ body: 'one' }, { body: 'two' }],
    })
  })

  test('are not shown once it is deleted, nor to who may not see it', async () => {
    const [professional, patient] = [await given.professional(), await given.patient()]
    const conversationId = await group(professional)
    const { id } = await professional.send(conversationId, 'one')
    await act(professional, EDIT, { messageId: id, body: 'two' })
    await join(conversationId, patient)
    expect((await patient.ask(READ, { id })).errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }])
    expect((await act(professional, DELETE, { messageId: id })).revisions).toBeNull()
    expect(await read(professional, id)).toMatchObject({ body: null, revisions: null })
  })

  test('are none where there never was one', async () => {
    const { professional, conversationId } = await given.talk()
    const appointment = { appointmentId: 'a', title: 'Visit', startsAt: '2030-01-01T09:00:00.000Z' }
    const send = 'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { message { id } } }'
    const { sendMessage } = await professional.request<{ sendMessage: { message: { id: string } } }>(send, {
      input: { conversationId, kind: 'APPOINTMENT', appointment },
    })
    const { id } = sendMessage.message
    expect((await read(professional, id)).revisions).toEqual([])
    expect(texts(await act(professional, EDIT, { messageId: id, body: 'See you' }))).toEqual(['', 'See you'])
  })
})

describe('003.10 a deleted message', () => {
  test('comes back with its texts, for who deleted it', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const { id } = await patient.send(conversationId, 'one')
    await act(patient, EDIT, { messageId: id, body: 'two' })
    await act(patient, DELETE, { messageId: id })
    expect(await refusal(professional, RESTORE, id)).toMatchObject({ code: 'FORBIDDEN' })
    const restored = await act(patient, RESTORE, { messageId: id })
    expect(restored).toMatchObject({ body: 'two', deletedAt: null })
    expect(texts(restored)).toEqual(['one', 'two'])
    expect(await read(professional, id)).toEqual(restored)
  })

  test('is restored once: again changes nothing', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const { id } = await patient.send(conversationId, 'one')
    await act(patient, DELETE, { messageId: id })
    await act(patient, RESTORE, { messageId: id })
    const rev = async () => (await app.services.conversations.find(conversationId))?.rev
    const before = await rev()
    expect(await act(patient, RESTORE, { messageId: id })).toMatchObject({ body: 'one' })
    expect(await rev()).toBe(before)
    expect(await refusal(professional, RESTORE, id)).toMatchObject({ code: 'FORBIDDEN' })
  })

  test('is told as changed to those who go on from a cursor', async () => {
    const { patient, conversationId } = await given.talk()
    const { id } = await patient.send(conversationId, 'one')
    const socket = await patient.connect()
    const cursor = app.services.cursors.event(
      conversationId,
      (await app.services.conversations.find(conversationId))?.rev ?? 0,
    )
    await act(patient, DELETE, { messageId: id })
    const events = socket.subscribe<{ conversationEvents: object }>(EVENTS, { id: conversationId, after: cursor })
    const update = (message: object) => ({ __typename: 'MessageChanged', change: 'UPDATED', message })
    expect((await events.next()).conversationEvents).toMatchObject(update({ body: null, revisions: null }))
    expect((await events.next()).conversationEvents).toMatchObject({ __typename: 'CaughtUp' })
    await act(patient, RESTORE, { messageId: id })
    expect((await events.next()).conversationEvents).toMatchObject(
      update({ body: 'one', revisions: [{ body: 'one' }] }),
    )
  })

  test('is restored within the recovery time, by the database’s clock', async () => {
    const { patient, conversationId } = await given.talk()
    const { id } = await patient.send(conversationId, 'one')
    await act(patient, DELETE, { messageId: id })
    await age(id, 31)
    expect(await refusal(patient, RESTORE, id)).toMatchObject({ code: 'CONFLICT', reason: 'MESSAGE_DELETED' })
    await age(id, -2)
    expect(await act(patient, RESTORE, { messageId: id })).toMatchObject({ body: 'one' })
  })

  test('is always restored where the recovery time is 0', async () => {
    const everlasting = await startApp({ messageRecoveryDays: 0 }, { beside: app })
    const { patient, conversationId } = await given.talk()
    const { id } = await patient.send(conversationId, 'one')
    await act(patient, DELETE, { messageId: id })
    await age(id, 1_000)
    expect(await act(patient.at(everlasting), RESTORE, { messageId: id })).toMatchObject({ body: 'one' })
  })

  test('is not restored where nobody may write any more', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const { id } = await patient.send(conversationId, 'one')
    await act(patient, DELETE, { messageId: id })
    await change(conversationId, open => open.updateConversation({ status: 'BLOCKED', statusById: professional.id }))
    expect(await refusal(patient, RESTORE, id)).toMatchObject({ reason: 'CONVERSATION_NOT_ACTIVE' })
    await change(conversationId, open => open.updateConversation({ status: 'ACTIVE', statusById: null }))
    await given.care(patient, professional, false)
    expect(await refusal(patient, RESTORE, id)).toMatchObject({ reason: 'CARE_RELATIONSHIP_ENDED' })
  })

  test('that an admin who takes part deleted is theirs and other admins’ to restore, not its sender’s', async () => {
    const patient = await given.patient()
    const conversationId = await support(patient)
    const { id } = await patient.send(conversationId, 'one')
    await act(given.admin, DELETE, { messageId: id })
    expect(await refusal(patient, RESTORE, id)).toMatchObject({ code: 'FORBIDDEN' })
    expect(await act(await given.person(['ADMIN']), RESTORE, { messageId: id })).toMatchObject({ body: 'one' })
  })
})
