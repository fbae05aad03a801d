import { expect, test } from '@jest/globals'
import { cleanUp } from '../support/cleanup.js'
import { createPostgresDatabase } from '../support/database.js'
import { onPostgres } from '../support/engine.js'
import { expectDeliveredOnce, expectStoredOnce } from '../support/kept.js'
import { make, type TestPerson } from '../support/make.js'
import { Follow, ResumingClient, type Sent } from '../support/resuming-client.js'
import { serverEnvironment, startProcess, type ServerProcess } from '../support/start-process.js'

const SENDERS = 20
const PROFESSIONALS = 10
const MESSAGES = 12
const CONVERSATIONS = SENDERS * PROFESSIONALS

interface Talk {
  sender: number
  professional: number
  conversationId: string
  first: Sent
  messageCursor: string
  eventCursor: string
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index)

const HISTORY = 'query ($id: ID!) { history(conversationId: $id) { eventCursor } }'

const startTalks = async (given: ReturnType<typeof make>, senders: TestPerson[], professionals: TestPerson[]) => {
  const talks = senders.map(async (patient, sender) => {
    const own: Talk[] = []
    for (const [professional, person] of professionals.entries()) {
      await given.care(patient, person)
      const conversationId = await given.conversation(patient, person)
      const key = `first ${conversationId}`
      const { id, seq, cursor } = await patient.send(conversationId, 'First', { clientMessageId: key })
      const { history } = await person.request<{ history: { eventCursor: string } }>(HISTORY, { id: conversationId })
      const first = { id, seq, key, conversationId }
      own.push({ sender, professional, conversationId, first, messageCursor: cursor, ...history })
    }
    return own
  })
  return (await Promise.all(talks)).flat()
}

/** Clients in turn at either server, and who is at the first. */
const connectAll = async (people: TestPerson[], servers: [ServerProcess, ServerProcess]) => {
  const clients = people.map(person => new ResumingClient(person))
  await Promise.all(clients.map((client, index) => client.connect(servers[index % 2 ? 1 : 0])))
  return { clients, atFirst: clients.filter((_, index) => index % 2 === 0) }
}

onPostgres('a process killed while two serve', () => {
  test('loses, doubles and reorders nothing for those who go on at the other', async () => {
    const { url, drop } = await createPostgresDatabase()
    cleanUp(drop)
    const environment = serverEnvironment(url)
    const [dying, other] = await Promise.all([startProcess(environment), startProcess(environment)])
    const given = make(other)
    const patients = await Promise.all(numbers(SENDERS).map(() => given.patient()))
    const professionals = await Promise.all(numbers(PROFESSIONALS).map(() => given.professional()))
    const talks = await startTalks(given, patients, professionals)
    const senders = await connectAll(patients, [dying, other])
    const readers = await connectAll(professionals, [dying, other])
    for (const { sender, professional, conversationId, messageCursor, eventCursor } of talks) {
      const from = { conversationId, seq: 2 }
      await senders.clients[sender]?.follow(new Follow('MESSAGES', from, messageCursor))
      await readers.clients[professional]?.follow(new Follow('EVENTS', from, eventCursor))
    }

    let acknowledged = 0
    let reachMiddle = () => {}
    const middle = new Promise<void>(resolve => (reachMiddle = resolve))
    const sendAll = Promise.all(
      talks.map(async ({ sender, conversationId }) => {
        for (const number of numbers(MESSAGES)) {
          await senders.clients[sender]?.send(conversationId, `Number ${number + 2}`)
          if (++acknowledged === (CONVERSATIONS * MESSAGES) / 3) reachMiddle()
        }
      }),
    )
    await middle
    expect(await dying.kill('SIGKILL')).toEqual({ code: null, signal: 'SIGKILL' })
    await Promise.all([...senders.atFirst, ...readers.atFirst].map(client => client.connect(other)))
    await sendAll

    const follows = [...senders.clients, ...readers.clients].flatMap(client => client.follows)
    await Promise.all(follows.map(follow => follow.through(MESSAGES + 1)))
    const sent = [...talks.map(talk => talk.first), ...senders.clients.flatMap(client => client.sent)]
    const stored = await expectStoredOnce(url, sent)
    expectDeliveredOnce(stored, follows)
    // It was the middle: some sends were under way at the one that died, and none was refused at the other.
    expect(senders.atFirst.reduce((sum, client) => sum + client.unanswered, 0)).toBeGreaterThan(0)
    expect(senders.clients.flatMap(client => client.refusals)).toEqual([])
    expect(await other.kill('SIGTERM')).toEqual({ code: 0, signal: null })
  }, 120_000)
})
