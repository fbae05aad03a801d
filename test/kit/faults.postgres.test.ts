import { expect, test } from '@jest/globals'
import { ConversationView, type ChatClient } from '../../clients/apollo/src/main.js'
import { cleanUp } from '../support/cleanup.js'
import { createPostgresDatabase } from '../support/database.js'
import { onPostgres, testRedisUrl } from '../support/engine.js'
import { becomes, kitAt } from '../support/kit.js'
import { make } from '../support/make.js'
import { startProcess } from '../support/start-process.js'
import { startTcpProxy } from '../support/tcp-proxy.js'
import { TEST_SECRET } from '../support/tokens.js'

const MESSAGES = 20

const environmentOf = async (redisUrl = testRedisUrl()) => {
  const { url, drop } = await createPostgresDatabase()
  cleanUp(drop)
  return { DATABASE_URL: url, REDIS_URL: redisUrl, JWT_SECRET: TEST_SECRET, RATE_LIMIT_MESSAGES_PER_MINUTE: '0' }
}

const open = async (client: ChatClient, conversationId: string) => {
  const view = new ConversationView(client, conversationId)
  cleanUp(() => view.close())
  await becomes(view.state, ({ status }) => status === 'LIVE')
  await becomes(client.connection, state => state === 'OPEN')
  return view
}

const bodies = (from: string) => Array.from({ length: MESSAGES }, (_, index) => `${from} ${index}`)

/** Both show everything, the same in the same order, once, and each one's own as they were written. */
const expectLevel = async (views: ConversationView[]) => {
  const count = MESSAGES * views.length
  const shown = await Promise.all(
    views.map(({ state }) =>
      becomes(state, ({ messages, pending }) => messages.length >= count && pending.length === 0),
    ),
  )
  const [first, ...others] = shown.map(({ messages }) => messages.map(({ seq, body }) => ({ seq, body })))
  expect(first?.map(({ seq }) => seq)).toEqual(Array.from({ length: count }, (_, index) => index + 1))
  for (const other of others) expect(other).toEqual(first)
  const all = first?.map(({ body }) => body) ?? []
  for (const from of ['mine', 'theirs']) expect(all.filter(body => body?.startsWith(from))).toEqual(bodies(from))
}

onPostgres('the client kit: faults', () => {
  test('a server that is killed and comes back: what both write meanwhile is there once, in one order', async () => {
    const environment = await environmentOf()
    const first = await startProcess(environment)
    const given = make(first)
    const { patient, professional, conversationId } = await given.talk()
    const clients = [patient, professional].map(person => kitAt(first)(person))
    const views = await Promise.all(clients.map(client => open(client, conversationId)))
    const write = (index: number) => {
      for (const [place, from] of ['mine', 'theirs'].entries())
        clients[place]?.outbox.send(conversationId, { body: `${from} ${index}` })
    }
    for (let index = 0; index < MESSAGES / 2; index++) write(index)
    await first.kill('SIGKILL')
    for (let index = MESSAGES / 2; index < MESSAGES; index++) write(index)
    await Promise.all(clients.map(({ connection }) => becomes(connection, state => state === 'LOST')))
    await startProcess({ ...environment, PORT: new URL(first.url).port })
    await expectLevel(views)
  })

  test('Redis is cut while two servers serve: both show the same afterwards', async () => {
    const redis = await startTcpProxy(testRedisUrl())
    const environment = await environmentOf(redis.through(testRedisUrl()))
    const servers = await Promise.all([startProcess(environment), startProcess(environment)])
    const given = make(servers[0])
    const { patient, professional, conversationId } = await given.talk()
    const clients = [patient, professional].map((person, place) => kitAt(servers[place] ?? servers[0])(person))
    const views = await Promise.all(clients.map(client => open(client, conversationId)))
    await redis.cut()
    for (let index = 0; index < MESSAGES; index++)
      for (const [place, from] of ['mine', 'theirs'].entries())
        clients[place]?.outbox.send(conversationId, { body: `${from} ${index}` })
    await Promise.all(clients.map(({ outbox }) => becomes(outbox.messages, ({ length }) => length === 0)))
    await redis.restore()
    await expectLevel(views)
  })
})
