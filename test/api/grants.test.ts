import { describe, expect, test } from '@jest/globals'
import { make, TestPerson } from '../support/make.js'
import { eventually } from '../support/notifications.js'
import { begun, rooms } from '../support/room.js'
import { startApp } from '../support/start-app.js'
import type { Subscription } from '../support/subscription.js'

const one = await startApp({ autoProvisionUsers: false })
const other = await startApp({ autoProvisionUsers: false }, { beside: one })
const given = make(one)
const { group, join, leave, showHistory } = rooms(one)

const REQUEST = 'mutation ($i: RequestAccessInput!) { requestAccess(input: $i) { accessGrant { id } } }'
const END = 'mutation ($id: ID!) { endAccess(input: { id: $id }) { accessGrant { id } } }'
const REPLY = 'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { message { id } } }'
const MARK = 'mutation ($input: MarkInput!) { markRead(input: $input) { participant { id } } }'

const REASON = 'A complaint of the patient'

/** An admin with a grant for the subject, of this time or of 5 minutes. */
const grantFor = async (subject: TestPerson, lastsMs?: number) => {
  const admin = await given.person(['ADMIN'])
  const { requestAccess } = await admin.request<{ requestAccess: { accessGrant: { id: string } } }>(REQUEST, {
    i: { subjectId: subject.id, reason: REASON, minutes: 5 },
  })
  const { id } = requestAccess.accessGrant
  if (lastsMs !== undefined)
    await one.database.call(
      `update access_grants set expires_at = clock_timestamp() + $2::int * interval '1 ms' where id = $1::uuid`,
      [id, lastsMs],
    )
  return { admin, grantId: id, end: () => given.admin.request(END, { id }) }
}

const codesOf = async (person: TestPerson, document: string, variables: Record<string, unknown>) =>
  ((await person.ask(document, variables)).errors ?? []).map(({ extensions }) => extensions.code)

const MESSAGE = `id seq body sender { id } deliveryStatus receipts { user { id } status deliveredAt readAt } replyTo { id body }
  replies(first: 2) { edges { node { id body } } } revisions { body } reactions { emoji count users(first: 1) { id } }`
const READ = `query ($id: ID!, $messageId: ID!, $sessionId: ID!) {
  conversation(id: $id) {
    id kind status title counterpart { id } participants { user { id } role readThrough canSend } lastMessage { ${MESSAGE} } firstSeq createdAt
    messages(first: 3) { edges { node { id body } } } activeSession { id status } sessions(first: 2) { edges { node { id } } }
  }
  history(conversationId: $id, first: 4) { edges { cursor node { ${MESSAGE} } } pageInfo { hasNextPage hasPreviousPage } eventCursor }
  message(id: $messageId) { ${MESSAGE} conversation { title lastMessage { body } } session { id } }
  searchMessages(query: "headache", conversationId: $id, first: 2) { edges { node { message { body } excerpt { text match } } } }
  session(id: $sessionId) { id status messages(first: 3) { edges { node { body } } } conversation { participants { user { id } } } }
}`

describe('002.11 an admin with a grant', () => {
  test('reads the conversations of its subject as they see them themselves', async () => {
    const { patient, professional, conversationId: id } = await given.talk()
    const { id: messageId } = await patient.send(id, 'I have a headache')
    const sessionId = await given.session(patient, professional)
    await professional.request(REPLY, { input: { conversationId: id, body: 'Since when?', replyToId: messageId } })
    await professional.request(MARK, { input: { conversationId: id } })
    const variables = { id, messageId, sessionId }
    const { admin, end } = await grantFor(patient)
    const seen = await admin.request<{ history: { edges: object[] } }>(READ, variables)
    expect(seen).toEqual(await patient.request(READ, variables))
    expect(seen.history.edges.length).toBe(3)

    const OWN =
      'query ($id: ID!) { conversation(id: $id) { viewer { id } unreadCount firstUnread { id } participants { user { id } } } }'
    expect(await admin.request(OWN, { id })).toEqual({
      conversation: {
        viewer: null,
        unreadCount: 0,
        firstUnread: null,
        participants: expect.not.arrayContaining([{ user: { id: admin.id } }]),
      },
    })
    const LISTS = `{ conversations { edges { node { id } } } unreadCounts { total } unreadMessages { edges { cursor } }
      searchMessages(query: "headache") { edges { cursor } } sessions { edges { cursor } } }`
    const none = { edges: [] }
    const nothing = {
      conversations: none,
      unreadCounts: { total: 0 },
      unreadMessages: none,
      searchMessages: none,
      sessions: none,
    }
    expect(await admin.request(LISTS)).toEqual(nothing)

    for (const stranger of [given.admin, await given.person(['ADMIN'])])
      expect(new Set(await codesOf(stranger, READ, variables))).toEqual(new Set(['FORBIDDEN']))
    await end()
    expect(new Set(await codesOf(admin, READ, variables))).toEqual(new Set(['FORBIDDEN']))
  })

  test('may do nothing there, and needs a token that names ADMIN', async () => {
    const { patient, conversationId } = await given.talk()
    const { id: messageId } = await patient.send(conversationId, 'one')
    const { admin, grantId } = await grantFor(patient)
    const attempts: [string, Record<string, unknown>][] = [
      [REPLY, { input: { conversationId, body: 'Hello' } }],
      [MARK, { input: { conversationId } }],
      ['mutation ($i: MarkInput!) { markDelivered(input: $i) { participant { id } } }', { i: { conversationId } }],
      [
        'mutation ($i: SetTypingInput!) { setTyping(input: $i) { typing { isTyping } } }',
        { i: { conversationId, isTyping: true } },
      ],
      ['mutation ($i: ReactionInput!) { react(input: $i) { message { id } } }', { i: { messageId, emoji: '👍' } }],
      ['mutation ($i: EmergencyInput!) { flagEmergency(input: $i) { message { id } } }', { i: { messageId } }],
      ['mutation ($i: DeleteMessageInput!) { deleteMessage(input: $i) { message { id } } }', { i: { messageId } }],
      [
        'mutation ($i: NotificationSettingsInput!) { updateNotificationSettings(input: $i) { conversation { id } } }',
        { i: { conversationId, enabled: false } },
      ],
      [
        'mutation ($i: SetConversationStatusInput!) { setConversationStatus(input: $i) { conversation { id } } }',
        { i: { conversationId, status: 'ARCHIVED' } },
      ],
      [
        'query ($conversationId: ID) { unreadMessages(conversationId: $conversationId) { edges { cursor } } }',
        { conversationId },
      ],
    ]
    for (const [document, variables] of attempts)
      expect([document, await codesOf(admin, document, variables)]).toEqual([document, ['FORBIDDEN']])

    const both = await given.person(['ADMIN', 'PROFESSIONAL'])
    await one.database.call('update access_grants set admin_id = $2 where id = $1::uuid', [grantId, both.id])
    const HISTORY = 'query ($id: ID!) { history(conversationId: $id) { edges { cursor } } }'
    expect(await codesOf(both, HISTORY, { id: conversationId })).toEqual([])
    const narrow = new TestPerson(one, both.id, '', ['PROFESSIONAL'])
    expect(await codesOf(narrow, HISTORY, { id: conversationId })).toEqual(['NOT_FOUND'])
  })

  test('sees no more of a group than its subject, and nothing once they have left', async () => {
    const [host, newcomer] = [await given.professional(), await given.patient()]
    const id = await group(host)
    const before = await host.send(id, 'before headache')
    await join(id, newcomer)
    await showHistory(id, newcomer, false)
    const after = await host.send(id, 'after headache', { replyToId: before.id })
    const { admin } = await grantFor(newcomer)
    const LOOK = `query ($id: ID!, $after: ID!) {
      history(conversationId: $id) { edges { node { body replyTo { body } } } }
      message(id: $after) { body replyTo { id } }
      searchMessages(query: "headache", conversationId: $id) { edges { node { message { body } } } }
      conversation(id: $id) { lastMessage { body } messages { edges { node { body } } } }
    }`
    expect(await admin.request(LOOK, { id, after: after.id })).toEqual({
      history: { edges: [{ node: { body: 'after headache', replyTo: null } }] },
      message: { body: 'after headache', replyTo: null },
      searchMessages: { edges: [{ node: { message: { body: 'after headache' } } }] },
      conversation: {
        lastMessage: { body: 'after headache' },
        messages: { edges: [{ node: { body: 'after headache' } }] },
      },
    })
    const MESSAGE_ALONE = 'query ($id: ID!) { message(id: $id) { body } }'
    expect(await codesOf(admin, MESSAGE_ALONE, { id: before.id })).toEqual(['NOT_FOUND'])
    const socket = await admin.connect()
    const replayed = socket.subscribe<{ messageAdded: { body: string } }>(
      'subscription ($id: ID!, $after: String) { messageAdded(conversationId: $id, after: $after) { body } }',
      { id, after: before.cursor },
    )
    expect(await replayed.next()).toEqual({ messageAdded: { body: 'after headache' } })
    await leave(id, newcomer)
    expect(await replayed.ended()).toMatchObject({ kind: 'ERRORS', errors: [{ extensions: { code: 'FORBIDDEN' } }] })
    expect(await codesOf(admin, MESSAGE_ALONE, { id: after.id })).toEqual(['FORBIDDEN'])
  })
})

describe('002.11 what is followed under a grant', () => {
  const SUBSCRIPTIONS = [
    'messageAdded(conversationId: $id) { id }',
    'messageUpdated(conversationId: $id) { id }',
    'receiptAdvanced(conversationId: $id) { id }',
    'typing(conversationId: $id) { isTyping }',
    'conversationEvents(conversationId: $id) { cursor }',
  ].map(field => `subscription ($id: ID!) { ${field} }`)
  const SESSION = 'subscription ($sessionId: ID!) { sessionUpdated(sessionId: $sessionId) { id } }'
  const EDIT = 'mutation ($input: EditMessageInput!) { editMessage(input: $input) { message { id } } }'
  const TYPE = 'mutation ($input: SetTypingInput!) { setTyping(input: $input) { typing { isTyping } } }'
  const END_SESSION = 'mutation ($id: ID!) { endSession(input: { sessionId: $id }) { session { id } } }'
  const OVER = { code: 'FORBIDDEN' }
  const ENDING = { kind: 'ERRORS', errors: [{ extensions: OVER }] }
  type Talk = Awaited<ReturnType<typeof given.talk>> & { sessionId: string }

  const newTalk = async (): Promise<Talk> => {
    const talk = await given.talk()
    return { ...talk, sessionId: await given.session(talk.patient, talk.professional) }
  }

  /** Everything by which a conversation can be followed. */
  const followAll = async (admin: TestPerson, { conversationId: id, sessionId }: Talk) => {
    const socket = await admin.connect()
    const all: Subscription<object>[] = SUBSCRIPTIONS.map(document => socket.subscribe(document, { id }))
    all.push(socket.subscribe(SESSION, { sessionId }))
    await begun(socket, all.length)
    return all
  }

  /** Something of which each of them tells. */
  const stir = async ({ patient, professional, conversationId, sessionId }: Talk) => {
    const { id: messageId } = await patient.send(conversationId, 'one')
    await patient.request(EDIT, { input: { messageId, body: 'two' } })
    await professional.request(MARK, { input: { conversationId } })
    for (const isTyping of [false, true]) await patient.request(TYPE, { input: { conversationId, isTyping } })
    await patient.request(END_SESSION, { id: sessionId })
  }

  const toldLater = (all: Subscription<object>[]) => all.map(({ waiting }) => waiting)

  test.each([
    { where: 'the same server', server: one },
    { where: 'another server', server: other },
  ])('is told, and ends at once when any admin ends the grant at $where', async ({ server }) => {
    const talk = await newTalk()
    const { admin, grantId } = await grantFor(talk.patient)
    const all = await followAll(admin, talk)
    const alone = admin.sse<object>(SUBSCRIPTIONS.at(-1) ?? '', { id: talk.conversationId })
    await alone.next()
    await stir(talk)
    for (const subscription of [...all, alone]) await subscription.next()
    await given.admin.at(server).request(END, { id: grantId })
    for (const subscription of all) expect(await subscription.ended(2_500)).toMatchObject(ENDING)
    let last = await alone.nextResult()
    while (!last.errors) last = await alone.nextResult()
    expect(last).toMatchObject({ errors: [{ extensions: OVER }] })
    expect(await alone.ended()).toEqual({ kind: 'COMPLETED' })
    const ended = await all[0]?.ended()
    expect(ended?.kind === 'ERRORS' && ended.errors[0]?.extensions).toEqual(OVER)
    const before = toldLater([...all, alone])
    await talk.patient.send(talk.conversationId, 'afterwards')
    expect(toldLater([...all, alone])).toEqual(before)
  })

  test('ends when its time runs out, within a second', async () => {
    const talk = await newTalk()
    const { admin, grantId } = await grantFor(talk.patient, 3_000)
    const all = await followAll(admin, talk)
    await Promise.all(all.map(async subscription => expect(await subscription.ended()).toMatchObject(ENDING)))
    const sql = `select (extract(epoch from clock_timestamp() - expires_at) * 1000)::float8 as late from access_grants where id = $1::uuid`
    const [found] = await one.database.call<{ late: number }>(sql, [grantId])
    expect(found?.late).toBeGreaterThan(0)
    expect(found?.late).toBeLessThan(1_000)
  })

  test('ends within seconds where nobody said that the grant is over', async () => {
    const talk = await newTalk()
    const { admin, grantId } = await grantFor(talk.patient)
    const all = await followAll(admin, talk)
    await one.database.call('update access_grants set ended_at = clock_timestamp() where id = $1::uuid', [grantId])
    for (const subscription of all) expect(await subscription.ended()).toMatchObject(ENDING)
  })

  test('never begins once the grant is over, nor after the end of the care relationship', async () => {
    const talk = await newTalk()
    const { admin, end } = await grantFor(talk.patient)
    const first = SUBSCRIPTIONS[0] ?? ''
    const socket = await admin.connect()
    const begin = () => socket.subscribe(first, { id: talk.conversationId }).nextResult()
    await given.care(talk.patient, talk.professional, false)
    expect(await begin()).toMatchObject({
      errors: [{ extensions: { code: 'FORBIDDEN', reason: 'CARE_RELATIONSHIP_ENDED' } }],
    })
    await given.care(talk.patient, talk.professional)
    await end()
    expect((await begin()).errors).toMatchObject([{ extensions: OVER }])
    const sse = admin.sse<object>(first, { id: talk.conversationId })
    expect((await sse.nextResult()).errors).toMatchObject([{ extensions: OVER }])
  })
})

describe('002.11 what is read under a grant', () => {
  const AUDIT = `query ($filter: AuditFilter) { auditLog(filter: $filter, first: 100) {
    edges { node { action outcome conversationId accessGrant { id admin { id } subject { id } reason } } }
  } }`
  interface Event {
    action: string
    outcome: string
    conversationId: string | null
    accessGrant: { id: string } | null
  }
  const recorded = async (actor: TestPerson, subject: TestPerson) => {
    const filter = { actorId: actor.id, subjectUserId: subject.id }
    const { auditLog } = await given.admin.request<{ auditLog: { edges: { node: Event }[] } }>(AUDIT, { filter })
    return auditLog.edges.map(({ node }) => node).filter(({ action }) => action !== 'requestAccess')
  }

  test('is recorded as its subject’s, whoever else the conversation is of', async () => {
    const { patient, professional, conversationId: id } = await given.talk()
    const { id: messageId } = await patient.send(id, 'headache')
    const sessionId = await given.session(patient, professional)
    const { admin, grantId } = await grantFor(professional)
    await admin.request(READ, { id, messageId, sessionId })
    const socket = await admin.connect()
    const live = socket.subscribe<object>(
      `subscription ($id: ID!) { messageAdded(conversationId: $id) { ${MESSAGE} } }`,
      { id },
    )
    await begun(socket, 1)
    await patient.send(id, 'two')
    await live.next()
    live.stop()
    const expected = [
      'conversation',
      'history',
      'message',
      'messageAdded',
      'messageAdded.end',
      'searchMessages',
      'session',
    ]
    const events = await eventually(
      () => recorded(admin, professional),
      found => found.length >= expected.length,
    )
    expect(events.map(({ action }) => action).sort()).toEqual(expected)
    expect(events).toEqual(expected.map(() => expect.objectContaining({ outcome: 'ALLOWED', conversationId: id })))
    for (const { accessGrant } of events)
      expect(accessGrant).toEqual({
        id: grantId,
        admin: { id: admin.id },
        subject: { id: professional.id },
        reason: REASON,
      })
    await patient.request('query ($id: ID!) { history(conversationId: $id) { eventCursor } }', { id })
    expect(
      await eventually(
        () => recorded(patient, patient),
        found => found.some(({ action }) => action === 'history'),
      ),
    ).toBeTruthy()
    expect(await recorded(admin, patient)).toEqual([])
  })

  test('is recorded where the list of emergencies shows a text', async () => {
    const { patient, professional, conversationId: id } = await given.talk()
    await patient.send(id, 'chest pain', { emergency: true })
    const { admin } = await grantFor(professional)
    const { openEmergencies } = await admin.request<{ openEmergencies: { edges: { node: { body: string } }[] } }>(
      '{ openEmergencies(first: 100) { edges { node { body } } } }',
    )
    expect(openEmergencies.edges.map(({ node }) => node.body)).toContain('chest pain')
    const events = await eventually(
      () => recorded(admin, professional),
      found => found.length > 0,
    )
    expect(events).toMatchObject([{ action: 'readUnderGrant', outcome: 'ALLOWED', conversationId: id }])
    expect(await recorded(admin, patient)).toEqual([])
  })

  test('is recorded once where another object leads there', async () => {
    const { patient, conversationId: id } = await given.talk()
    for (const body of ['one', 'two', 'three']) await patient.send(id, body)
    const { admin, grantId } = await grantFor(patient)
    const { userHistory } = await admin.request<{ userHistory: { edges: object[] } }>(
      `query ($userId: ID!) { userHistory(userId: $userId, first: 5) { edges { node {
        receipts { status } conversation { participants { id } messages(first: 3) { edges { node { body } } } } } } } }`,
      { userId: patient.id },
    )
    expect(userHistory.edges.length).toBe(3)
    const events = await eventually(
      () => recorded(admin, patient),
      found => found.length > 1,
    )
    expect(events.map(({ action, conversationId }) => [action, conversationId]).sort()).toEqual([
      ['readUnderGrant', id],
      ['userHistory', null],
    ])
    expect(events.map(({ accessGrant }) => accessGrant?.id)).toEqual([grantId, grantId])
  })

  test('is found by its grant, with who asked for that and who ended it', async () => {
    const { patient, conversationId: id } = await given.talk()
    const [first, second] = [await grantFor(patient), await grantFor(patient)]
    for (const { admin } of [first, second])
      await admin.request('query ($id: ID!) { history(conversationId: $id) { eventCursor } }', { id })
    await second.end()
    await second.admin.ask('query ($id: ID!) { history(conversationId: $id) { eventCursor } }', { id })
    const actionsUnder = async (accessGrantId: string, count: number) => {
      const read = () =>
        given.admin.request<{ auditLog: { edges: { node: Event }[] } }>(AUDIT, { filter: { accessGrantId } })
      const { auditLog } = await eventually(read, ({ auditLog: { edges } }) => edges.length >= count)
      return auditLog.edges.map(({ node }) => `${node.action} ${node.outcome}`).sort()
    }
    expect(await actionsUnder(first.grantId, 2)).toEqual(['history ALLOWED', 'requestAccess ALLOWED'])
    const ended = ['endAccess ALLOWED', 'history ALLOWED', 'requestAccess ALLOWED']
    expect(await actionsUnder(second.grantId, 3)).toEqual(ended)
  })
})
