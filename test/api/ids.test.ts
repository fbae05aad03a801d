import { describe, expect, test } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import { make } from '../support/make.js'
import { eventually } from '../support/notifications.js'
import { begun } from '../support/room.js'
import { startApp } from '../support/start-app.js'

const app = await startApp()
const given = make(app)

interface Page {
  edges: { node: { id?: string; message?: { id: string } } }[]
  pageInfo: { endCursor: string; startCursor: string }
}

describe('ids of the service, in capitals', () => {
  test('are those in small letters: of what is read, and where its cursors go on', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const [one, two] = await given.messages(conversationId, [patient, professional], 2)
    const IDS = { conversation: conversationId, message: one?.id ?? '' }
    for (const [field, id] of Object.entries(IDS))
      expect(await patient.request(`query ($id: ID!) { ${field}(id: $id) { id } }`, { id: id.toUpperCase() })).toEqual({
        [field]: { id },
      })
    const READ =
      'query ($id: ID!, $before: String) { history(conversationId: $id, last: 1, before: $before) { edges { node { id } } pageInfo { startCursor } } }'
    const read = async (id: string, before?: string) =>
      (await patient.request<{ history: Page }>(READ, { id, before })).history
    const last = await read(conversationId.toUpperCase())
    expect(last.edges).toEqual([{ node: { id: two?.id } }])
    expect((await read(conversationId, last.pageInfo.startCursor)).edges).toEqual([{ node: { id: one?.id } }])
    const SESSIONS = 'query ($id: ID!) { sessions(filter: { conversationId: $id }) { edges { node { id } } } }'
    const sessionId = await given.session(patient, professional)
    expect(await patient.request(SESSIONS, { id: conversationId.toUpperCase() })).toEqual({
      sessions: { edges: [{ node: { id: sessionId } }] },
    })
  })

  test('go on where a search in small letters ended', async () => {
    const { patient, conversationId } = await given.talk()
    for (let n = 0; n < 2; n++) await patient.send(conversationId, 'knee')
    const SEARCH = `query ($id: ID!, $after: String) { searchMessages(query: "knee", conversationId: $id, first: 1, after: $after) {
      edges { node { message { id } } } pageInfo { endCursor } } }`
    const search = async (id: string, after?: string) =>
      (await patient.request<{ searchMessages: Page }>(SEARCH, { id, after })).searchMessages
    const first = await search(conversationId)
    const second = await search(conversationId.toUpperCase(), first.pageInfo.endCursor)
    expect([first, second].map(({ edges }) => edges.length)).toEqual([1, 1])
    expect(first.edges).not.toEqual(second.edges)
  })

  test('are sent to, answered, marked and followed as they are, each once', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const upper = conversationId.toUpperCase()
    const socket = await professional.connect()
    const followed = socket.subscribe<{ messageAdded: { id: string } }>(
      'subscription ($id: ID!) { messageAdded(conversationId: $id) { id } }',
      { id: upper },
    )
    await begun(socket, 1)
    const one = await patient.send(upper, 'one')
    const answer = (id: string, replyToId: string) =>
      patient.send(id, 'two', { replyToId, clientMessageId: 'the same' })
    const two = await answer(upper, one.id.toUpperCase())
    expect(await answer(conversationId, one.id)).toEqual(two)
    expect([(await followed.next()).messageAdded.id, (await followed.next()).messageAdded.id]).toEqual([one.id, two.id])
    const input = { conversationId: upper, throughMessageId: one.id.toUpperCase() }
    expect(
      await professional.request(
        'mutation ($input: MarkInput!) { markRead(input: $input) { participant { readThrough } } }',
        { input },
      ),
    ).toEqual({ markRead: { participant: { readThrough: 1 } } })
    const AUDITED = `select conversation_id as id from audit_pending where action = 'messageAdded' and actor_id = $1
      union select conversation_id from audit_events where action = 'messageAdded' and actor_id = $1`
    const [event] = await eventually(
      () => app.database.call(AUDITED, [professional.id]),
      rows => rows.length > 0,
    )
    expect(event).toEqual({ id: conversationId })
  })

  test('of the host system are different people', async () => {
    const lower = randomUUID()
    const upper = lower.toUpperCase()
    for (const id of [lower, upper]) await given.patient({ id, displayName: id })
    const READ = 'query ($id: ID!) { user(id: $id) { displayName } }'
    for (const id of [lower, upper])
      expect(await given.admin.request(READ, { id })).toEqual({ user: { displayName: id } })
  })
})
