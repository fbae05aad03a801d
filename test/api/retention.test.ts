import { describe, expect, test } from '@jest/globals'
import { BY_HAND, makeOld, runJob } from '../support/jobs.js'
import { make, type TestPerson } from '../support/make.js'
import { SILENT, toldTo, whenTold } from '../support/notifications.js'
import { begun } from '../support/room.js'
import { startApp } from '../support/start-app.js'

const app = await startApp({ messageRetentionDays: 365, emergencyAckMs: 3_600_000 }, { jobTimings: BY_HAND })
const given = make(app)

const HISTORY = `query ($id: ID!, $last: Int, $before: String, $first: Int, $after: String) {
  history(conversationId: $id, last: $last, before: $before, first: $first, after: $after) {
    edges { cursor node { id seq body replyTo { id } } } pageInfo { hasNextPage hasPreviousPage } eventCursor } }`
const CONVERSATION = `query ($id: ID!) { conversation(id: $id) { firstSeq unreadCount firstUnread { seq } lastMessage { seq } } }`
const EVENTS = `subscription ($id: ID!, $after: String) { conversationEvents(conversationId: $id, after: $after) {
  __typename cursor ... on ConversationChanged { conversation { firstSeq } }
  ... on MessageChanged { change message { seq } } } }`
const ADDED = 'subscription ($id: ID!, $after: String) { messageAdded(conversationId: $id, after: $after) { seq } }'
const UNREAD = `query ($id: ID, $first: Int, $after: String) { unreadMessages(conversationId: $id, first: $first, after: $after) {
  edges { cursor node { seq } } pageInfo { hasNextPage } } }`
const OWN = `query ($first: Int, $after: String) { userHistory(first: $first, after: $after) {
  edges { cursor node { id } } pageInfo { hasNextPage } } }`

interface Edge<Node> {
  cursor: string
  node: Node
}
interface Page {
  history: {
    edges: Edge<{ id: string; seq: number; body: string; replyTo: { id: string } | null }>[]
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean }
    eventCursor: string
  }
}

const history = async (person: TestPerson, id: string, page = {}) =>
  (await person.request<Page>(HISTORY, { id, ...page })).history
const seqsOf = (edges: Edge<{ seq: number }>[]) => edges.map(({ node }) => node.seq)
const look = async (person: TestPerson, id: string) =>
  (
    await person.request<{
      conversation: {
        firstSeq: number
        unreadCount: number
        firstUnread: { seq: number } | null
        lastMessage: { seq: number } | null
      }
    }>(CONVERSATION, { id })
  ).conversation
const act = (person: TestPerson, field: string, type: string, input: Record<string, unknown>) =>
  person.request(`mutation ($input: ${type}!) { ${field}(input: $input) { __typename } }`, { input })
const refusal = async (person: TestPerson, field: string, type: string, input: Record<string, unknown>) => {
  const document = `mutation ($input: ${type}!) { ${field}(input: $input) { __typename } }`
  return (await person.ask(document, { input })).errors?.[0]?.extensions
}
const count = async (sql: string, parameters: unknown[]) =>
  (await app.database.call<{ count: number }>(`select count(*)::int as count from ${sql}`, parameters))[0]?.count
const retain = () => runJob(app, 'retention')

describe('002.12 retention', () => {
  test('002.12 removes the oldest messages with all that hangs on them, and nothing newer', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const old = await given.messages(conversationId, [patient, professional], 4)
    const [first, second] = old
    await act(patient, 'editMessage', 'EditMessageInput', { messageId: first?.id, body: 'edited' })
    await act(professional, 'react', 'ReactionInput', { messageId: first?.id, emoji: '👍' })
    await act(patient, 'flagEmergency', 'EmergencyInput', { messageId: second?.id })
    await act(professional, 'acknowledgeEmergency', 'EmergencyInput', { messageId: second?.id })
    await act(professional, 'markRead', 'MarkInput', { conversationId, throughMessageId: second?.id })
    const answer = await patient.send(conversationId, 'An answer', { replyToId: second?.id })
    await act(professional, 'markRead', 'MarkInput', { conversationId })
    await makeOld(app, conversationId, 4)
    const ids = old.map(({ id }) => id)
    const hanging = ['message_revisions', 'reactions', 'emergencies']
    for (const table of hanging)
      expect([table, await count(`${table} where message_id = any($1)`, [ids])]).toEqual([table, 1])
    expect(await count('marks where conversation_id = $1', [conversationId])).toBe(2)

    expect(await runJob(app, 'retention', { dryRun: true })).toMatchObject({ messages: 4, conversations: 1 })
    expect((await look(patient, conversationId)).firstSeq).toBe(1)
    expect(await retain()).toMatchObject({ messages: 4 })

    const page = await history(professional, conversationId)
    expect(page.edges).toMatchObject([{ node: { id: answer.id, seq: 5, body: 'An answer', replyTo: null } }])
    expect(page.pageInfo).toEqual({ hasNextPage: false, hasPreviousPage: false })
    expect(await look(patient, conversationId)).toMatchObject({ firstSeq: 5, lastMessage: { seq: 5 } })
    expect(await count('messages where id = any($1)', [ids])).toBe(0)
    for (const table of hanging)
      expect([table, await count(`${table} where message_id = any($1)`, [ids])]).toEqual([table, 0])
    // The one that reached the fifth.
    expect(await count('marks where conversation_id = $1', [conversationId])).toBe(1)
    expect(await retain()).toEqual({})
  })

  test('002.12 leaves counts, receipts, search and lists right', async () => {
    const { patient, professional, conversationId } = await given.talk()
    await given.messages(conversationId, [patient], 5)
    await act(professional, 'markRead', 'MarkInput', {
      conversationId,
      throughMessageId: (await history(patient, conversationId)).edges[1]?.node.id,
    })
    const last = await patient.send(conversationId, 'quokka today')
    await app.database.call(`update messages set body = 'quokka long ago' where conversation_id = $1 and seq <= 5`, [
      conversationId,
    ])
    expect(await look(professional, conversationId)).toMatchObject({ unreadCount: 4, firstUnread: { seq: 3 } })
    await makeOld(app, conversationId, 4)
    await retain()
    expect(await look(professional, conversationId)).toEqual({
      firstSeq: 5,
      unreadCount: 2,
      firstUnread: { seq: 5 },
      lastMessage: { seq: 6 },
    })
    const { unreadCounts } = await professional.request<{ unreadCounts: { total: number } }>(
      '{ unreadCounts { total } }',
    )
    expect(unreadCounts.total).toBe(2)
    const found = await professional.request<{ searchMessages: { edges: { node: { message: { seq: number } } }[] } }>(
      '{ searchMessages(query: "quokka") { edges { node { message { seq } } } } }',
    )
    expect(found.searchMessages.edges.map(({ node }) => node.message.seq).sort()).toEqual([5, 6])
    await act(professional, 'markRead', 'MarkInput', { conversationId })
    const receipts = await patient.request(
      'query ($id: ID!) { message(id: $id) { deliveryStatus receipts { status readAt } } }',
      { id: last.id },
    )
    expect(receipts).toEqual({
      message: { deliveryStatus: 'READ', receipts: [{ status: 'READ', readAt: expect.any(String) }] },
    })
  })

  test('002.12 goes on with pages from cursors of what is gone, and misses nothing', async () => {
    const { patient, professional, conversationId } = await given.talk()
    await given.messages(conversationId, [patient], 6)
    const before = await history(professional, conversationId, { first: 2 })
    const cursor = before.edges[1]?.cursor
    const unread = await professional.request<{ unreadMessages: { edges: Edge<{ seq: number }>[] } }>(UNREAD, {
      id: conversationId,
      first: 2,
    })
    const own = await patient.request<{ userHistory: { edges: Edge<{ id: string }>[] } }>(OWN, { first: 5 })
    await makeOld(app, conversationId, 3)
    await retain()
    expect(seqsOf((await history(professional, conversationId, { first: 2, after: cursor })).edges)).toEqual([4, 5])
    const backward = await history(professional, conversationId, { last: 2, before: cursor })
    expect([backward.edges, backward.pageInfo]).toEqual([[], { hasNextPage: true, hasPreviousPage: false }])
    const rest = await professional.request<{ unreadMessages: { edges: Edge<{ seq: number }>[] } }>(UNREAD, {
      after: unread.unreadMessages.edges.at(-1)?.cursor,
    })
    expect(seqsOf(rest.unreadMessages.edges)).toEqual([4, 5, 6])
    const older = await patient.request<{ userHistory: { edges: unknown[] } }>(OWN, {
      after: own.userHistory.edges.at(-1)?.cursor,
    })
    expect(older.userHistory.edges).toEqual([])
  })

  test('002.12 is told to who follows, and to who resumes: below is no gap', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const sent = await given.messages(conversationId, [patient], 4)
    const { eventCursor } = await history(professional, conversationId)
    const live = await professional.connect()
    const events = live.subscribe<{ conversationEvents: Record<string, unknown> }>(EVENTS, { id: conversationId })
    await events.until(({ conversationEvents }) => conversationEvents.__typename === 'CaughtUp')
    const added = live.subscribe<{ messageAdded: { seq: number } }>(ADDED, { id: conversationId })
    await begun(live, 2)
    await makeOld(app, conversationId, 3)
    await retain()
    await patient.send(conversationId, 'and on')
    expect(await events.take(2)).toMatchObject([
      { conversationEvents: { __typename: 'ConversationChanged', conversation: { firstSeq: 4 } } },
      { conversationEvents: { __typename: 'MessageChanged', change: 'ADDED', message: { seq: 5 } } },
    ])
    expect(await added.next()).toEqual({ messageAdded: { seq: 5 } })

    const later = await professional.connect()
    const resumed = later.subscribe<{ conversationEvents: Record<string, unknown> }>(EVENTS, {
      id: conversationId,
      after: eventCursor,
    })
    expect(await resumed.take(3)).toMatchObject([
      { conversationEvents: { __typename: 'ConversationChanged', conversation: { firstSeq: 4 } } },
      { conversationEvents: { __typename: 'MessageChanged', change: 'ADDED', message: { seq: 5 } } },
      { conversationEvents: { __typename: 'CaughtUp' } },
    ])
    const behind = later.subscribe<{ messageAdded: { seq: number } }>(ADDED, {
      id: conversationId,
      after: sent[0]?.cursor,
    })
    expect(await behind.take(2)).toEqual([{ messageAdded: { seq: 4 } }, { messageAdded: { seq: 5 } }])
  })

  test('002.12 ends at a running session and at an emergency that nobody acknowledged', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const [, alarm] = [
      await patient.send(conversationId, 'one'),
      await patient.send(conversationId, 'two', { emergency: true }),
      await patient.send(conversationId, 'three'),
    ]
    const sessionId = await given.session(patient, professional)
    await patient.send(conversationId, 'within it')
    const last = (await look(patient, conversationId)).lastMessage?.seq ?? 0
    await makeOld(app, conversationId, last)
    expect(await runJob(app, 'retention', { dryRun: true })).toMatchObject({ messages: 1 })
    await retain()
    expect((await look(patient, conversationId)).firstSeq).toBe(2)
    await act(professional, 'acknowledgeEmergency', 'EmergencyInput', { messageId: alarm.id })
    await retain()
    const { firstSeq } = await look(patient, conversationId)
    const start = await app.database.call<{ seq: number }>(
      'select min(seq) as seq from messages where session_id = $1',
      [sessionId],
    )
    expect(firstSeq).toBe(start[0]?.seq)
    await act(professional, 'endSession', 'EndSessionInput', { sessionId })
    await retain()
    // Its end was said today.
    const { edges } = await history(patient, conversationId)
    expect(seqsOf(edges)).toEqual([last + 1])
  })

  test('002.12 leaves a conversation of which everything is old, empty and in use', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const sent = await given.messages(conversationId, [patient], 3)
    await makeOld(app, conversationId, 3)
    await retain()
    expect(await look(professional, conversationId)).toEqual({
      firstSeq: 4,
      unreadCount: 0,
      firstUnread: null,
      lastMessage: null,
    })
    expect((await history(professional, conversationId)).edges).toEqual([])
    const gone = { code: 'NOT_FOUND', field: 'input.messageId' }
    expect(await refusal(patient, 'editMessage', 'EditMessageInput', { messageId: sent[0]?.id, body: 'x' })).toEqual(
      gone,
    )
    const reply = { conversationId, body: 'x', replyToId: sent[0]?.id }
    expect(await refusal(patient, 'sendMessage', 'SendMessageInput', reply)).toMatchObject({ code: 'NOT_FOUND' })
    expect((await professional.send(conversationId, 'Anew')).seq).toBe(4)
    expect(seqsOf((await history(patient, conversationId)).edges)).toEqual([4])
  })

  test('002.12 removes old notifications, with what was to be pushed, and keeps those of what is new', async () => {
    const silent = await startApp(
      { messageRetentionDays: 365 },
      { beside: app, notifierTimings: SILENT, jobTimings: BY_HAND },
    )
    const { patient, professional, conversationId } = await given.talk()
    await patient.send(conversationId, 'one')
    const [unread] = await whenTold(professional, 1)
    const notice = (userId: string) => act(given.admin, 'notify', 'NotifyInput', { userIds: [userId], title: 'Closed' })
    await notice(professional.id)
    await notice(patient.id)
    const [, late] = [await whenTold(professional, 2), (await whenTold(patient, 1))[0]]
    await app.database.call(
      `update notifications set created_at = created_at - interval '400 days' where user_id = any($1)`,
      [[patient.id, professional.id]],
    )
    await app.database.call(
      `insert into push_deliveries (notification_id, given_up_at)
      select id, now() from notifications where user_id = any($1) and kind = 'SYSTEM'`,
      [[patient.id, professional.id]],
    )
    await patient.request(
      'mutation ($input: MarkNotificationsReadInput) { markNotificationsRead(input: $input) { __typename } }',
      { input: { ids: [late?.id] } },
    )
    expect(await runJob(silent, 'retention', { dryRun: true })).toMatchObject({ notifications: 1 })
    await runJob(silent, 'retention')
    // What tells of a message that is there, and what was put away lately.
    expect((await toldTo(professional)).map(({ id }) => id)).toEqual([unread?.id])
    expect((await toldTo(patient)).map(({ id }) => id)).toEqual([late?.id])
    const pushes = 'push_deliveries p join notifications n on n.id = p.notification_id where n.user_id = any($1)'
    expect(await count(pushes, [[patient.id, professional.id]])).toBe(1)
  })

  test('002.12 is recorded, of each conversation', async () => {
    const { patient, conversationId } = await given.talk()
    await patient.send(conversationId, 'one')
    await makeOld(app, conversationId, 1)
    await retain()
    const recorded = await app.database.call(
      `select actor_id, subject_user_id from (
         select action, actor_id, subject_user_id, conversation_id from audit_pending union all
         select action, actor_id, subject_user_id, conversation_id from audit_events) e
       where action = 'retention' and conversation_id = $1`,
      [conversationId],
    )
    expect(recorded).toEqual([{ actor_id: null, subject_user_id: patient.id }])
  })
})

describe('000.21 MESSAGE_RETENTION_DAYS', () => {
  test('000.21 keeps everything for ever unless it is set', async () => {
    const { patient, conversationId } = await given.talk()
    await patient.send(conversationId, 'one')
    await makeOld(app, conversationId, 1)
    const keeping = await startApp({}, { beside: app, jobTimings: { lookEveryMs: 20, leaseMs: 1_000, retryMs: 1_000 } })
    const job = keeping.services.jobs.jobs.find(({ name }) => name === 'retention')
    expect(job?.off).toContain('MESSAGE_RETENTION_DAYS is 0')
    expect((await look(patient, conversationId)).firstSeq).toBe(1)
  })
})
