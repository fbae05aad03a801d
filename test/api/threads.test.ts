import { describe, expect, test } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import { make, type TestPerson } from '../support/make.js'
import { begun, rooms } from '../support/room.js'
import { startApp } from '../support/start-app.js'

const app = await startApp()
const given = make(app)
const { group, join, showHistory } = rooms(app)

const SEND = `mutation ($input: SendMessageInput!) { sendMessage(input: $input) { message {
  id kind body replyTo { id body } appointment { appointmentId title startsAt endsAt location }
  prescription { prescriptionId medication dosage instructions } } } }`
const DELETE = 'mutation ($input: DeleteMessageInput!) { deleteMessage(input: $input) { message { id } } }'
const HISTORY = `query ($id: ID!) { history(conversationId: $id) { edges { node {
  body replyTo { body sender { id } } replies(first: 5) { edges { node { body } } } } } } }`
const THREAD = `query ($id: ID!, $first: Int, $after: String) { message(id: $id) {
  replyTo { id } replies(first: $first, after: $after) {
    edges { cursor node { body sender { id } replyTo { id } } } pageInfo { hasNextPage hasPreviousPage endCursor } eventCursor } } }`

interface Thread {
  message: {
    replyTo: { id: string } | null
    replies: {
      edges: { cursor: string; node: { body: string } }[]
      pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string | null }
      eventCursor: string | null
    }
  }
}

interface Page {
  history: {
    edges: { node: { body: string; replyTo: { body: string | null } | null; replies: Thread['message']['replies'] } }[]
  }
}

const thread = async (person: TestPerson, id: string, page: { first?: number; after?: string | null } = {}) =>
  (await person.request<Thread>(THREAD, { id, ...page })).message

const bodies = ({ edges }: Thread['message']['replies']) => edges.map(({ node }) => node.body)

const sending = async (person: TestPerson, input: Record<string, unknown>) => {
  const { data, errors } = await person.ask<{ sendMessage: { message: Record<string, unknown> } }>(SEND, { input })
  return errors?.[0]?.extensions ?? data?.sendMessage.message
}

describe('003.8 a reply', () => {
  test('names what it answers, also to those who are told of it live', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const question = await patient.send(conversationId, 'When?')
    const socket = await patient.connect()
    const told = socket.subscribe('subscription ($id: ID) { messageAdded(conversationId: $id) { replyTo { body } } }', {
      id: conversationId,
    })
    await begun(socket, 1)
    expect(await sending(professional, { conversationId, body: 'At nine', replyToId: question.id })).toMatchObject({
      kind: 'TEXT',
      replyTo: { id: question.id, body: 'When?' },
    })
    expect(await told.next()).toEqual({ messageAdded: { replyTo: { body: 'When?' } } })
    await sending(patient, { conversationId, body: 'Fine' })
    expect(await told.next()).toEqual({ messageAdded: { replyTo: null } })
  })

  test('answers a message of the same conversation that is there, or is refused', async () => {
    const { patient, conversationId } = await given.talk()
    const elsewhere = await given.talk()
    const foreign = await elsewhere.patient.send(elsewhere.conversationId)
    for (const replyToId of [foreign.id, randomUUID(), 'x'])
      expect(await sending(patient, { conversationId, body: 'What?', replyToId })).toMatchObject({
        code: 'NOT_FOUND',
        field: 'input.replyToId',
      })
    const { id } = await patient.send(conversationId)
    await patient.request(DELETE, { input: { messageId: id } })
    expect(await sending(patient, { conversationId, body: 'What?', replyToId: id })).toMatchObject({
      code: 'CONFLICT',
      reason: 'MESSAGE_DELETED',
      field: 'input.replyToId',
    })
  })

  test('stays when what it answers is deleted, and shows nothing of it', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const question = await patient.send(conversationId, 'secret')
    const answer = await professional.send(conversationId, 'answer', { replyToId: question.id })
    await patient.request(DELETE, { input: { messageId: question.id } })
    const read = 'query ($id: ID!) { message(id: $id) { replyTo { id body deletedAt } } }'
    expect(await professional.request(read, { id: answer.id })).toEqual({
      message: { replyTo: { id: question.id, body: null, deletedAt: expect.any(String) } },
    })
  })

  test('is listed with what it answers, oldest first and page by page', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const question = await patient.send(conversationId, 'question')
    for (const number of [1, 2, 3]) {
      await professional.send(conversationId, `answer ${number}`, { replyToId: question.id })
      await patient.send(conversationId, 'between')
    }
    const first = (await thread(patient, question.id, { first: 2 })).replies
    expect(bodies(first)).toEqual(['answer 1', 'answer 2'])
    expect(first.edges[0]?.node).toMatchObject({ sender: { id: professional.id }, replyTo: { id: question.id } })
    expect(first).toMatchObject({ pageInfo: { hasNextPage: true, hasPreviousPage: false } })
    expect(first.eventCursor).not.toBeNull()
    const rest = (await thread(patient, question.id, { first: 2, after: first.pageInfo.endCursor })).replies
    expect(bodies(rest)).toEqual(['answer 3'])
    expect(rest).toMatchObject({ pageInfo: { hasNextPage: false, hasPreviousPage: true } })
    expect((await thread(patient, question.id)).replyTo).toBeNull()
  })

  test('lists begin behind messages of the same conversation, and have 1 to 100 items', async () => {
    const { patient, conversationId } = await given.talk()
    const elsewhere = await given.talk()
    const { id } = await patient.send(conversationId)
    const { cursor } = await elsewhere.patient.send(elsewhere.conversationId)
    for (const [page, field] of [
      [{ after: cursor }, 'after'],
      [{ after: 'x' }, 'after'],
      [{ first: 0 }, 'first'],
      [{ first: 101 }, 'first'],
    ] as const)
      expect((await patient.ask(THREAD, { id, ...page })).errors).toMatchObject([
        { extensions: { code: 'BAD_USER_INPUT', field } },
      ])
  })

  test('shows nothing that is older than what its reader may see', async () => {
    const [professional, patient] = [await given.professional(), await given.patient()]
    const conversationId = await group(professional)
    const old = await professional.send(conversationId, 'old')
    await join(conversationId, patient)
    const answer = await professional.send(conversationId, 'answer', { replyToId: old.id })
    const nodes = async () =>
      (await patient.request<Page>(HISTORY, { id: conversationId })).history.edges.map(({ node }) => node)
    expect(await nodes()).toEqual([{ body: 'answer', replyTo: null, replies: { edges: [] } }])
    expect((await patient.ask(THREAD, { id: old.id })).errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }])
    expect(await sending(patient, { conversationId, body: 'What?', replyToId: old.id })).toMatchObject({
      code: 'NOT_FOUND',
    })
    await showHistory(conversationId, patient, true)
    expect((await thread(patient, answer.id)).replyTo).toEqual({ id: old.id })
    expect((await nodes()).map(({ replyTo }) => replyTo)).toEqual([
      null,
      { body: 'old', sender: { id: professional.id } },
    ])
    await showHistory(conversationId, patient, false)
    await professional.send(conversationId, 'late', { replyToId: answer.id })
    expect(await nodes()).toEqual([{ body: 'late', replyTo: null, replies: { edges: [] } }])
  })
})

describe('003.6 a card', () => {
  const appointment = { appointmentId: 'a-1', title: 'Visit', startsAt: '2030-01-01T09:00:00.000Z' }
  const prescription = { prescriptionId: 'p-1', medication: 'Ibuprofen', dosage: '400 mg, twice a day' }

  test('of an appointment is sent by either side, read and told as it was sent', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const socket = await professional.connect()
    const told = socket.subscribe(
      `subscription ($id: ID) { messageAdded(conversationId: $id) { kind body appointment { title startsAt endsAt } prescription { dosage } } }`,
      { id: conversationId },
    )
    await begun(socket, 1)
    const whole = { ...appointment, endsAt: '2030-01-01T09:30:00.000Z', location: 'Room 1' }
    expect(
      await sending(patient, { conversationId, kind: 'APPOINTMENT', body: 'Does it suit?', appointment: whole }),
    ).toMatchObject({ kind: 'APPOINTMENT', body: 'Does it suit?', appointment: whole, prescription: null })
    expect(await sending(professional, { conversationId, kind: 'APPOINTMENT', appointment })).toMatchObject({
      body: null,
      appointment: { ...appointment, endsAt: null, location: null },
    })
    const { title, startsAt, endsAt } = whole
    expect(await told.next()).toEqual({
      messageAdded: {
        kind: 'APPOINTMENT',
        body: 'Does it suit?',
        appointment: { title, startsAt, endsAt },
        prescription: null,
      },
    })
  })

  test('of a prescription is the professionals’', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const input = { conversationId, kind: 'PRESCRIPTION', prescription }
    expect(await sending(patient, input)).toMatchObject({ code: 'FORBIDDEN' })
    expect(await sending(professional, input)).toMatchObject({
      kind: 'PRESCRIPTION',
      prescription: { ...prescription, instructions: null },
      appointment: null,
    })
  })

  test('goes with its kind, and no other', async () => {
    const { professional, conversationId } = await given.talk()
    for (const [input, field] of [
      [{ kind: 'APPOINTMENT' }, 'input.appointment'],
      [{ kind: 'APPOINTMENT', prescription }, 'input.appointment'],
      [{ kind: 'PRESCRIPTION', prescription: { ...prescription, dosage: ' ' } }, 'input.prescription.dosage'],
      [{ body: 'x', appointment }, 'input.appointment'],
      [
        { kind: 'APPOINTMENT', appointment: { ...appointment, endsAt: '2029-01-01T09:00:00.000Z' } },
        'input.appointment.endsAt',
      ],
    ] as const)
      expect(await sending(professional, { conversationId, ...input })).toMatchObject({ code: 'BAD_USER_INPUT', field })
  })

  test('is gone with its message', async () => {
    const { professional, conversationId } = await given.talk()
    const { id } = (await sending(professional, { conversationId, kind: 'PRESCRIPTION', prescription })) as {
      id: string
    }
    await professional.request(DELETE, { input: { messageId: id } })
    const read = 'query ($id: ID!) { message(id: $id) { kind prescription { dosage } } }'
    expect(await professional.request(read, { id })).toEqual({ message: { kind: 'PRESCRIPTION', prescription: null } })
  })
})
