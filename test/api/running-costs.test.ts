import { describe, expect, test } from '@jest/globals'
import { once } from 'node:events'
import { connect } from 'node:net'
import { cleanUp } from '../support/cleanup.js'
import { postGraphql } from '../support/graphql-client.js'
import { make } from '../support/make.js'
import { readMetrics } from '../support/read-metrics.js'
import { startApp } from '../support/start-app.js'

const app = await startApp()
const given = make(app)

/** Of a cost of 9,180. */
const DEAR = '{ conversations(first: 90) { edges { node { messages(first: 100) { edges { node { id } } } } } } }'
const LONG = '長'.repeat(5000)

const refusals = async () =>
  (await readMetrics(app)).of('colloquy_operations_total{operation="other",outcome="RATE_LIMITED"}')

describe('what runs, and what waits to be read, may cost a person so much together', () => {
  test('over all of their connections, subscriptions for as long as they live', async () => {
    const patient = await given.patient()
    const [first, second] = [await patient.connect(), await patient.connect()]
    const follow = () =>
      first.subscribe(`subscription {
        messageAdded { conversation { messages(first: 90) { edges { node { body conversation { id } sender { id } } } } } }
      }`)
    const followed = Array.from({ length: 30 }, follow)
    await first.request('{ me { id } }')
    const before = await refusals()
    await expect(second.request(DEAR)).rejects.toThrow(/At most 30000 objects .*"RATE_LIMITED","retryAfterMs":1000/)
    expect((await refusals()) - before).toBe(1)
    expect(await (await given.patient()).request(DEAR)).toHaveProperty('conversations')
    for (const subscription of followed) subscription.stop()
    const isRefused = () =>
      second.request(DEAR).then(
        () => false,
        () => true,
      )
    while (await isRefused());
  })

  test('answers over HTTP until they are read', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const sender = await professional.connect()
    const send = `mutation { sendMessage(input: { conversationId: "${conversationId}", body: "${LONG}" }) { message { id } } }`
    await Promise.all(Array.from({ length: 100 }, () => sender.request(send)))
    const pages = Array.from(
      { length: 15 },
      (_, n) => `p${n}: history(conversationId: "${conversationId}", last: 100) {
      edges { node { body } } }`,
    )
    const body = JSON.stringify({ query: `query Unread { ${pages.join(' ')} }` })
    const { hostname, port } = new URL(app.url)
    const unread = Array.from({ length: 3 }, () => {
      const socket = connect(Number(port), hostname)
      cleanUp(() => socket.destroy())
      socket.pause()
      socket.write(
        `POST /graphql HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${patient.token}\r\n` +
          `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      )
      return socket
    })
    const refused = async () => (await postGraphql(app.url, patient.token, DEAR)).errors?.[0]?.extensions
    while ((await readMetrics(app)).of('colloquy_operations_total{operation="Unread",outcome="OK"}') < unread.length);
    const before = await refusals()
    expect(await refused()).toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: 1000 })
    expect((await refusals()) - before).toBe(1)
    const gone = unread.map(socket => once(socket, 'close'))
    for (const socket of unread) socket.destroy()
    await Promise.all(gone)
    while (await refused());
  })
})

test.each([
  ['within', 16, undefined],
  ['beyond', 90, 'BAD_USER_INPUT'],
])('each event of a subscription may cost 1,000: %s', async (_, first, code) => {
  const { patient, conversationId } = await given.talk()
  const { cursor: after } = await patient.send(conversationId, 'hello')
  await patient.send(conversationId, 'again')
  const inside = 'body sender { id } conversation { participants { id } }'
  const events = (await patient.connect()).subscribe(
    `subscription ($id: ID!, $after: String, $first: Int) { messageAdded(conversationId: $id, after: $after) {
       conversation { messages(first: $first) { edges { node { ${inside} } } } }
     } }`,
    { id: conversationId, after, first },
  )
  const outcome = events.nextResult()
  if (code) return expect(outcome).rejects.toThrow(/Each event may read \d+ objects; 1000 are allowed.*"cost"/)
  expect((await outcome).errors).toBeUndefined()
})

test('an answer holds so many objects, however long the lists without a page size are', async () => {
  const users = Array.from({ length: 499 }, (_, n) => ({
    id: `crowd-${n}`,
    displayName: `Crowd ${n}`,
    roles: ['PATIENT'],
  }))
  await given.admin.request('mutation ($input: UpsertUsersInput!) { upsertUsers(input: $input) { users { id } } }', {
    input: { users },
  })
  const { createGroup } = await given.admin.request<{ createGroup: { conversation: { id: string } } }>(
    'mutation ($input: CreateGroupInput!) { createGroup(input: $input) { conversation { id } } }',
    { input: { title: 'Crowd', participantIds: users.map(({ id }) => id) } },
  )
  const { id } = createGroup.conversation
  for (let count = 0; count < 62; count++) await given.admin.send(id)
  const pages = (first: number) => `query ($id: ID!) {
    history(conversationId: $id, first: ${first}) { edges { node { conversation { participants { user { id } } } } } } }`
  const { data, errors } = await given.admin.ask(pages(62), { id })
  expect(data).toBeNull()
  expect(errors).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED', limit: 'cost' } }])
  const { history } = await given.admin.request<{ history: { edges: object[] } }>(pages(50), { id })
  expect(history.edges).toHaveLength(50)
})
