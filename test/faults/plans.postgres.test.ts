import { expect, test } from '@jest/globals'
import pg from 'pg'
import { cleanUp } from '../support/cleanup.js'
import { onPostgres } from '../support/engine.js'
import { attachments } from '../support/attachments.js'
import { BY_HAND, makeOld, runJob } from '../support/jobs.js'
import { make } from '../support/make.js'
import { startApp } from '../support/start-app.js'

const SEND = 'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { message { seq } } }'
const READ = `select (select n_tup_ins from pg_stat_user_tables where relname = 'messages')::int as stored,
  (select sum(idx_tup_read) from pg_stat_user_indexes where relname = 'messages')::int as read`

onPostgres('a new database', () => {
  test('finds each key of a burst in its index, and reads no conversation whole', async () => {
    const app = await startApp()
    const given = make(app)
    const client = new pg.Client(app.config.databaseUrl)
    await client.connect()
    cleanUp(() => client.end())
    // Taken for empty from here on, by the plan that the first batches make.
    await client.query('vacuum analyze messages')
    const { patient, conversationId } = await given.talk()
    const socket = await patient.connect()
    const count = { rounds: 5, atOnce: 64 }
    for (let round = 0; round < count.rounds; round++)
      await Promise.all(
        Array.from({ length: count.atOnce }, () => socket.request(SEND, { input: { conversationId, body: 'Hello' } })),
      )
    const sent = count.rounds * count.atOnce
    let known = { stored: 0, read: 0 }
    // Each backend tells of what it did once a second at most, and when it ends.
    for (const deadline = Date.now() + 20_000; known.stored < sent && Date.now() < deadline;) {
      await client.query('select pg_stat_clear_snapshot(), pg_sleep(0.1)')
      known = (await client.query<typeof known>(READ)).rows[0] ?? known
      await socket.request(SEND, { input: { conversationId, body: 'One more' } })
    }
    expect(known.stored).toBeGreaterThanOrEqual(sent)
    expect(known.read).toBeLessThan(4 * known.stored)
  })

  test('finds attachments by their ids and their messages, when they are sent and when their messages are removed', async () => {
    const app = await startApp({ messageRetentionDays: 365 }, { jobTimings: BY_HAND })
    const given = make(app)
    const client = new pg.Client(app.config.databaseUrl)
    await client.connect()
    cleanUp(() => client.end())
    await client.query('vacuum analyze attachments')
    const { patient, conversationId } = await given.talk()
    const socket = await patient.connect()
    const { upload } = attachments(app)
    const sent = 100
    const ids = await Promise.all(Array.from({ length: 2 * sent }, () => upload(patient, conversationId)))
    const count = async () => {
      // Each backend tells of what it did once a second at most, and when it does something.
      await client.query('select pg_sleep(1.2)')
      await Promise.all(
        Array.from({ length: 20 }, () => patient.request('{ conversations { edges { node { id } } } }')),
      )
      await patient.send(conversationId)
      await client.query('select pg_stat_clear_snapshot(), pg_sleep(0.2)')
      const { rows } = await client.query<{ scans: number; read: number; changed: number }>(
        `select seq_scan::int as scans, idx_tup_fetch::int as read, n_tup_upd::int as changed from pg_stat_user_tables
          where relname = 'attachments'`,
      )
      return rows[0]!
    }
    const before = await count()
    for (let number = 0; number < sent; number += 20)
      await Promise.all(
        Array.from({ length: 20 }, (_, index) => {
          const attachmentIds = ids.slice(2 * (number + index), 2 * (number + index + 1))
          return socket.request(SEND, { input: { conversationId, kind: 'IMAGE', attachmentIds } })
        }),
      )
    await makeOld(app, conversationId, sent + 1)
    await runJob(app, 'retention')
    const after = await count()
    // Attached, and left by their messages.
    expect(after.changed - before.changed).toBe(2 * ids.length)
    expect(after.scans - before.scans).toBe(0)
    expect(after.read - before.read).toBeLessThan(8 * ids.length)
  })
})
