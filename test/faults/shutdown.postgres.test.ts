import { expect, test } from '@jest/globals'
import pg from 'pg'
import { cleanUp } from '../support/cleanup.js'
import { createPostgresDatabase } from '../support/database.js'
import { onPostgres } from '../support/engine.js'
import { make } from '../support/make.js'
import { readiness } from '../support/readiness.js'
import { serverEnvironment, startProcess } from '../support/start-process.js'

const MESSAGES = 200

const SEND = 'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { message { seq } } }'
// What is read for each event takes a moment.
const ADDED = `subscription ($id: ID!) {
  messageAdded(conversationId: $id) { seq sender { displayName presence { online } } }
}`
const PRESENCE = 'subscription ($ids: [ID!]) { presence(userIds: $ids) { online } }'

interface Added {
  messageAdded: { seq: number }
}

/** Nobody sends there until it is let go. */
const lockConversation = async (databaseUrl: string, conversationId: string) => {
  const client = new pg.Client(databaseUrl)
  await client.connect()
  cleanUp(() => client.end())
  await client.query('begin')
  await client.query('select 1 from conversations where id = $1 for no key update', [conversationId])
  return () => client.query('rollback')
}

onPostgres('a process that gets SIGTERM', () => {
  test('delivers what it acknowledged, finishes what runs, takes presence back, and exits with 0', async () => {
    const { url, drop } = await createPostgresDatabase()
    cleanUp(drop)
    const environment = serverEnvironment(url)
    const [leaving, other] = await Promise.all([startProcess(environment), startProcess(environment)])
    const given = make(leaving)
    const { patient, professional, conversationId } = await given.talk()
    const held = await given.talk()

    const reader = await professional.connect()
    const added = reader.subscribe<Added>(ADDED, { id: conversationId })
    const watcher = await patient.at(other).connect()
    const presence = watcher.subscribe<{ presence: { online: boolean } }>(PRESENCE, { ids: [professional.id] })
    await presence.until(event => event.presence.online)
    const sender = await held.patient.connect()
    const letGo = await lockConversation(url, held.conversationId)
    const waiting = [
      sender.request(SEND, { input: { conversationId: held.conversationId, body: 'Over a socket' } }),
      held.professional.request(SEND, { input: { conversationId: held.conversationId, body: 'Over HTTP' } }),
    ]
    await Promise.all(Array.from({ length: MESSAGES }, (_, index) => patient.send(conversationId, `Number ${index}`)))

    const exited = leaving.kill('SIGTERM')
    expect(await reader.closed).toMatchObject({ code: 1001 })
    const numbers = (await added.take(MESSAGES)).map(event => event.messageAdded.seq)
    expect(numbers).toEqual(Array.from({ length: MESSAGES }, (_, index) => index + 1))
    expect(await readiness(leaving, 503)).toMatchObject({ draining: true, parts: { database: true, bus: true } })
    await expect(professional.connect()).rejects.toThrow()

    await letGo()
    expect((await Promise.all(waiting)).map(sent => JSON.stringify(sent)).sort()).toEqual(
      [1, 2].map(seq => JSON.stringify({ sendMessage: { message: { seq } } })),
    )
    expect(await sender.closed).toMatchObject({ code: 1001 })
    expect(await exited).toEqual({ code: 0, signal: null })
    await presence.until(event => !event.presence.online)
  }, 60_000)
})
