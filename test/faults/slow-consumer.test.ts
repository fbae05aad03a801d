import { describe, expect, test } from '@jest/globals'
import { once } from 'node:events'
import { WebSocket } from 'ws'
import { cleanUp } from '../support/cleanup.js'
import { make, type MadeMessage } from '../support/make.js'
import { readMetrics } from '../support/read-metrics.js'
import { startApp } from '../support/start-app.js'

const app = await startApp()
const given = make(app)

const ADDED =
  'subscription ($id: ID!, $after: String) { messageAdded(conversationId: $id, after: $after) { seq cursor body } }'
const SEND = `mutation ($id: ID!, $body: String!) {
  sendMessage(input: { conversationId: $id, body: $body }) { message { id } }
}`
const BODY = 'x'.repeat(5000)
/** As many as one socket may have under way. */
const ROUND = 90
/** What may wait for a socket in its stream, and in the socket itself, in messages of this size and more. */
const LONGEST_QUEUE = 20_000

interface Added {
  messageAdded: MadeMessage
}

/** A client below graphql-ws, whose socket can be left unread. */
const openUnread = async (token: string) => {
  const socket = new WebSocket(`${app.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
  cleanUp(() => socket.terminate())
  await once(socket, 'open')
  const acknowledged = once(socket, 'message')
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: token } }))
  await acknowledged
  const ask = (id: string, query: string, variables: object) =>
    socket.send(JSON.stringify({ id, type: 'subscribe', payload: { query, variables } }))
  return { socket, ask }
}

const openUnreadSubscription = async (token: string, variables: { id: string; after: string }) => {
  const { socket, ask } = await openUnread(token)
  const received: MadeMessage[] = []
  socket.on('message', (data: Buffer) => {
    const { type, payload } = JSON.parse(data.toString()) as { type: string; payload?: { data: Added } }
    if (type === 'next' && payload) received.push(payload.data.messageAdded)
  })
  ask('1', ADDED, variables)
  return { socket, received }
}

test('a subscriber that stops reading is cut off with 1013, slows nobody, and resumes without loss', async () => {
  const { patient, professional, conversationId } = await given.talk()
  const { cursor } = await patient.send(conversationId, 'first')
  const variables = { id: conversationId, after: cursor }
  const slow = await openUnreadSubscription(patient.token, variables)
  const sender = await professional.connect()
  const attentive = (await professional.connect()).subscribe<Added>(ADDED, variables)
  await patient.send(conversationId, 'second')
  await attentive.next()
  while (slow.received.length < 1) await once(slow.socket, 'message')

  const [connection] = app.services.connections.ofUser(patient.id)
  if (!connection) throw new Error('The slow client is not connected.')
  let givenUp = false
  connection.onClose(() => {
    givenUp = true
    slow.socket.resume()
  })
  const closed = once(slow.socket, 'close')
  slow.socket.pause()
  let sent = 2
  while (!givenUp && sent < LONGEST_QUEUE) {
    await Promise.all(Array.from({ length: ROUND }, () => sender.request(SEND, { id: conversationId, body: BODY })))
    sent += ROUND
    // The others have everything while the slow one stands still.
    expect((await attentive.take(ROUND)).at(-1)?.messageAdded.seq).toBe(sent)
  }
  expect(givenUp).toBe(true)

  expect((await closed)[0]).toBe(1013)
  const last = slow.received.at(-1)
  expect(slow.received.map(message => message.seq)).toEqual(slow.received.map((_, index) => index + 2))
  expect(last?.seq).toBeLessThan(sent)

  const again = (await patient.connect()).subscribe<Added>(ADDED, { id: conversationId, after: last?.cursor })
  const missed = await again.take(sent - (last?.seq ?? 0))
  expect(missed.map(event => event.messageAdded.seq)).toEqual(missed.map((_, index) => (last?.seq ?? 0) + index + 1))
}, 120_000)

describe('answers that nobody reads', () => {
  const PAGE = `query UnreadPage($id: ID!) { history(conversationId: $id, last: 100) { edges { node { body } } } }`
  const ASKED = 30
  const LONG = '長'.repeat(5000)
  const RAN = 'colloquy_operations_total{operation="UnreadPage",outcome="OK"}'

  test('wait one behind the other, and are all given once they are read', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const sender = await professional.connect()
    for (let n = 0; n < 2; n++)
      await Promise.all(Array.from({ length: 50 }, () => sender.request(SEND, { id: conversationId, body: LONG })))
    const { socket, ask } = await openUnread(patient.token)
    const [connection] = app.services.connections.ofUser(patient.id)
    let frames = 0
    let bytes = 0
    socket.on('message', (data: Buffer) => {
      bytes += data.length
      frames++
    })
    socket.pause()
    for (let n = 0; n < ASKED; n++) ask(`p${n}`, PAGE, { id: conversationId })
    while ((await readMetrics(app)).of(RAN) < ASKED);
    // The network takes some of them in.
    expect(connection?.running).toBeGreaterThan(ASKED / 3)
    socket.resume()
    while (frames < 2 * ASKED) await once(socket, 'message')
    expect(bytes).toBeGreaterThan(ASKED * 100 * Buffer.byteLength(LONG))
    expect(connection?.running).toBe(0)
  })
})
