import { describe, expect, test } from '@jest/globals'
import { make, type TestPerson } from '../support/make.js'
import { begun, rooms } from '../support/room.js'
import { startApp } from '../support/start-app.js'

const app = await startApp()
const given = make(app)
const { change, group, join, leave, showHistory, support } = rooms(app)

const READ = `query ($id: ID!) { message(id: $id) {
  deliveryStatus receipts { user { id displayName } status deliveredAt readAt } } }`
const mutation = (name: string) =>
  `mutation ($input: MarkInput!) { ${name}(input: $input) { participant { deliveredThrough readThrough } } }`

interface Receipt {
  user: { id: string }
  status: 'SENT' | 'DELIVERED' | 'READ'
  deliveredAt: string | null
  readAt: string | null
}
interface Seen {
  deliveryStatus: Receipt['status']
  receipts: Receipt[]
}

const read = async (person: TestPerson, { id }: { id: string }) =>
  (await person.request<{ message: Seen }>(READ, { id })).message
const mark =
  (kind: 'markRead' | 'markDelivered') => (person: TestPerson, conversationId: string, through?: { id: string }) =>
    person.request(mutation(kind), { input: { conversationId, throughMessageId: through?.id } })
const markRead = mark('markRead')
const markDelivered = mark('markDelivered')

/** In short: the status, and each recipient with theirs. */
const brief = async (reader: TestPerson, message: { id: string }) => {
  const { deliveryStatus, receipts } = await read(reader, message)
  expect(new Set(receipts.map(({ user }) => user.id)).size).toBe(receipts.length)
  return [deliveryStatus, Object.fromEntries(receipts.map(({ user, status }) => [user.id, status]))]
}

const time = (text: string | null | undefined) => new Date(text ?? '').getTime()

describe('001.8 the status of a message', () => {
  test('goes from sent to delivered to read, with the times of the marks', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const first = await patient.send(conversationId)
    const user = { id: professional.id, displayName: professional.displayName }
    expect(await read(patient, first)).toEqual({
      deliveryStatus: 'SENT',
      receipts: [{ user, status: 'SENT', deliveredAt: null, readAt: null }],
    })
    await markDelivered(professional, conversationId)
    const delivered = await read(patient, first)
    const { deliveredAt } = delivered.receipts[0] ?? {}
    expect(delivered).toEqual({
      deliveryStatus: 'DELIVERED',
      receipts: [{ user, status: 'DELIVERED', deliveredAt: expect.any(String), readAt: null }],
    })
    expect(time(deliveredAt)).toBeGreaterThanOrEqual(time(first.createdAt))
    await markRead(professional, conversationId)
    const done = await read(professional, first)
    expect(done).toEqual({
      deliveryStatus: 'READ',
      receipts: [{ user, status: 'READ', deliveredAt, readAt: expect.any(String) }],
    })
    expect(time(done.receipts[0]?.readAt)).toBeGreaterThanOrEqual(time(deliveredAt))
  })

  test('has for each message the times of the first mark that reached it, and a row for each mark alone', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const messages = await given.messages(conversationId, [patient], 6)
    const through = async (index: number) => {
      await markRead(professional, conversationId, messages[index])
      return (await read(patient, messages[index] ?? { id: '' })).receipts[0]?.readAt
    }
    const times = [await through(1), await through(4)]
    await markRead(professional, conversationId, messages[0])
    const all = await Promise.all(messages.map(message => read(patient, message)))
    expect(all.map(({ receipts }) => receipts[0]?.readAt)).toEqual([
      times[0],
      times[0],
      times[1],
      times[1],
      times[1],
      null,
    ])
    expect(all.map(({ receipts }) => receipts[0]?.deliveredAt)).toEqual(all.map(({ receipts }) => receipts[0]?.readAt))
    const marks = await app.database.call('select 1 from marks where conversation_id = $1', [conversationId])
    expect(marks).toHaveLength(2)
  })

  test('is in a group that of who is furthest behind, each recipient with their own', async () => {
    const [sender, one, other] = [await given.professional(), await given.patient(), await given.patient()]
    const conversationId = await group(sender, one, other)
    const message = await sender.send(conversationId)
    await markRead(one, conversationId)
    expect(await brief(sender, message)).toEqual(['SENT', { [one.id]: 'READ', [other.id]: 'SENT' }])
    await markDelivered(other, conversationId)
    expect(await brief(one, message)).toEqual(['DELIVERED', { [one.id]: 'READ', [other.id]: 'DELIVERED' }])
    await markRead(other, conversationId)
    await markRead(sender, conversationId)
    expect(await brief(other, message)).toEqual(['READ', { [one.id]: 'READ', [other.id]: 'READ' }])
  })

  test('counts those who took part when it was sent, and for the whole those of them who still do', async () => {
    const [sender, stays, goes, comes] = [
      await given.professional(),
      await given.patient(),
      await given.patient(),
      await given.patient(),
    ]
    const conversationId = await group(sender, stays, goes)
    const first = await sender.send(conversationId)
    await markRead(stays, conversationId)
    await leave(conversationId, goes)
    const second = await sender.send(conversationId)
    await join(conversationId, comes)
    const third = await sender.send(conversationId)
    await join(conversationId, goes)
    const fourth = await sender.send(conversationId)
    expect(await brief(sender, first)).toEqual(['SENT', { [stays.id]: 'READ', [goes.id]: 'SENT' }])
    expect(await brief(sender, second)).toEqual(['SENT', { [stays.id]: 'SENT' }])
    expect(await brief(sender, third)).toEqual(['SENT', { [stays.id]: 'SENT', [comes.id]: 'SENT' }])
    expect(await brief(sender, fourth)).toEqual(['SENT', { [stays.id]: 'SENT', [comes.id]: 'SENT', [goes.id]: 'SENT' }])
    await leave(conversationId, goes)
    expect(await brief(sender, first)).toEqual(['READ', { [stays.id]: 'READ', [goes.id]: 'SENT' }])
  })

  test('is SENT where nobody received it', async () => {
    const sender = await given.professional()
    const conversationId = await group(sender)
    expect(await read(sender, await sender.send(conversationId))).toEqual({ deliveryStatus: 'SENT', receipts: [] })
  })

  test('of what the server wrote is for everyone', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const message = await change(conversationId, open => open.addSystemMessage('Something happened', null))
    await markRead(patient, conversationId)
    expect(await brief(patient, message)).toEqual(['SENT', { [patient.id]: 'READ', [professional.id]: 'SENT' }])
  })

  test('comes as it is when a message is told of, and receipts by their own subscription', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const socket = await patient.connect()
    const added = socket.subscribe(
      'subscription ($id: ID) { messageAdded(conversationId: $id) { seq deliveryStatus receipts { status user { id } } } }',
      { id: conversationId },
    )
    const advanced = socket.subscribe(
      'subscription ($id: ID) { receiptAdvanced(conversationId: $id) { user { id } readThrough } }',
      { id: conversationId },
    )
    await begun(socket, 2)
    const message = await patient.send(conversationId)
    const receipts = [{ status: 'SENT', user: { id: professional.id } }]
    expect(await added.next()).toEqual({ messageAdded: { seq: 1, deliveryStatus: 'SENT', receipts } })
    await markRead(professional, conversationId)
    expect(await advanced.next()).toEqual({ receiptAdvanced: { user: { id: professional.id }, readThrough: 1 } })
    expect(await brief(patient, message)).toEqual(['READ', { [professional.id]: 'READ' }])
  })

  test('is not for who may not see the message', async () => {
    const [sender, patient, other] = [await given.professional(), await given.patient(), await given.patient()]
    const conversationId = await group(sender, patient, other)
    const message = await sender.send(conversationId)
    await markRead(other, conversationId)
    await showHistory(conversationId, patient, true)
    expect(await brief(patient, message)).toEqual(['SENT', { [patient.id]: 'SENT', [other.id]: 'READ' }])
    await showHistory(conversationId, patient, false)
    expect((await patient.ask(READ, { id: message.id })).errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }])
  })
})

describe('001.8 the support desk', () => {
  test('is one recipient, as far as its furthest admin', async () => {
    const [patient, one, other] = [await given.patient(), await given.person(['ADMIN']), await given.person(['ADMIN'])]
    const conversationId = await support(patient)
    const question = await patient.send(conversationId)
    expect(await brief(patient, question)).toEqual(['SENT', {}])
    await markDelivered(one, conversationId)
    expect(await brief(patient, question)).toEqual(['DELIVERED', { [one.id]: 'DELIVERED' }])
    await markRead(other, conversationId)
    expect(await brief(patient, question)).toEqual(['READ', { [other.id]: 'READ' }])
    await markRead(one, conversationId)
    expect(await brief(patient, question)).toEqual(['READ', { [other.id]: 'READ' }])
    const second = await patient.send(conversationId)
    expect((await brief(patient, second))[0]).toBe('SENT')
    expect((await read(patient, second)).receipts).toHaveLength(1)
  })

  test('receives nothing of its own: only the user does', async () => {
    const [patient, one, other] = [await given.patient(), await given.person(['ADMIN']), await given.person(['ADMIN'])]
    const conversationId = await support(patient)
    await markRead(other, conversationId)
    const answer = await one.send(conversationId)
    expect(await brief(other, answer)).toEqual(['SENT', { [patient.id]: 'SENT' }])
    await markRead(patient, conversationId)
    expect(await brief(one, answer)).toEqual(['READ', { [patient.id]: 'READ' }])
  })

  test('is behind with what the server wrote until an admin came', async () => {
    const patient = await given.patient()
    const conversationId = await support(patient)
    const note = await change(conversationId, open => open.addSystemMessage('Something happened', null))
    await markRead(patient, conversationId)
    expect(await brief(patient, note)).toEqual(['SENT', { [patient.id]: 'READ' }])
    await markRead(given.admin, conversationId)
    expect(await brief(patient, note)).toEqual(['READ', { [patient.id]: 'READ', [given.admin.id]: 'READ' }])
  })
})
