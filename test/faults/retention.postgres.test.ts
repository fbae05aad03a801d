import { expect, test } from '@jest/globals'
import pg from 'pg'
import { cleanUp } from '../support/cleanup.js'
import { createPostgresDatabase } from '../support/database.js'
import { onPostgres } from '../support/engine.js'
import { make } from '../support/make.js'
import { eventually } from '../support/notifications.js'
import { Follow, ResumingClient } from '../support/resuming-client.js'
import { serverEnvironment, spawnServer, startProcess } from '../support/start-process.js'

const TALKS = 12
const OLD = 2_000
const MOST_SENDS = 3_000

/** Said two years ago; marked as read, one by one. */
const FILL = `
  with said as (
    insert into messages (id, conversation_id, seq, rev, added_rev, sender_id, sender_role, kind, body, client_message_id, content_hash, created_at)
    select gen_random_uuid(), c.id, n, c.rev + n, c.rev + n, c.patient_id, 'PATIENT', 'TEXT', 'Of old', 'old ' || n, '',
      now() - interval '2 years' + n * interval '1 s'
    from conversations c, generate_series(1, ${OLD}) n where c.id = any($1)),
  marked as (
    insert into marks (conversation_id, rev, user_id, delivered_through, read_through, at)
    select c.id, c.rev + ${OLD} + n, c.professional_id, n, n, now() from conversations c, generate_series(1, ${OLD}) n where c.id = any($1))
  update conversations set seq = ${OLD}, rev = rev + 2 * ${OLD} where id = any($1)`
const LEFT = 'select count(*)::int as left from messages where conversation_id = any($1) and seq <= $2'
const STORED = `
  select c.id, c.seq, c.first_seq as "firstSeq", array_agg(m.id::text order by m.seq) as ids, array_agg(m.seq order by m.seq) as seqs,
    c.rev >= max(m.rev) as level, (select count(*)::int from marks k where k.conversation_id = c.id and k.delivered_through < c.first_seq) as marks
  from conversations c join messages m on m.conversation_id = c.id where c.id = any($1) group by c.id`

interface Stored {
  id: string
  seq: number
  firstSeq: number
  ids: string[]
  seqs: number[]
  level: boolean
  marks: number
}

const from = (first: number, through: number) =>
  Array.from({ length: through - first + 1 }, (_, index) => first + index)

onPostgres('retention while messages are sent', () => {
  test('002.12 000.21 on several processes at once, one of them killed, loses and doubles nothing that is new', async () => {
    const { url, drop } = await createPostgresDatabase()
    cleanUp(drop)
    const environment = serverEnvironment(url, {
      MESSAGE_RETENTION_DAYS: '365',
    })
    const client = new pg.Client(url)
    await client.connect()
    cleanUp(() => client.end())
    const [one, other] = await Promise.all([startProcess(environment), startProcess(environment)])
    const given = make(one)
    const talks = await Promise.all(from(1, TALKS).map(() => given.talk()))
    const ids = talks.map(({ conversationId }) => conversationId)
    await client.query(FILL, [ids])
    const left = async () => (await client.query<{ left: number }>(LEFT, [ids, OLD])).rows[0]?.left ?? 0

    const senders = await Promise.all(
      talks.map(async ({ patient, conversationId }, index) => {
        const sender = new ResumingClient(patient)
        await sender.connect(index % 2 ? one : other)
        const live = await sender.follow(new Follow('MESSAGES', { conversationId, seq: OLD + 1 }))
        const events = await sender.follow(new Follow('EVENTS', { conversationId, seq: OLD + 1 }))
        return { sender, conversationId, live, events }
      }),
    )
    let isOver = false
    const sending = Promise.all(
      senders.map(async ({ sender, conversationId }) => {
        for (let sends = 0; sends < 5 || (!isOver && sends < MOST_SENDS); sends++)
          await sender.send(conversationId, 'Of today')
      }),
    )
    const job = () => spawnServer('dist/main.js', ['job', 'retention'], environment)
    const jobs = [job(), job()] as const
    await eventually(left, count => count < TALKS * OLD * 0.8)
    await jobs[0].kill('SIGKILL')
    expect(await left()).toBeGreaterThan(0)
    expect(await jobs[1].exited).toEqual({ code: 0, signal: null })
    const last = job()
    expect(await last.exited).toEqual({ code: 0, signal: null })
    expect(await left()).toBe(0)
    isOver = true
    await sending

    const stored = new Map((await client.query<Stored>(STORED, [ids])).rows.map(row => [row.id, row]))
    for (const { sender, conversationId, live, events } of senders) {
      const kept = stored.get(conversationId)
      const seq = kept?.seq ?? 0
      expect(kept).toMatchObject({ firstSeq: OLD + 1, seqs: from(OLD + 1, seq), level: true, marks: 0 })
      expect(sender.sent.map(message => message.id)).toEqual(kept?.ids)
      await Promise.all([live.through(seq), events.through(seq)])
      for (const { messages } of [live, events]) expect(messages.map(message => message.id)).toEqual(kept?.ids)
      expect(live.surprises).toEqual([])
      // Each of them that firstSeq has risen.
      expect(events.surprises.length).toBeGreaterThan(0)
      expect(new Set(events.surprises)).toEqual(new Set(['ConversationChanged undefined']))
      expect(sender.refusals).toEqual([])
    }
  }, 180_000)
})
