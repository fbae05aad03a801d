import { describe, expect, test } from '@jest/globals'
import { BY_HAND, makeOld, runJob } from '../support/jobs.js'
import { make, type TestPerson } from '../support/make.js'
import { SILENT } from '../support/notifications.js'
import { startApp } from '../support/start-app.js'

const app = await startApp({ messageRetentionDays: 365 }, { notifierTimings: SILENT, jobTimings: BY_HAND })
const given = make(app)

const HOLD = `mutation ($input: LegalHoldInput!) { setLegalHold(input: $input) {
  conversation { id kind status legalHold { reason at setBy { id displayName } } } } }`
const LOOK = 'query ($id: ID!) { conversation(id: $id) { firstSeq legalHold { reason } } }'

interface Held {
  setLegalHold: { conversation: { legalHold: { reason: string; at: string; setBy: { id: string } } | null } }
}

const REASON = 'The court asked for it'
const set = async (conversationId: string, hold: boolean, reason = REASON, admin: TestPerson = given.admin) =>
  (await admin.request<Held>(HOLD, { input: { conversationId, hold, reason } })).setLegalHold.conversation.legalHold
const refusal = async (input: Record<string, unknown>) =>
  (await given.admin.ask(HOLD, { input })).errors?.[0]?.extensions
const look = async (person: TestPerson, id: string) =>
  (await person.request<{ conversation: { firstSeq: number; legalHold: unknown } }>(LOOK, { id })).conversation
const revOf = async (conversationId: string) => (await app.services.conversations.find(conversationId))?.rev
const act = (person: TestPerson, field: string, type: string, input: Record<string, unknown>) =>
  person.request(`mutation ($input: ${type}!) { ${field}(input: $input) { __typename } }`, { input })

/** With three messages that are old: as they were said, edited, and deleted. */
const oldTalk = async () => {
  const talk = await given.talk()
  const { patient, conversationId } = talk
  const [, edited, deleted] = await given.messages(conversationId, [patient], 3)
  await act(patient, 'editMessage', 'EditMessageInput', { messageId: edited?.id, body: 'in other words' })
  await act(patient, 'deleteMessage', 'DeleteMessageInput', { messageId: deleted?.id })
  await makeOld(app, conversationId, 3)
  return talk
}

const TEXTS = `select m.seq, m.body, r.body as before from messages m left join message_revisions r on r.message_id = m.id
  where m.conversation_id = $1 order by m.seq`
const EVERYTHING = [
  { seq: 1, body: '1', before: null },
  { seq: 2, body: 'in other words', before: '2' },
  { seq: 3, body: '3', before: null },
]

describe('002.12 a legal hold', () => {
  test('002.12 keeps everything, also of what is deleted, edited or deleted in it, until it is lifted', async () => {
    const held = await oldTalk()
    const deleted = await oldTalk()
    const free = await oldTalk()
    await act(deleted.professional, 'setConversationStatus', 'SetConversationStatusInput', {
      conversationId: deleted.conversationId,
      status: 'DELETED',
    })
    await act(given.admin, 'notify', 'NotifyInput', { conversationId: held.conversationId, title: 'Closed' })
    await app.database.call(
      `insert into notifications (user_id, kind, conversation_id, created_at) select $1, 'SESSION_STARTED', c, now() - interval '400 days'
       from unnest($2::uuid[]) c`,
      [held.patient.id, [held.conversationId, free.conversationId]],
    )
    for (const { conversationId } of [held, deleted])
      expect(await set(conversationId, true)).toMatchObject({ reason: REASON, setBy: { id: given.admin.id } })
    await runJob(app, 'retention')
    for (const { conversationId } of [held, deleted])
      expect((await app.database.call(TEXTS, [conversationId])).slice(0, 3)).toEqual(EVERYTHING)
    expect(await app.database.call(TEXTS, [free.conversationId])).toEqual([])
    const notices = `select conversation_id as id from notifications where user_id = $1 and kind = 'SESSION_STARTED'`
    expect(await app.database.call(notices, [held.patient.id])).toEqual([{ id: held.conversationId }])
    await set(held.conversationId, false, 'The court has decided')
    await runJob(app, 'retention')
    expect((await look(held.patient, held.conversationId)).firstSeq).toBe(4)
    expect(await app.database.call(TEXTS, [deleted.conversationId])).toEqual(EVERYTHING)
  })

  test('002.12 is shown to admins alone, and told to nobody', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const group = await given.admin.request<{ createGroup: { conversation: { id: string } } }>(
      'mutation ($input: CreateGroupInput!) { createGroup(input: $input) { conversation { id } } }',
      { input: { title: 'A group', participantIds: [patient.id] } },
    )
    const { id } = group.createGroup.conversation
    const before = [await revOf(id), await revOf(conversationId)]
    for (const one of [id, conversationId]) await set(one, true)
    expect([await revOf(id), await revOf(conversationId)]).toEqual(before)
    expect((await look(given.admin, id)).legalHold).toEqual({ reason: REASON })
    expect((await look(patient, id)).legalHold).toBeNull()
    expect((await look(professional, conversationId)).legalHold).toBeNull()
    expect(await set(id, false, 'It is all over now')).toBeNull()
    expect((await look(given.admin, id)).legalHold).toBeNull()
  })

  test('002.12 says who set and lifted it, when and why, each time once', async () => {
    const { conversationId } = await given.talk()
    const other = await given.person(['ADMIN'])
    await set(conversationId, false, 'Nothing to be lifted')
    const first = await set(conversationId, true)
    expect(await set(conversationId, true, REASON, other)).toEqual(first)
    expect(await set(conversationId, true, 'A second lawsuit', other)).toMatchObject({ setBy: { id: other.id } })
    await set(conversationId, false, 'Both are decided')
    await set(conversationId, false, 'Both are decided')
    const entries = await app.database.call(
      'select number, is_held, reason, by_id, at is not null as timed from legal_holds where conversation_id = $1 order by number',
      [conversationId],
    )
    expect(entries).toEqual([
      { number: 1, is_held: true, reason: REASON, by_id: given.admin.id, timed: true },
      { number: 2, is_held: true, reason: 'A second lawsuit', by_id: other.id, timed: true },
      { number: 3, is_held: false, reason: 'Both are decided', by_id: given.admin.id, timed: true },
    ])
    const events = await app.database.call<{ actor_id: string }>(
      `select actor_id, at from audit_pending where action = 'setLegalHold' and conversation_id = $1
       union all select actor_id, at from audit_events where action = 'setLegalHold' and conversation_id = $1 order by at`,
      [conversationId],
    )
    const { admin } = given
    expect(events.map(event => event.actor_id)).toEqual([admin.id, admin.id, other.id, other.id, admin.id, admin.id])
  })

  test('002.12 needs a conversation and a reason', async () => {
    const { conversationId } = await given.talk()
    expect(await refusal({ conversationId, hold: true, reason: 'too short' })).toEqual({
      code: 'BAD_USER_INPUT',
      field: 'input.reason',
    })
    expect(await refusal({ conversationId: 'x', hold: true, reason: REASON })).toEqual({
      code: 'NOT_FOUND',
      field: 'input.conversationId',
    })
  })

  test('002.12 set while the conversation is emptied keeps what was there when it was answered', async () => {
    const { patient, conversationId } = await given.talk()
    const MANY = `insert into messages (id, conversation_id, seq, rev, added_rev, sender_id, sender_role, kind, body, client_message_id,
        content_hash, created_at)
      select gen_random_uuid(), $1, n, 100 + n, 100 + n, $2, 'PATIENT', 'TEXT', 'x', 'key ' || n, '', now() - interval '400 days'
      from generate_series(1, 2000) n`
    await app.database.call(MANY, [conversationId, patient.id])
    await app.database.call('update conversations set seq = 2000, rev = 2100 where id = $1', [conversationId])
    let left = 0
    let setting: Promise<void> | undefined
    const hold = async () => {
      await set(conversationId, true)
      const rows = await app.database.call<{ left: number }>(
        'select count(*)::int as left from messages where conversation_id = $1',
        [conversationId],
      )
      left = rows[0]?.left ?? 0
    }
    await runJob(app, 'retention', { onProgress: () => void (setting ??= hold()) })
    await setting
    await runJob(app, 'retention')
    const { firstSeq } = await look(patient, conversationId)
    expect(left).toBeGreaterThan(0)
    expect(2001 - firstSeq).toBe(left)
    const [row] = await app.database.call(
      'select min(seq) as first, count(*)::int as left from messages where conversation_id = $1',
      [conversationId],
    )
    expect(row).toEqual({ first: firstSeq, left })
  })

  test('002.12 leaves a list of who said what, when and why, in pages, for admins alone', async () => {
    const { patient, conversationId } = await given.talk()
    const second = await given.person(['ADMIN'])
    const LIST = `query ($id: ID!, $first: Int, $after: String) { legalHolds(conversationId: $id, first: $first, after: $after) {
      edges { node { isHeld reason at setBy { id } } } pageInfo { hasNextPage endCursor } } }`
    interface List {
      legalHolds: {
        edges: { node: { isHeld: boolean; reason: string; at: string; setBy: { id: string } } }[]
        pageInfo: { hasNextPage: boolean; endCursor: string | null }
      }
    }
    const list = async (variables: Record<string, unknown> = {}) =>
      (await given.admin.request<List>(LIST, { id: conversationId, ...variables })).legalHolds
    expect((await list()).edges).toEqual([])
    await set(conversationId, true)
    await set(conversationId, true)
    await set(conversationId, true, 'Another court, too', second)
    await set(conversationId, false, 'Both have decided')
    const { edges } = await list()
    expect(edges.map(({ node: { isHeld, reason, setBy } }) => [isHeld, reason, setBy.id])).toEqual([
      [false, 'Both have decided', given.admin.id],
      [true, 'Another court, too', second.id],
      [true, REASON, given.admin.id],
    ])
    const times = edges.map(({ node }) => Date.parse(node.at))
    expect(times).toEqual([...times].sort((one, other) => other - one))
    const first = await list({ first: 2 })
    expect(first).toMatchObject({ edges: edges.slice(0, 2), pageInfo: { hasNextPage: true } })
    const after = first.pageInfo.endCursor
    expect(await list({ first: 2, after })).toMatchObject({ edges: edges.slice(2), pageInfo: { hasNextPage: false } })

    const refused = async (viewer: TestPerson, variables: Record<string, unknown>) =>
      (await viewer.ask(LIST, variables)).errors?.[0]?.extensions
    expect(await refused(patient, { id: conversationId })).toMatchObject({ code: 'FORBIDDEN' })
    for (const id of ['nonsense', '00000000-0000-4000-8000-000000000000'])
      expect(await refused(given.admin, { id })).toMatchObject({ code: 'NOT_FOUND', field: 'conversationId' })
    const { conversationId: another } = await given.talk()
    expect(await refused(given.admin, { id: another, after })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'after' })
  })
})
