import { describe, expect, test } from '@jest/globals'
import { MessageNoticeStore } from '../../src/notifications/message-notices.store.js'
import { FaultyBus } from '../support/faulty-bus.js'
import { make, type TestPerson } from '../support/make.js'
import { eventually, FIELDS, kindsTold, SILENT, toldTo, type Told, whenTold } from '../support/notifications.js'
import { readMetrics } from '../support/read-metrics.js'
import { rooms } from '../support/room.js'
import { startApp, type TestApp } from '../support/start-app.js'

const QUICK = { afterMs: 10, sweepEveryMs: 3_600_000, quietForMs: 3_600_000 }
const app = await startApp({}, { notifierTimings: QUICK })
const given = make(app)

const ADDED = `subscription { notificationAdded { ${FIELDS} } }`
const UNREAD = 'subscription { unreadCountsChanged { total notifications } }'
const SETTINGS = `mutation ($input: NotificationSettingsInput!) { updateNotificationSettings(input: $input) { conversation { id } } }`
const READ = 'mutation ($input: MarkInput!) { markRead(input: $input) { participant { readThrough } } }'
const MARK = `mutation ($input: MarkNotificationsReadInput) { markNotificationsRead(input: $input) {
  notifications { id readAt } unreadCounts { notifications } } }`
const NOTIFY = `mutation ($input: NotifyInput!) { notify(input: $input) {
  notifications { ${FIELDS} } message { id kind body sender { id } } } }`

type Added = { notificationAdded: Told }
interface Marked {
  markNotificationsRead: { notifications: { id: string; readAt: string }[]; unreadCounts: { notifications: number } }
}

const mark = (person: TestPerson, ids?: string[]) => person.request<Marked>(MARK, { input: { ids } })
const notify = (person: TestPerson, input: Record<string, unknown>) =>
  person.ask<{ notify: { notifications: Told[]; message: Record<string, unknown> | null } }>(NOTIFY, { input })
const codeOf = async (answer: Promise<{ errors?: { extensions: Record<string, unknown> }[] | undefined }>) =>
  (await answer).errors?.[0]?.extensions

/** How often the server asks for numbers of unread notifications, from now on. */
const countsAsked = ({ database }: TestApp): string[] => {
  const asked: string[] = []
  const call = database.call.bind(database)
  const note = (sql: string) => sql.includes('from notifications n where n.user_id = k.user_id') && asked.push(sql)
  Object.assign(database, { call: (sql: string, ...rest: [unknown[]]) => (note(sql), call(sql, ...rest)) })
  return asked
}

/** Proves that nothing else is on its way: what is told of this came after it. */
const proveQuiet = async (person: TestPerson) => {
  const sender = person.roles.includes('PATIENT') ? await given.professional() : await given.patient()
  await (person.roles.includes('PATIENT') ? given.care(person, sender) : given.care(sender, person))
  const conversationId = await given.conversation(sender, person)
  await sender.send(conversationId, 'marker')
  const told = await eventually(
    () => toldTo(person),
    ([newest]) => newest?.conversation?.id === conversationId,
  )
  return told.slice(1)
}

describe('000.10 notifications of messages', () => {
  test('000.10 are one for each conversation until it is read, to who did not send, without any text', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const first = await patient.send(conversationId, 'Secret words')
    await patient.send(conversationId, 'More secret words')
    const [told] = await whenTold(professional, 1)
    expect(told).toMatchObject({ kind: 'MESSAGE', urgent: false, title: 'New messages', readAt: null, session: null })
    expect(told).toMatchObject({
      actor: { id: patient.id },
      conversation: { id: conversationId },
      message: { id: first.id },
    })
    await patient.send(conversationId, 'Still more')
    expect(await proveQuiet(professional)).toHaveLength(1)
    expect(await toldTo(patient)).toEqual([])

    await professional.request(READ, { input: { conversationId } })
    expect((await toldTo(professional)).find(({ id }) => id === told?.id)?.readAt).not.toBeNull()
    await patient.send(conversationId, 'Again')
    const [again] = await whenTold(professional, 3)
    expect(again).toMatchObject({ kind: 'MESSAGE', conversation: { id: conversationId }, message: { body: 'Again' } })
    const rows = await app.database.call('select * from notifications', [])
    expect(JSON.stringify(rows)).not.toMatch(/Secret|secret|more|Again/)
  })

  test('000.10 put away unread, they come back with a later message, not with an old one', async () => {
    const { patient, professional, conversationId } = await given.talk()
    await patient.send(conversationId, 'one')
    const [told] = await whenTold(professional, 1)
    const { markNotificationsRead } = await mark(professional, [told?.id ?? ''])
    expect(markNotificationsRead).toMatchObject({
      notifications: [{ id: told?.id }],
      unreadCounts: { notifications: 0 },
    })
    const store = new MessageNoticeStore(app.database, false)
    expect(await store.add([{ conversationId, fromSeq: 1 }])).toEqual([])
    await patient.send(conversationId, 'two')
    expect((await whenTold(professional, 2))[0]).toMatchObject({ message: { body: 'two' } })
  })

  test('000.10 are made once, however many processes make them at once', async () => {
    const silent = await startApp({}, { beside: app, notifierTimings: SILENT })
    const talks = await Promise.all(Array.from({ length: 8 }, () => given.talk()))
    for (const { patient, conversationId } of talks) await patient.at(silent).send(conversationId, 'Hello')
    const stretches = talks.map(({ conversationId }) => ({ conversationId, fromSeq: 1 }))
    const stores = Array.from({ length: 6 }, () => new MessageNoticeStore(app.database, false))
    const made = await Promise.all(
      stores.map((store, index) => store.add(index % 2 ? [...stretches].reverse() : stretches)),
    )
    expect(made.flat().sort()).toEqual(talks.map(({ professional }) => professional.id).sort())
    for (const { professional } of talks) expect(await kindsTold(professional)).toEqual(['MESSAGE'])
  })

  test('000.10 are made of what a process stored before it died, by the sweep of another', async () => {
    const dying = await startApp({}, { beside: app, notifierTimings: SILENT })
    const { patient, professional, conversationId } = await given.talk()
    await patient.at(dying).send(conversationId, 'My last words')
    expect(await toldTo(professional)).toEqual([])
    const sweeping = { ...SILENT, sweepEveryMs: 20, quietForMs: 0 }
    await startApp({}, { beside: app, notifierTimings: sweeping })
    expect(await whenTold(professional, 1)).toMatchObject([{ kind: 'MESSAGE', message: { body: 'My last words' } }])
  })

  test('000.10 nobody gets one who is inactive, or whose conversation is deleted', async () => {
    const silent = await startApp({}, { beside: app, notifierTimings: SILENT })
    const { patient, professional, conversationId } = await given.talk()
    await app.database.call('update users set active = false where id = $1', [professional.id])
    await patient.at(silent).send(conversationId, 'Hello')
    const store = new MessageNoticeStore(app.database, false)
    expect(await store.add([{ conversationId, fromSeq: 1 }])).toEqual([])
    await app.database.call('update users set active = true where id = $1', [professional.id])
    await app.database.call(`update conversations set status = 'DELETED' where id = $1`, [conversationId])
    expect(await store.add([{ conversationId, fromSeq: 1 }])).toEqual([])
    await app.database.call(`update conversations set status = 'ACTIVE' where id = $1`, [conversationId])
    expect(await store.add([{ conversationId, fromSeq: 1 }])).toEqual([professional.id])
  })
})

test('000.10 the start and the end of a session are told to both, but not to who has muted it', async () => {
  const { patient, professional, conversationId } = await given.talk()
  const sessionId = await given.session(patient, professional)
  for (const person of [patient, professional])
    expect(await toldTo(person)).toMatchObject([
      {
        kind: 'SESSION_STARTED',
        actor: { id: patient.id },
        session: { id: sessionId },
        conversation: { id: conversationId },
      },
    ])
  await patient.request(SETTINGS, { input: { conversationId, enabled: false } })
  const END = 'mutation ($input: EndSessionInput!) { endSession(input: $input) { session { id } } }'
  await professional.request(END, { input: { sessionId } })
  expect(await kindsTold(patient)).toEqual(['SESSION_STARTED'])
  expect(await toldTo(professional)).toMatchObject([
    { kind: 'SESSION_ENDED', title: 'A session has ended', session: { status: 'ENDED' } },
    { kind: 'SESSION_STARTED' },
  ])
})

describe('003.15 a channel of one’s own', () => {
  test('003.15 tells every connection at any process, once each, and the number of what is unread', async () => {
    const other = await startApp({}, { beside: app })
    const { patient, professional, conversationId } = await given.talk()
    const sockets = await Promise.all([professional.connect(), professional.at(other).connect()])
    const channels = sockets.map(socket => socket.subscribe<Added>(ADDED))
    const stream = professional.at(other).sse<Added>(ADDED)
    const counts = sockets[1]?.subscribe<{ unreadCountsChanged: { notifications: number } }>(UNREAD)
    expect(await counts?.next()).toMatchObject({ unreadCountsChanged: { notifications: 0 } })
    await eventually(
      () => Promise.resolve(other.services.connections.ofUser(professional.id)),
      found => found.length === 2,
    )
    await eventually(
      () => Promise.resolve([app, other].map(({ services }) => services.connections.ofUser(professional.id))),
      found => found.flat().reduce((sum, { activeSubscriptions }) => sum + activeSubscriptions, 0) === 4,
    )
    await patient.send(conversationId, 'Hello')
    for (const channel of [...channels, stream])
      expect((await channel.next()).notificationAdded).toMatchObject({
        kind: 'MESSAGE',
        conversation: { id: conversationId },
      })
    await counts?.until(({ unreadCountsChanged }) => unreadCountsChanged.notifications === 1)
    await mark(professional)
    await counts?.until(({ unreadCountsChanged }) => unreadCountsChanged.notifications === 0)
    await notify(given.admin, { userIds: [professional.id], title: 'Marker' })
    for (const channel of [...channels, stream])
      await channel.expectNext(({ notificationAdded }) => notificationAdded.title === 'Marker')
  })

  test('003.15 the number falls at once when a conversation is read, at the desk for every admin; and is read for nothing else', async () => {
    const own = await startApp({}, { notifierTimings: QUICK, lookEveryMs: 3_600_000 })
    const other = await startApp({}, { beside: own, notifierTimings: SILENT, lookEveryMs: 3_600_000 })
    const { admin, person, patient: newPatient, talk } = make(own)
    const { patient, professional, conversationId } = await talk()
    const user = await newPatient()
    const desk = await rooms(own).support(user)
    const colleague = await person(['ADMIN'])
    type Counts = { unreadCountsChanged: { total: number; notifications: number } }
    const follow = async (viewer: TestPerson) => (await viewer.at(other).connect()).subscribe<Counts>(UNREAD)
    for (const { sender, reader, follower, id } of [
      { sender: patient, reader: professional, follower: professional, id: conversationId },
      { sender: user, reader: admin, follower: colleague, id: desk },
    ]) {
      const counts = await follow(follower)
      await sender.send(id, 'Hello')
      await counts.until(({ unreadCountsChanged }) => unreadCountsChanged.notifications === 1)
      await reader.request(READ, { input: { conversationId: id } })
      await counts.until(({ unreadCountsChanged: { total, notifications } }) => total + notifications === 0)
      const counted = countsAsked(other)
      await sender.at(other).send(id, 'Again')
      await counts.until(({ unreadCountsChanged }) => unreadCountsChanged.total === 1)
      expect(counted).toEqual([])
    }
  })

  test('003.15 tells also of what the bus has lost', async () => {
    const bus = new FaultyBus(app.services.bus, ['DROP'])
    const deaf = await startApp({}, { beside: app, bus, lookEveryMs: 20 })
    const person = await given.patient()
    const socket = await person.at(deaf).connect()
    const added = socket.subscribe<Added>(ADDED)
    const counts = socket.subscribe<{ unreadCountsChanged: { notifications: number } }>(UNREAD)
    await counts.next()
    await notify(given.admin, { userIds: [person.id], title: 'One' })
    await notify(given.admin, { userIds: [person.id], title: 'Two' })
    expect((await added.take(2)).map(({ notificationAdded }) => notificationAdded.title)).toEqual(['One', 'Two'])
    await counts.until(({ unreadCountsChanged }) => unreadCountsChanged.notifications === 2)
    await mark(person)
    await counts.until(({ unreadCountsChanged }) => unreadCountsChanged.notifications === 0)
  })

  test('003.15 the host system alerts people', async () => {
    const [one, two] = [await given.patient(), await given.professional()]
    const { data } = await notify(given.admin, {
      userIds: [one.id, two.id, one.id],
      title: '  Closed today ',
      urgent: true,
    })
    expect(data?.notify).toMatchObject({ message: null })
    expect(data?.notify.notifications).toHaveLength(2)
    for (const person of [one, two])
      expect(await toldTo(person)).toMatchObject([
        { kind: 'SYSTEM', urgent: true, title: 'Closed today', actor: { id: given.admin.id }, conversation: null },
      ])
  })

  test('003.15 and names whom it means', async () => {
    const person = await given.patient()
    const off = await given.patient({ active: false })
    const { conversationId } = await given.talk()
    const title = 'Hello'
    const refused = (input: Record<string, unknown>, by = given.admin) => codeOf(notify(by, { title, ...input }))
    expect(await refused({ userIds: [person.id] }, person)).toMatchObject({ code: 'FORBIDDEN' })
    expect(await refused({ userIds: [person.id, off.id] })).toMatchObject({ code: 'NOT_FOUND', field: 'input.userIds' })
    expect(await refused({ userIds: ['a\u0000b'] })).toMatchObject({ code: 'NOT_FOUND', field: 'input.userIds' })
    expect(await refused({ userIds: [] })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.userIds' })
    expect(await refused({})).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.userIds' })
    const many = Array.from({ length: 101 }, (_, index) => `user ${index}`)
    expect(await refused({ userIds: many })).toMatchObject({ code: 'BAD_USER_INPUT' })
    const both = { userIds: [person.id], conversationId }
    expect(await refused(both)).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.conversationId' })
    expect(await refused({ userIds: [person.id], title: 'x'.repeat(201) })).toMatchObject({ field: 'input.title' })
    expect(await refused({ conversationId, urgent: true })).toMatchObject({ field: 'input.urgent' })
    expect(await toldTo(person)).toEqual([])
  })
})

test('003.6 the host system writes a SYSTEM message into a conversation', async () => {
  const { patient, conversationId } = await given.talk()
  const { data } = await notify(given.admin, { conversationId, title: 'The line was down' })
  expect(data?.notify).toMatchObject({
    notifications: [],
    message: { kind: 'SYSTEM', body: 'The line was down', sender: null },
  })
  const HISTORY = 'query ($id: ID!) { history(conversationId: $id) { edges { node { kind body } } } }'
  expect(await patient.request(HISTORY, { id: conversationId })).toEqual({
    history: { edges: [{ node: { kind: 'SYSTEM', body: 'The line was down' } }] },
  })
  await app.database.call(`update conversations set status = 'BLOCKED' where id = $1`, [conversationId])
  const blocked = await codeOf(notify(given.admin, { conversationId, title: 'Again' }))
  expect(blocked).toMatchObject({ code: 'CONFLICT', reason: 'CONVERSATION_NOT_ACTIVE' })
  expect(await codeOf(notify(given.admin, { conversationId: 'x', title: 'Again' }))).toMatchObject({
    code: 'NOT_FOUND',
  })
})

describe('003.4 notifications on and off', () => {
  test('003.4 while muted nobody is told, and once it is over of what comes then', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const set = (input: Record<string, unknown>) =>
      professional.request(SETTINGS, { input: { conversationId, ...input } })
    await set({ enabled: false })
    await patient.send(conversationId, 'one')
    expect(await proveQuiet(professional)).toEqual([])
    await set({ enabled: true, mutedUntil: new Date(Date.now() + 3_600_000).toISOString() })
    await patient.send(conversationId, 'two')
    expect(await proveQuiet(professional)).toHaveLength(1)
    await set({ mutedUntil: null })
    await patient.send(conversationId, 'three')
    const told = await eventually(
      () => toldTo(professional),
      ([newest]) => newest?.conversation?.id === conversationId,
    )
    expect(told[0]).toMatchObject({ kind: 'MESSAGE', message: { body: 'three' } })
    await set({ mutedUntil: '2020-01-01T00:00:00.000Z' })
    await professional.request(READ, { input: { conversationId } })
    await patient.send(conversationId, 'four')
    expect((await whenTold(professional, 4))[0]).toMatchObject({ message: { body: 'four' } })
  })

  test('003.4 the settings are one’s own, and repeating them changes nothing', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const input = { conversationId, enabled: false, mutedUntil: '2030-01-01T00:00:00.000Z' }
    await professional.request(SETTINGS, { input })
    const revOf = async () => (await app.services.conversations.find(conversationId))?.rev
    const rev = await revOf()
    await professional.request(SETTINGS, { input })
    await professional.request(SETTINGS, { input: { conversationId } })
    expect(await revOf()).toBe(rev)
    const PARTS = `query ($id: ID!) { conversation(id: $id) {
      participants { user { id } notificationsEnabled mutedUntil } viewer { notificationsEnabled mutedUntil } } }`
    const seenBy = (person: TestPerson) => person.request(PARTS, { id: conversationId })
    const { enabled: notificationsEnabled, mutedUntil } = input
    const open = { notificationsEnabled: true, mutedUntil: null }
    const hidden = { notificationsEnabled: null, mutedUntil: null }
    const parts = (ofPatient: object, ofProfessional: object) =>
      expect.arrayContaining([
        { user: { id: patient.id }, ...ofPatient },
        { user: { id: professional.id }, ...ofProfessional },
      ]) as unknown
    const muted = { notificationsEnabled, mutedUntil }
    expect(await seenBy(professional)).toEqual({ conversation: { participants: parts(hidden, muted), viewer: muted } })
    expect(await seenBy(patient)).toEqual({ conversation: { participants: parts(open, hidden), viewer: open } })
    const stranger = await given.patient()
    expect(await codeOf(stranger.ask(SETTINGS, { input }))).toMatchObject({ code: 'NOT_FOUND' })
    const late = { conversationId, mutedUntil: '+010000-01-01T00:00:00.000Z' }
    expect(await codeOf(patient.ask(SETTINGS, { input: late }))).toMatchObject({ code: 'BAD_USER_INPUT' })
  })
})

describe('000.10 the list', () => {
  test('000.10 is newest first, in pages, and only of what is unread where that is asked for', async () => {
    const person = await given.patient()
    for (const title of ['one', 'two', 'three']) await notify(given.admin, { userIds: [person.id], title })
    const LIST = `query ($first: Int, $after: String) { notifications(first: $first, after: $after) {
      edges { node { title } } pageInfo { hasNextPage hasPreviousPage endCursor } } unreadCounts { notifications } }`
    type List = { notifications: { edges: { node: { title: string } }[]; pageInfo: { endCursor: string } } }
    const page = await person.request<List>(LIST, { first: 2 })
    expect(page).toMatchObject({
      notifications: { edges: [{ node: { title: 'three' } }, { node: { title: 'two' } }] },
      unreadCounts: { notifications: 3 },
    })
    const rest = await person.request<List>(LIST, { first: 2, after: page.notifications.pageInfo.endCursor })
    expect(rest.notifications).toMatchObject({
      edges: [{ node: { title: 'one' } }],
      pageInfo: { hasNextPage: false, hasPreviousPage: true },
    })
    const [newest] = await toldTo(person)
    await mark(person, [newest?.id ?? ''])
    expect((await toldTo(person, true)).map(({ title }) => title)).toEqual(['two', 'one'])
  })

  test('000.10 what is another’s cannot be marked, and then nothing is', async () => {
    const [person, other] = [await given.patient(), await given.patient()]
    await notify(given.admin, { userIds: [person.id, other.id], title: 'Hello' })
    const [own] = await toldTo(person)
    const [foreign] = await toldTo(other)
    const ids = [own?.id ?? '', foreign?.id ?? '']
    expect(await codeOf(person.ask(MARK, { input: { ids } }))).toEqual({ code: 'NOT_FOUND', field: 'input.ids' })
    expect(await codeOf(person.ask(MARK, { input: { ids: ['x'] } }))).toEqual({ code: 'NOT_FOUND', field: 'input.ids' })
    const many = Array.from({ length: 101 }, (_, index) => String(index))
    expect(await codeOf(person.ask(MARK, { input: { ids: many } }))).toMatchObject({ code: 'BAD_USER_INPUT' })
    expect([...(await toldTo(person, true)), ...(await toldTo(other, true))]).toHaveLength(2)
    const all = await person.request<Marked>(
      'mutation { markNotificationsRead { notifications { id readAt } unreadCounts { notifications } } }',
    )
    expect(all.markNotificationsRead).toMatchObject({
      notifications: [{ id: own?.id }],
      unreadCounts: { notifications: 0 },
    })
    const { markNotificationsRead } = await mark(person, [own?.id ?? ''])
    expect(markNotificationsRead.notifications).toEqual(all.markNotificationsRead.notifications)
    expect(await toldTo(other, true)).toHaveLength(1)
  })
})

test('000.17 who is added to a group is told by whom, and who made it is not', async () => {
  const [founder, patient, later] = [await given.professional(), await given.patient(), await given.patient()]
  const people = [
    { userId: founder.id, role: 'PROFESSIONAL' as const },
    { userId: patient.id, role: 'PATIENT' as const },
  ]
  const conversationId = await app.services.writer.run(async writing => {
    const open = await writing.create({ kind: 'GROUP', title: 'Us', createdById: founder.id, participants: people })
    await open.addParticipants([{ userId: later.id, role: 'PATIENT' }, ...people], patient.id)
    return open.conversation.id
  })
  expect(await toldTo(founder)).toEqual([])
  const told = { kind: 'ADDED_TO_CONVERSATION', conversation: { id: conversationId }, message: null }
  expect(await toldTo(patient)).toMatchObject([{ ...told, actor: { id: founder.id } }])
  expect(await toldTo(later)).toMatchObject([{ ...told, actor: { id: patient.id } }])
  await app.services.writer.run(async writing => {
    await (await writing.open(conversationId))?.updateParticipant(later.id, { leftAt: 'now' })
  })
  // What is told stays; where it leads is closed.
  expect(await toldTo(later)).toMatchObject([{ kind: 'ADDED_TO_CONVERSATION', conversation: null }])
})

test('000.15 what waits for its notifications is counted', async () => {
  const silent = await startApp({}, { beside: app, notifierTimings: SILENT })
  const { patient, conversationId } = await given.talk()
  await patient.at(silent).send(conversationId, 'Hello')
  const metrics = await readMetrics(silent)
  expect(metrics.of('colloquy_notifier_queued')).toBe(1)
  expect(metrics.of('colloquy_push_deliveries{state="waiting"}')).toBe(0)
})
