import { describe, expect, test } from '@jest/globals'
import { make, type MadeMessage } from '../support/make.js'
import { startApp } from '../support/start-app.js'

const one = await startApp()
const other = await startApp({}, { beside: one })
const given = make(one)

const ADDED = 'subscription ($id: ID!, $after: String) { messageAdded(conversationId: $id, after: $after) { id } }'
const HISTORY = 'query ($id: ID!) { history(conversationId: $id) { edges { node { id } } } }'

interface Page {
  history: { edges: { node: { id: string } }[] }
}

describe('several servers', () => {
  test('001.14 each request of a person may go to another server', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const first = await patient.send(conversationId)
    const live = (await professional.at(other).connect()).subscribe<{ messageAdded: MadeMessage }>(ADDED, {
      id: conversationId,
      after: first.cursor,
    })
    const ids: string[] = []
    for (const server of [one, other, one, other]) {
      const { id } = await patient.at(server).send(conversationId)
      ids.push(id)
      const { history } = await patient.at(server === one ? other : one).request<Page>(HISTORY, { id: conversationId })
      expect(history.edges.at(-1)?.node.id).toBe(id)
    }
    expect((await live.take(4)).map(event => event.messageAdded.id)).toEqual(ids)
  })
})

describe('indexes', () => {
  const MANY = 20_000

  test('001.14 what every request reads goes by an index, however long the conversation is', async () => {
    const { patient, conversationId } = await given.talk()
    const { database } = one
    await database.call(
      `insert into messages (id, conversation_id, seq, rev, added_rev, sender_id, kind, body, client_message_id, content_hash, created_at)
      select gen_random_uuid(), $1, n, n, n, $2, 'TEXT', 'x', n::text, '', now() from generate_series(1, ${MANY}) n`,
      [conversationId, patient.id],
    )
    await database.call('analyze messages', [])
    const plans = [
      'select * from messages m where m.conversation_id = $1 and m.seq between 1 and 19000 order by m.seq desc limit 51',
      'select * from messages m where m.conversation_id = $1 and m.rev > 19000 order by m.rev limit 500',
      `select * from messages m where m.conversation_id = $1 and m.sender_id = 'x' and m.client_message_id = 'y'`,
    ]
    for (const sql of plans) {
      const plan = await database.call<{ 'QUERY PLAN': unknown }>(`explain (format json) ${sql}`, [conversationId])
      const text = JSON.stringify(plan)
      expect(text).toContain('Index Scan')
      expect(text).not.toContain('Seq Scan')
      expect(text).not.toContain('"Sort"')
    }
  })
})
