import { describe, expect, test } from '@jest/globals'
import { make, type MadeMessage } from '../support/make.js'
import { startApp } from '../support/start-app.js'

const app = await startApp()
const given = make(app)

const SEND = `mutation ($input: SendMessageInput!) {
  sendMessage(input: $input) {
    message { id seq cursor kind body clientMessageId senderRole sender { id } conversation { id } appointmentId serviceId editedAt deletedAt }
  }
}`
const EDIT = `mutation ($input: EditMessageInput!) { editMessage(input: $input) { message { id seq body editedAt deletedAt } } }`
const DELETE = `mutation ($input: DeleteMessageInput!) { deleteMessage(input: $input) { message { id seq body deletedAt } } }`

interface Sent {
  sendMessage: { message: MadeMessage & Record<string, unknown> }
}

const onlyError = (answer: { errors: { extensions: Record<string, unknown> }[] | undefined }) => {
  expect(answer.errors).toHaveLength(1)
  return answer.errors?.[0]?.extensions
}

describe('sendMessage', () => {
  test('answers with the stored message, numbered from 1 without a gap', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const { sendMessage } = await patient.request<Sent>(SEND, { input: { conversationId, body: '  Good morning \n' } })
    expect(sendMessage.message).toMatchObject({
      seq: 1,
      kind: 'TEXT',
      body: 'Good morning',
      clientMessageId: null,
      senderRole: 'PATIENT',
      sender: { id: patient.id },
      conversation: { id: conversationId },
      editedAt: null,
      deletedAt: null,
    })
    expect((await professional.send(conversationId)).seq).toBe(2)
  })

  test('002.6 a message belongs to an appointment and a service', async () => {
    const { patient, conversationId } = await given.talk()
    const input = { conversationId, body: 'About Monday', appointmentId: 'A-17', serviceId: 'S-3' }
    const { sendMessage } = await patient.request<Sent>(SEND, { input })
    expect(sendMessage.message).toMatchObject({ appointmentId: 'A-17', serviceId: 'S-3' })
    const empty = await patient.ask(SEND, { input: { ...input, appointmentId: '' } })
    expect(onlyError(empty)).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.appointmentId' })
  })

  test('000.11 messages sent together are written together, and each is answered for itself', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const talks = await Promise.all([1, 2, 3].map(() => given.talk()))
    const sends = Array.from({ length: 60 }, (_, index) => (index % 2 ? patient : professional).send(conversationId))
    const others = talks.map(talk => talk.patient.send(talk.conversationId))
    const refused = patient.ask(SEND, { input: { conversationId: talks[0]?.conversationId, body: 'Not mine' } })
    const seqs = (await Promise.all(sends)).map(message => message.seq)
    expect(seqs.sort((one, other) => one - other)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1))
    expect((await Promise.all(others)).map(message => message.seq)).toEqual([1, 1, 1])
    expect(onlyError(await refused)).toMatchObject({ code: 'NOT_FOUND', field: 'input.conversationId' })
  })

  test('001.11 what cannot be a message is refused with its field, and loses nothing', async () => {
    const { patient, conversationId } = await given.talk()
    const refusals: [Record<string, unknown>, string][] = [
      [{ conversationId, body: '' }, 'input.body'],
      [{ conversationId, body: ' \n\t ' }, 'input.body'],
      [{ conversationId }, 'input.body'],
      [{ conversationId, body: null }, 'input.body'],
      [{ conversationId, body: 'a\u0000b' }, 'input.body'],
      [{ conversationId, body: 'lone \ud83d surrogate' }, 'input.body'],
      [{ conversationId, body: 'x'.repeat(5001) }, 'input.body'],
      [{ conversationId, body: 'x', clientMessageId: '' }, 'input.clientMessageId'],
      [{ conversationId, body: 'x', clientMessageId: 'k'.repeat(129) }, 'input.clientMessageId'],
      [{ conversationId, body: 'x', kind: 'IMAGE' }, 'input.attachmentIds'],
      [{ body: 'x' }, 'input.conversationId'],
      [{ conversationId, recipientId: patient.id, body: 'x' }, 'input.recipientId'],
    ]
    for (const [input, field] of refusals)
      expect([input, onlyError(await patient.ask(SEND, { input }))]).toMatchObject([
        input,
        { code: 'BAD_USER_INPUT', field },
      ])
    expect((await patient.send(conversationId, 'still 1')).seq).toBe(1)
  })

  test('001.11 lengths count code points, and nothing is escaped', async () => {
    const { patient, conversationId } = await given.talk()
    const longest = '😀'.repeat(5000)
    expect((await patient.send(conversationId, longest)).body).toBe(longest)
    const markup = `<script>alert("1 & 2")</script> 'quoted' \\ {} , "a",NULL نص עברית e\u0301`
    expect((await patient.send(conversationId, markup)).body).toBe(markup)
  })

  test('004.6 repeating a send returns the first message; the same key for another is a CONFLICT', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const input = { clientMessageId: 'key-1' }
    const first = await patient.send(conversationId, 'Once', input)
    expect(first.clientMessageId).toBe('key-1')
    expect(await patient.send(conversationId, 'Once', input)).toEqual(first)
    for (const other of [{ body: 'Twice' }, { body: 'Once', serviceId: 'S' }]) {
      const answer = await patient.ask(SEND, { input: { conversationId, ...input, ...other } })
      expect(onlyError(answer)).toMatchObject({ code: 'CONFLICT', reason: 'IDEMPOTENCY_KEY_REUSED' })
    }
    // Keys are each sender's own.
    expect((await professional.send(conversationId, 'Mine', input)).seq).toBe(2)
  })

  test('004.6 a repetition is known by what was sent first, also once that was edited or deleted', async () => {
    const { patient, conversationId } = await given.talk()
    const input = { clientMessageId: 'key-2' }
    const first = await patient.send(conversationId, 'Before', input)
    await patient.request(EDIT, { input: { messageId: first.id, body: 'After' } })
    expect(await patient.send(conversationId, 'Before', input)).toMatchObject({ id: first.id, body: 'After' })
    await patient.request(DELETE, { input: { messageId: first.id } })
    expect(await patient.send(conversationId, 'Before', input)).toMatchObject({ id: first.id, body: null })
  })

  test('a hundred concurrent identical keys store one message', async () => {
    const { patient, conversationId } = await given.talk()
    const all = await Promise.all(
      Array.from({ length: 100 }, () => patient.send(conversationId, 'Once', { clientMessageId: 'same' })),
    )
    expect(new Set(all.map(message => message.id)).size).toBe(1)
    expect((await patient.send(conversationId, 'next')).seq).toBe(2)
  })

  test('only its sender sees a clientMessageId, and nobody one that was not given', async () => {
    const { patient, professional, conversationId } = await given.talk()
    await patient.send(conversationId, 'One', { clientMessageId: 'mine' })
    await patient.send(conversationId, 'Two')
    const HISTORY = 'query ($id: ID!) { history(conversationId: $id) { edges { node { clientMessageId } } } }'
    const keys = async (person: typeof patient) => {
      const { history } = await person.request<{ history: { edges: { node: MadeMessage }[] } }>(HISTORY, {
        id: conversationId,
      })
      return history.edges.map(edge => edge.node.clientMessageId)
    }
    expect(await keys(patient)).toEqual(['mine', null])
    expect(await keys(professional)).toEqual([null, null])
  })

  test('after the end of the care relationship nothing is sent, and a repetition is still answered', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const first = await patient.send(conversationId, 'In time', { clientMessageId: 'in-time' })
    await given.care(patient, professional, false)
    const answer = await patient.ask(SEND, { input: { conversationId, body: 'Too late' } })
    expect(onlyError(answer)).toMatchObject({ code: 'CONFLICT', reason: 'CARE_RELATIONSHIP_ENDED' })
    expect(await patient.send(conversationId, 'In time', { clientMessageId: 'in-time' })).toEqual(first)
    await given.care(patient, professional)
    expect((await patient.send(conversationId, 'Again')).seq).toBe(2)
  })
})

describe('editMessage and deleteMessage', () => {
  test('003.14 an edit keeps the place, a deletion takes the content', async () => {
    const { patient, conversationId } = await given.talk()
    const { id } = await patient.send(conversationId, 'Frist')
    const { editMessage } = await patient.request<{ editMessage: { message: MadeMessage } }>(EDIT, {
      input: { messageId: id, body: ' First ' },
    })
    expect(editMessage.message).toMatchObject({ id, seq: 1, body: 'First', editedAt: expect.any(String) })
    const remove = () =>
      patient.request<{ deleteMessage: { message: MadeMessage } }>(DELETE, { input: { messageId: id } })
    const { deleteMessage } = await remove()
    expect(deleteMessage.message).toMatchObject({ id, seq: 1, body: null, deletedAt: expect.any(String) })
    expect(await remove()).toEqual({ deleteMessage })
    const edited = await patient.ask(EDIT, { input: { messageId: id, body: 'Back' } })
    expect(onlyError(edited)).toMatchObject({ code: 'CONFLICT', reason: 'MESSAGE_DELETED' })
  })

  test('others’ messages are not to be changed, and strangers’ not to be known of', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const stranger = await given.professional()
    const { id: messageId } = await patient.send(conversationId)
    for (const [person, code] of [
      [professional, 'FORBIDDEN'],
      [stranger, 'NOT_FOUND'],
      [given.admin, 'FORBIDDEN'],
    ] as const) {
      expect(onlyError(await person.ask(EDIT, { input: { messageId, body: 'x' } }))).toMatchObject({ code })
      expect(onlyError(await person.ask(DELETE, { input: { messageId } }))).toMatchObject({ code })
    }
    for (const id of ['nonsense', '00000000-0000-4000-8000-000000000000'])
      expect(onlyError(await patient.ask(DELETE, { input: { messageId: id } }))).toMatchObject({
        code: 'NOT_FOUND',
        field: 'input.messageId',
      })
  })

  test('after the end of the care relationship one’s own is deleted, and not edited', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const { id: messageId } = await patient.send(conversationId)
    await given.care(patient, professional, false)
    expect(onlyError(await patient.ask(EDIT, { input: { messageId, body: 'x' } }))).toMatchObject({
      code: 'CONFLICT',
      reason: 'CARE_RELATIONSHIP_ENDED',
    })
    await patient.request(DELETE, { input: { messageId } })
  })
})

test('000.13 of messages that come at once, as many are stored as the limit leaves', async () => {
  const strict = await startApp({ rateLimits: { messagesPerMinute: 5, startsPerMinute: 0 } }, { beside: app })
  const { patient, professional, conversationId } = await given.talk()
  const senders = [patient.at(strict), professional.at(strict)]
  const outcomes = await Promise.all(
    Array.from({ length: 16 }, async (_, index) => {
      const { errors } = await senders[index % 2]!.ask(SEND, { input: { conversationId, body: 'At once' } })
      return errors?.[0]?.extensions.code ?? 'STORED'
    }),
  )
  const of = (code: string, side: number) => outcomes.filter((one, index) => one === code && index % 2 === side).length
  expect([of('STORED', 0), of('RATE_LIMITED', 0), of('STORED', 1), of('RATE_LIMITED', 1)]).toEqual([5, 3, 5, 3])
})

test('000.13 messages beyond the configured number in a minute are RATE_LIMITED, each person for themselves', async () => {
  const limited = await startApp({ rateLimits: { messagesPerMinute: 3 } })
  const { patient, professional, conversationId } = await make(limited).talk()
  for (const seq of [1, 2, 3]) expect((await patient.send(conversationId)).seq).toBe(seq)
  const { data, errors } = await patient.ask(SEND, { input: { conversationId, body: 'One too many' } })
  expect(data).toEqual({ sendMessage: null })
  expect(errors?.[0]?.extensions.code).toBe('RATE_LIMITED')
  const retryAfterMs = Number(errors?.[0]?.extensions.retryAfterMs)
  expect(retryAfterMs).toBeGreaterThan(0)
  expect(retryAfterMs).toBeLessThanOrEqual(60_000)
  expect((await professional.send(conversationId)).seq).toBe(4)
})
