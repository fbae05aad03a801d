import { describe, expect, test } from '@jest/globals'
import { MessageNoticeStore } from '../../src/notifications/message-notices.store.js'
import { make, type TestPerson } from '../support/make.js'
import { eventually, kindsTold, SILENT, toldTo, whenTold } from '../support/notifications.js'
import { begun, rooms } from '../support/room.js'
import { startApp } from '../support/start-app.js'

const HOUR_MS = 3_600_000
/** Nothing is escalated unless it is made old. */
const calm = { emergencyAckMs: HOUR_MS }
const app = await startApp(calm, { lookEveryMs: HOUR_MS, notifierTimings: SILENT })
const given = make(app)
const { group, join, leave, showHistory } = rooms(app)

const EMERGENCY = 'emergency { id flaggedBy { id } flaggedAt acknowledgedBy { id } acknowledgedAt escalatedAt }'
const MESSAGE = `id body ${EMERGENCY}`
const FLAG = `mutation ($input: EmergencyInput!) { flagEmergency(input: $input) { message { ${MESSAGE} } } }`
const ACKNOWLEDGE = `mutation ($input: EmergencyInput!) { acknowledgeEmergency(input: $input) { message { ${MESSAGE} } } }`
const OPEN = `query ($first: Int, $after: String) { openEmergencies(first: $first, after: $after) {
  edges { cursor node { ${MESSAGE} session { id } clientMessageId } } pageInfo { hasNextPage hasPreviousPage } } }`
const UPDATED = `subscription { messageUpdated { ${MESSAGE} } }`
const EVENTS = `subscription ($id: ID!) { conversationEvents(conversationId: $id) {
  __typename ... on MessageChanged { change message { ${MESSAGE} } } } }`
const SETTINGS = `mutation ($input: NotificationSettingsInput!) { updateNotificationSettings(input: $input) { conversation { id } } }`

interface Shown {
  id: string
  body: string | null
  emergency: {
    id: string
    flaggedBy: { id: string }
    acknowledgedBy: { id: string } | null
    acknowledgedAt: string | null
    escalatedAt: string | null
  } | null
}
interface Listed {
  openEmergencies: {
    edges: { cursor: string; node: Shown & { session: unknown; clientMessageId: string | null } }[]
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean }
  }
}

const flag = async (person: TestPerson, messageId: string) =>
  (await person.request<{ flagEmergency: { message: Shown } }>(FLAG, { input: { messageId } })).flagEmergency.message
const acknowledge = async (person: TestPerson, messageId: string) =>
  (await person.request<{ acknowledgeEmergency: { message: Shown } }>(ACKNOWLEDGE, { input: { messageId } }))
    .acknowledgeEmergency.message
const refusalOf = async (person: TestPerson, document: string, messageId: string) =>
  (await person.ask(document, { input: { messageId } })).errors?.[0]?.extensions
const openTo = async (person: TestPerson) =>
  (await person.request<Listed>(OPEN, { first: 100 })).openEmergencies.edges.map(({ node }) => node)
/** As if it had been flagged long ago. */
const makeOld = (messageId: string) =>
  app.database.call(`update emergencies set flagged_at = flagged_at - interval '2 hours' where message_id = $1`, [
    messageId,
  ])

describe('003.11 an emergency', () => {
  test('003.11 flagged at sending alerts everyone else, muted or not, at once', async () => {
    const { patient, professional, conversationId } = await given.talk()
    await professional.request(SETTINGS, {
      input: { conversationId, enabled: false, mutedUntil: '2090-01-01T00:00:00Z' },
    })
    const socket = await professional.connect()
    const events = socket.subscribe<{ conversationEvents: { change?: string; message?: Shown } }>(EVENTS, {
      id: conversationId,
    })
    await events.until(({ conversationEvents }) => '__typename' in conversationEvents)
    const { id } = await patient.send(conversationId, 'I cannot breathe', { emergency: true })
    const [told] = await whenTold(professional, 1)
    expect(told).toMatchObject({ kind: 'EMERGENCY', urgent: true, title: 'Emergency', actor: { id: patient.id } })
    expect(told).toMatchObject({ message: { id, body: 'I cannot breathe' }, conversation: { id: conversationId } })
    expect(await toldTo(patient)).toEqual([])
    const emergency = {
      id,
      flaggedBy: { id: patient.id },
      acknowledgedBy: null,
      acknowledgedAt: null,
      escalatedAt: null,
    }
    const added = await events.until(({ conversationEvents }) => conversationEvents.message?.id === id)
    expect(added.at(-1)).toMatchObject({ conversationEvents: { change: 'ADDED', message: { id, emergency } } })
    expect(await openTo(patient)).toMatchObject([{ id, emergency }])
    expect(await openTo(professional)).toMatchObject([{ id, emergency, body: 'I cannot breathe' }])
  })

  test('003.11 flagged later, and acknowledged, is a change of the message, live and in order', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const { id } = await patient.send(conversationId, 'It hurts')
    const socket = await patient.connect()
    const updates = socket.subscribe<{ messageUpdated: Shown }>(UPDATED)
    await begun(socket, 1)
    const before = (await app.services.conversations.find(conversationId))?.rev ?? 0
    expect((await flag(professional, id)).emergency).toMatchObject({ id, flaggedBy: { id: professional.id } })
    expect((await flag(patient, id)).emergency).toMatchObject({ flaggedBy: { id: professional.id } })
    await whenTold(patient, 1)
    expect(await kindsTold(patient)).toEqual(['EMERGENCY'])
    expect(await kindsTold(professional)).toEqual([])
    expect((await updates.next()).messageUpdated).toMatchObject({ id, emergency: { acknowledgedAt: null } })
    expect((await app.services.conversations.find(conversationId))?.rev).toBe(before + 1)

    const own = await patient.send(conversationId, 'Please', { emergency: true })
    const acknowledged = await acknowledge(professional, own.id)
    expect(acknowledged.emergency).toMatchObject({ acknowledgedBy: { id: professional.id } })
    expect(await acknowledge(professional, own.id)).toEqual(acknowledged)
    const [update] = await updates.take(1)
    expect(update?.messageUpdated).toEqual(acknowledged)
    expect(await openTo(professional)).toMatchObject([{ id }])
    expect((await app.services.conversations.find(conversationId))?.rev).toBe(before + 3)
  })

  test('003.11 is acknowledged by professionals who take part, not by patients, nor by who flagged it', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const { id } = await patient.send(conversationId, 'one', { emergency: true })
    const plain = await patient.send(conversationId, 'two')
    const stranger = await given.professional()
    expect(await refusalOf(patient, ACKNOWLEDGE, id)).toMatchObject({ code: 'FORBIDDEN' })
    expect(await refusalOf(stranger, ACKNOWLEDGE, id)).toEqual({ code: 'NOT_FOUND', field: 'input.messageId' })
    expect(await refusalOf(stranger, FLAG, plain.id)).toEqual({ code: 'NOT_FOUND', field: 'input.messageId' })
    expect(await refusalOf(given.admin, ACKNOWLEDGE, id)).toMatchObject({ code: 'FORBIDDEN' })
    expect(await refusalOf(given.admin, FLAG, plain.id)).toMatchObject({ code: 'FORBIDDEN' })
    expect(await refusalOf(professional, ACKNOWLEDGE, plain.id)).toMatchObject({ code: 'NOT_FOUND' })
    expect(await refusalOf(professional, ACKNOWLEDGE, 'x')).toMatchObject({ code: 'NOT_FOUND' })
    const own = await professional.send(conversationId, 'three', { emergency: true })
    expect(await refusalOf(professional, ACKNOWLEDGE, own.id)).toMatchObject({ code: 'FORBIDDEN' })
    const REMOVE = 'mutation ($input: DeleteMessageInput!) { deleteMessage(input: $input) { message { id } } }'
    await patient.request(REMOVE, { input: { messageId: plain.id } })
    expect(await refusalOf(patient, FLAG, plain.id)).toMatchObject({ code: 'CONFLICT', reason: 'MESSAGE_DELETED' })
    expect((await openTo(patient)).map(message => message.id)).toEqual([id, own.id])
    await patient.request(REMOVE, { input: { messageId: id } })
    expect((await openTo(patient)).map(message => message.id)).toEqual([own.id])
  })

  test('003.11 is told of once, and is unread like any other message', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const notices = new MessageNoticeStore(app.database, false)
    const look = () => notices.add([{ conversationId, fromSeq: 1 }])
    const UNREAD = 'query ($id: ID!) { conversation(id: $id) { unreadCount } unreadCounts { total notifications } }'
    const { id } = await patient.send(conversationId, 'Help', { emergency: true })
    await whenTold(professional, 1)
    expect(await look()).toEqual([])
    expect(await professional.request(UNREAD, { id: conversationId })).toEqual({
      conversation: { unreadCount: 1 },
      unreadCounts: { total: 1, notifications: 1 },
    })
    await acknowledge(professional, id)
    expect(await look()).toEqual([])
    await patient.send(conversationId, 'Are you there?')
    expect(await look()).toEqual([professional.id])
    expect((await toldTo(professional)).map(({ kind, message }) => [kind, message?.body])).toEqual([
      ['MESSAGE', 'Are you there?'],
      ['EMERGENCY', 'Help'],
    ])
  })

  test('003.11 is a message like any other to who flagged it, and to who was not alerted of it', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const notices = new MessageNoticeStore(app.database, false)
    const flagged = await patient.send(conversationId, 'It hurts')
    await flag(professional, flagged.id)
    await whenTold(patient, 1)
    expect(await notices.add([{ conversationId, fromSeq: 1 }])).toEqual([professional.id])

    // Taken on before anybody was alerted.
    const other = await given.talk()
    const { id } = await other.patient.send(other.conversationId, 'Help', { emergency: true })
    await whenTold(other.professional, 1)
    await acknowledge(other.professional, id)
    await app.database.call(
      `update emergencies set notified_at = acknowledged_at + interval '1 s' where message_id = $1`,
      [id],
    )
    expect(await notices.add([{ conversationId: other.conversationId, fromSeq: 1 }])).toEqual([other.professional.id])
  })

  test('003.11 acknowledged, is read by who did it, on all of their devices, and by nobody else; reading the conversation does not', async () => {
    const { patient, professional } = await given.pair()
    const colleague = await given.professional()
    const conversationId = await group(patient, professional, colleague)
    for (const person of [professional, colleague])
      await person.request('mutation { markNotificationsRead { notifications { id } } }')
    const counts = (await professional.connect()).subscribe<{ unreadCountsChanged: { notifications: number } }>(
      'subscription { unreadCountsChanged { notifications } }',
    )
    await counts.next()
    const { id } = await patient.send(conversationId, 'Help', { emergency: true })
    for (const person of [professional, colleague]) await whenTold(person, 2)
    await counts.until(({ unreadCountsChanged }) => unreadCountsChanged.notifications === 1)
    const READ = 'mutation ($input: MarkInput!) { markRead(input: $input) { participant { readThrough } } }'
    await professional.request(READ, { input: { conversationId } })
    expect(await toldTo(professional, true)).toMatchObject([{ kind: 'EMERGENCY' }])
    await acknowledge(professional, id)
    await counts.until(({ unreadCountsChanged }) => unreadCountsChanged.notifications === 0)
    expect(await toldTo(professional, true)).toEqual([])
    expect(await toldTo(colleague, true)).toMatchObject([{ kind: 'EMERGENCY', readAt: null }])
    await acknowledge(colleague, id)
    expect(await toldTo(colleague, true)).toEqual([])
  })

  test('003.11 from before, is not open to who comes back to a group, not even their own; it is to the others', async () => {
    const { patient, professional } = await given.pair()
    const conversationId = await group(patient, professional)
    const { id } = await patient.send(conversationId, 'Help', { emergency: true })
    await leave(conversationId, patient)
    expect(await openTo(patient)).toEqual([])
    await join(conversationId, patient)
    expect(await openTo(patient)).toEqual([])
    expect(await openTo(professional)).toMatchObject([{ id, body: 'Help' }])
    await showHistory(conversationId, patient, true)
    expect(await openTo(patient)).toMatchObject([{ id }])
  })

  test('003.11 is listed by when it was flagged, in pages', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const ids: string[] = []
    for (const body of ['one', 'two', 'three']) ids.unshift((await patient.send(conversationId, body)).id)
    for (const id of ids) await flag(patient, id)
    const first = (await professional.request<Listed>(OPEN, { first: 2 })).openEmergencies
    const after = first.edges.at(-1)?.cursor
    const rest = (await professional.request<Listed>(OPEN, { first: 2, after })).openEmergencies
    expect([...first.edges, ...rest.edges].map(({ node }) => node.id)).toEqual(ids)
    expect([first.pageInfo, rest.pageInfo]).toEqual([
      { hasNextPage: true, hasPreviousPage: false },
      { hasNextPage: false, hasPreviousPage: true },
    ])
  })
})

describe('003.11 an emergency that nobody acknowledges', () => {
  const looking = () => startApp(calm, { beside: app, lookEveryMs: 20, notifierTimings: SILENT })

  test('003.11 is escalated once to all admins, whichever processes look, and any of them acknowledges it', async () => {
    const other = await given.person(['ADMIN'])
    const { patient, professional, conversationId } = await given.talk()
    await given.session(patient, professional)
    const { id } = await patient.send(conversationId, 'Help me', { emergency: true, clientMessageId: 'mine' })
    const socket = await professional.connect()
    const updates = socket.subscribe<{ messageUpdated: Shown }>(UPDATED)
    await begun(socket, 1)
    const toBefore = async (person: TestPerson) =>
      (await toldTo(person)).filter(({ kind }) => kind === 'EMERGENCY_ESCALATED')
    expect([...(await toBefore(given.admin)), ...(await toBefore(other))]).toEqual([])
    await makeOld(id)
    await Promise.all([looking(), looking(), looking()])
    expect((await updates.next()).messageUpdated.emergency?.escalatedAt).not.toBeNull()
    for (const admin of [given.admin, other]) {
      const told = (await toldTo(admin)).filter(({ message }) => message?.id === id)
      expect(told).toMatchObject([
        { kind: 'EMERGENCY_ESCALATED', urgent: true, message: { body: null }, conversation: { id: conversationId } },
      ])
    }
    const seen = (await openTo(other)).find(message => message.id === id)
    expect(seen).toMatchObject({ body: null, session: null, clientMessageId: null })
    expect((await acknowledge(other, id)).body).toBeNull()
    const unreadOf = async (person: TestPerson) =>
      (await toldTo(person, true)).filter(({ message }) => message?.id === id).length
    expect([await unreadOf(other), await unreadOf(given.admin)]).toEqual([0, 1])
    expect((await openTo(other)).some(message => message.id === id)).toBe(false)
    expect(updates.waiting).toBeLessThanOrEqual(1)
    const rows = await app.database.call(
      `select 1 from notifications where kind = 'EMERGENCY_ESCALATED' and message_id = $1`,
      [id],
    )
    expect(rows).toHaveLength(2)
  })

  test('003.11 alerts and escalates also where the process is dead that took it', async () => {
    const { patient, professional, conversationId } = await given.talk()
    // As the one that died between the commit and the alert.
    const stored = await app.services.messages.send({
      conversationId,
      senderId: patient.id,
      asRole: null,
      clientMessageId: null,
      kind: 'TEXT',
      body: 'Help',
      appointmentId: null,
      serviceId: null,
      replyToId: null,
      card: null,
      attachmentIds: [],
      emergency: true,
      requestId: 'r',
    })
    const id = stored.kind === 'STORED' ? stored.message.id : ''
    expect(await toldTo(professional)).toEqual([])
    await makeOld(id)
    await looking()
    await whenTold(professional, 1)
    expect(await kindsTold(professional)).toEqual(['EMERGENCY'])
    await eventually(
      () => toldTo(given.admin),
      told => told.some(({ kind, message }) => kind === 'EMERGENCY_ESCALATED' && message?.id === id),
    )
  })

  test('003.11 in time, or deleted, is not escalated', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const one = await patient.send(conversationId, 'one', { emergency: true })
    const two = await patient.send(conversationId, 'two', { emergency: true })
    const three = await patient.send(conversationId, 'three', { emergency: true })
    const four = await patient.send(conversationId, 'four', { emergency: true })
    await acknowledge(professional, one.id)
    const REMOVE = 'mutation ($input: DeleteMessageInput!) { deleteMessage(input: $input) { message { id } } }'
    await patient.request(REMOVE, { input: { messageId: two.id } })
    for (const { id } of [one, two, four]) await makeOld(id)
    await looking()
    const ESCALATED = 'select message_id as id from emergencies where conversation_id = $1 and escalated_at is not null'
    const escalated = await eventually(
      () => app.database.call<{ id: string }>(ESCALATED, [conversationId]),
      rows => rows.length > 0,
    )
    expect(escalated).toEqual([{ id: four.id }])
    expect(three.seq).toBe(3)
  })
})

test('003.11 those that cannot be escalated do not hide newer ones, however many they are', async () => {
  const own = await startApp(calm, { lookEveryMs: HOUR_MS, notifierTimings: SILENT })
  const [stuck, other] = [await make(own).talk(), await make(own).talk()]
  for (let n = 0; n < 100; n++) await stuck.patient.send(stuck.conversationId, 'Help', { emergency: true })
  await other.patient.send(other.conversationId, 'Help me', { emergency: true })
  await own.database.call(
    `create function refuse() returns trigger language plpgsql as $$ begin raise 'no'; end $$`,
    [],
  )
  await own.database.call(
    `create trigger refuse before update of escalated_at on emergencies for each row
     when (new.conversation_id = '${stuck.conversationId}') execute function refuse()`,
    [],
  )
  await own.database.call(`update emergencies set flagged_at = flagged_at - interval '2 hours'`, [])
  await startApp(calm, { beside: own, lookEveryMs: 20, notifierTimings: SILENT })
  const ESCALATED = 'select conversation_id as id from emergencies where escalated_at is not null'
  const escalated = await eventually(
    () => own.database.call(ESCALATED, []),
    rows => rows.length > 0,
  )
  expect(escalated).toEqual([{ id: other.conversationId }])
})

test('003.11 an admin reads what is theirs: of the support desk, or under a grant', async () => {
  const { patient, conversationId } = await given.talk()
  const { id } = await patient.send(conversationId, 'Secret', { emergency: true })
  const admin = await given.person(['ADMIN'])
  const bodyOf = async (messageId: string) => (await openTo(admin)).find(message => message.id === messageId)?.body
  expect(await bodyOf(id)).toBeNull()
  await app.database.call(
    `insert into access_grants (admin_id, subject_id, reason, expires_at) values ($1, $2, 'A good reason', now() + interval '1 hour')`,
    [admin.id, patient.id],
  )
  expect(await bodyOf(id)).toBe('Secret')
  await app.database.call('update access_grants set ended_at = now() where admin_id = $1', [admin.id])
  expect(await bodyOf(id)).toBeNull()

  const support = await app.services.writer.run(async writing => {
    const participants = [{ userId: patient.id, role: 'PATIENT' as const }]
    return (await writing.create({ kind: 'SUPPORT', supportUserId: patient.id, participants })).conversation.id
  })
  const asked = await patient.send(support, 'Where do I go?', { emergency: true })
  await whenTold(admin, 1)
  expect(await toldTo(admin)).toMatchObject([{ kind: 'EMERGENCY', message: { body: 'Where do I go?' } }])
  expect(await bodyOf(asked.id)).toBe('Where do I go?')
  expect((await acknowledge(admin, asked.id)).body).toBe('Where do I go?')
})
