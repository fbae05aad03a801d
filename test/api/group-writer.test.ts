import { describe, expect, test } from '@jest/globals'
import type { NewParticipant, OpenConversation } from '../../src/conversations/conversation-writer.js'
import { InboxStore } from '../../src/conversations/inbox.store.js'
import { make, TestPerson } from '../support/make.js'
import { startApp } from '../support/start-app.js'

const server = await startApp()
const given = make(server)
const { conversations, messages, writer } = server.services

const rows = <Row>(sql: string, ...parameters: unknown[]) => server.database.call<Row>(sql, parameters)

const open = <T>(conversationId: string, work: (opened: OpenConversation) => Promise<T>): Promise<T> =>
  writer.run(async writing => {
    const opened = await writing.open(conversationId)
    if (!opened) throw new Error('The conversation is gone.')
    return work(opened)
  })

const member = async (role: 'PATIENT' | 'PROFESSIONAL'): Promise<NewParticipant> => ({
  userId: (await given.person([role])).id,
  role,
})

const group = async (...participants: NewParticipant[]) => {
  const named = { title: 'Our group', roomType: 'THERAPY', tags: ['one', 'two'] } as const
  return (await writer.run(writing => writing.create({ kind: 'GROUP', ...named, tags: [...named.tags], participants })))
    .conversation
}

const partOf = async (conversationId: string, { userId }: NewParticipant) =>
  (await conversations.findParticipants([{ conversationId, userId }]))[0]

const say = (conversationId: string, count = 1) =>
  open(conversationId, async opened => {
    for (let number = 1; number <= count; number++) await opened.addSystemMessage(`note ${number}`, null)
  })

describe('000.17 a group', () => {
  test('is made with what it is called and those who take part, each with a rev of their own', async () => {
    const [patient, professional] = [await member('PATIENT'), await member('PROFESSIONAL')]
    const { id } = await group(patient, professional)
    const stored = await conversations.find(id)
    expect(stored).toMatchObject({ kind: 'GROUP', status: 'ACTIVE', roomType: 'THERAPY', title: 'Our group', seq: 0 })
    expect(stored).toMatchObject({ tags: ['one', 'two'], description: null, historyRoles: [], rev: 3, ownRev: 1 })
    expect(stored?.sendRoles).toEqual(['PATIENT', 'PROFESSIONAL', 'ADMIN'])
    const [first, second] = [await partOf(id, patient), await partOf(id, professional)]
    expect([first?.rev, second?.rev]).toEqual([2, 3])
    expect(first).toMatchObject({
      ownCanSend: null,
      ownCanViewHistory: null,
      notificationsEnabled: true,
      mutedUntil: null,
    })
  })

  test('who is added sees it from then on, is told of it, and takes part once', async () => {
    const [founder, newcomer] = [await member('PROFESSIONAL'), await member('PATIENT')]
    const { id } = await group(founder)
    await say(id, 2)
    const told: string[] = []
    const stop = await server.services.bus.subscribe('user', newcomer.userId, ({ kind }) => void told.push(kind))
    const added = await open(id, opened => opened.addParticipants([founder, newcomer, newcomer]))
    expect(added).toMatchObject([{ userId: newcomer.userId, visibleFromSeq: 3, membership: 1 }])
    const { rev } = (await conversations.find(id)) ?? {}
    expect(await open(id, opened => opened.addParticipants([newcomer]))).toEqual([])
    expect((await conversations.find(id))?.rev).toBe(rev)
    while (told.length < 2) await new Promise(resolve => setTimeout(resolve, 5))
    expect(told).toEqual(['conversations', 'notifications'])
    stop()
    const periods = 'select from_seq as seq from membership_periods where conversation_id = $1 and user_id = $2'
    expect(await rows(periods, id, newcomer.userId)).toEqual([{ seq: 3 }])
  })

  test('who leaves keeps their own permissions when they come back', async () => {
    const [founder, patient] = [await member('PROFESSIONAL'), await member('PATIENT')]
    const { id } = await group(founder, patient)
    await open(id, opened => opened.updateParticipant(patient.userId, { ownCanSend: false }))
    await open(id, opened => opened.updateParticipant(patient.userId, { leftAt: 'now' }))
    await say(id)
    await open(id, opened => opened.addParticipants([patient]))
    expect(await partOf(id, patient)).toMatchObject({
      membership: 2,
      ownCanSend: false,
      visibleFromSeq: 2,
      leftAt: null,
    })
  })

  test('takes five hundred at once', async () => {
    const founder = await member('PROFESSIONAL')
    const people = Array.from({ length: 499 }, (_, index) => ({
      userId: `${founder.userId}-${index}`,
      role: 'PATIENT' as const,
    }))
    await rows(
      `insert into users (id, display_name, roles) select x, x, '{PATIENT}' from unnest($1::text[]) x`,
      people.map(({ userId }) => userId),
    )
    const { id } = await group(founder, ...people)
    expect(await conversations.participantsOf([id])).toHaveLength(500)
    await say(id)
    const before = (await conversations.find(id))?.rev ?? 0
    await open(id, opened => opened.updateConversation({ historyRoles: ['PROFESSIONAL'] }))
    expect((await conversations.find(id))?.rev).toBe(before + 2)
    await open(id, opened => opened.updateConversation({ historyRoles: ['PROFESSIONAL', 'PATIENT'] }))
    expect((await conversations.find(id))?.rev).toBe(before + 2 + 500)
    const revs = (await conversations.participantsOf([id])).map(({ rev }) => rev)
    expect(new Set(revs).size).toBe(500)
  })
})

describe('003.13 who may see the history', () => {
  const visible = async (conversationId: string, person: NewParticipant) =>
    (await partOf(conversationId, person))?.visibleFromSeq

  test('sees all of it from when it is given, and nothing before from when it is taken', async () => {
    const patient = await member('PATIENT')
    const { id } = await group(await member('PROFESSIONAL'))
    await say(id, 3)
    await open(id, opened => opened.addParticipants([patient]))
    const settings: [boolean | null, number][] = [
      [false, 4],
      [true, 1],
      [true, 1],
      [null, 5],
      [false, 5],
    ]
    expect(await visible(id, patient)).toBe(4)
    for (const [ownCanViewHistory, expected] of settings) {
      if (ownCanViewHistory === null) await say(id)
      const part = await open(id, opened => opened.updateParticipant(patient.userId, { ownCanViewHistory }))
      expect(part).toMatchObject({ ownCanViewHistory, visibleFromSeq: expected })
    }
  })

  test('by role, where nobody has said otherwise of them', async () => {
    const [patient, exception, professional] = [
      await member('PATIENT'),
      await member('PATIENT'),
      await member('PROFESSIONAL'),
    ]
    const { id } = await group(patient, exception, professional)
    await open(id, opened => opened.updateParticipant(exception.userId, { ownCanViewHistory: false }))
    await say(id, 2)
    const all = () => Promise.all([patient, exception, professional].map(person => visible(id, person)))
    expect(await all()).toEqual([1, 1, 1])
    await open(id, opened => opened.updateConversation({ historyRoles: ['PATIENT', 'PROFESSIONAL'] }))
    expect(await all()).toEqual([1, 1, 1])
    await say(id)
    await open(id, opened => opened.updateConversation({ historyRoles: ['PROFESSIONAL'] }))
    expect(await all()).toEqual([4, 1, 1])
    expect(await partOf(id, patient)).toMatchObject({ rev: (await conversations.find(id))?.rev })
    await open(id, opened => opened.updateConversation({ historyRoles: ['PATIENT'] }))
    expect(await all()).toEqual([1, 1, 4])
  })
})

describe('002.5 the support conversation of a user', () => {
  const support = (userId: string) =>
    writer.run(async writing => {
      const open = await writing.create({
        kind: 'SUPPORT',
        supportUserId: userId,
        participants: [{ userId, role: 'PATIENT' }],
      })
      return { id: open.conversation.id, created: open.created }
    })

  test('is one, whoever asks at once', async () => {
    const patient = await given.patient()
    const made = await Promise.all(Array.from({ length: 5 }, () => support(patient.id)))
    expect(new Set(made.map(({ id }) => id)).size).toBe(1)
    expect(made.filter(({ created }) => created)).toHaveLength(1)
    expect(await writer.run(writing => writing.findSupport(patient.id))).toBe(made[0]?.id)
    expect(await writer.run(writing => writing.findSupport('nobody'))).toBeNull()
  })

  test('is every admin’s to read and answer; who answers takes part from then on', async () => {
    const patient = await given.patient()
    const { id } = await support(patient.id)
    await patient.send(id, 'Is anybody there?')
    const READ = `query ($id: ID!) { conversation(id: $id) { kind viewer { role } counterpart { id }
      messages { edges { node { body } } } } }`
    const stranger = await given.professional()
    expect((await stranger.ask(READ, { id })).errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }])
    const seen = { kind: 'SUPPORT', messages: { edges: [{ node: { body: 'Is anybody there?' } }] } }
    expect(await given.admin.request(READ, { id })).toEqual({
      conversation: { ...seen, viewer: null, counterpart: { id: patient.id } },
    })
    expect(await patient.request(READ, { id })).toEqual({
      conversation: { ...seen, viewer: { role: 'PATIENT' }, counterpart: null },
    })
    expect(await given.admin.send(id, 'Always')).toMatchObject({ seq: 2 })
    const other = await given.person(['ADMIN'])
    await other.request('mutation ($input: MarkInput!) { markRead(input: $input) { participant { readThrough } } }', {
      input: { conversationId: id },
    })
    const people = await conversations.participantsOf([id])
    expect(people.map(({ role, readThrough }) => [role, readThrough])).toEqual([
      ['PATIENT', 0],
      ['ADMIN', 0],
      ['ADMIN', 2],
    ])
  })

  test('is closed to an admin who is none any more', async () => {
    const [patient, admin] = [await given.patient(), await given.person(['ADMIN'])]
    const { id } = await support(patient.id)
    await admin.send(id, 'Hello')
    await rows(`update users set roles = '{PATIENT}' where id = $1`, admin.id)
    const outcome = await messages.send({
      conversationId: id,
      senderId: admin.id,
      asRole: null,
      clientMessageId: null,
      kind: 'TEXT',
      body: 'Still here',
      appointmentId: null,
      serviceId: null,
      replyToId: null,
      card: null,
      attachmentIds: [],
      emergency: false,
      requestId: 'r',
    })
    expect(outcome).toEqual({ kind: 'REFUSED', why: 'NOT_FOUND' })
    await patient.send(id, 'To the desk')
    const former = new TestPerson(server, admin.id, '', ['PATIENT'])
    const LISTS = '{ conversations { edges { node { id } } } unreadCounts { total } }'
    expect(await former.request(LISTS)).toEqual({ conversations: { edges: [] }, unreadCounts: { total: 0 } })
    expect((await new InboxStore(server.database).membershipsOf(admin.id)).size).toBe(0)
  })
})

test('003.9 the text before an edit is kept, with the time when it was written', async () => {
  const { patient, conversationId } = await given.talk()
  const { id, createdAt } = await patient.send(conversationId, 'one')
  const EDIT = 'mutation ($input: EditMessageInput!) { editMessage(input: $input) { message { editedAt } } }'
  const edit = (body: string) =>
    patient.request<{ editMessage: { message: { editedAt: string } } }>(EDIT, { input: { messageId: id, body } })
  const { editMessage } = await edit('two')
  await edit('two')
  await edit('three')
  const kept = await rows<{ number: number; body: string; at: Date }>(
    'select number, body, created_at as at from message_revisions where message_id = $1 order by number',
    id,
  )
  expect(kept).toEqual([
    { number: 1, body: 'one', at: new Date(createdAt) },
    { number: 2, body: 'two', at: new Date(editMessage.message.editedAt) },
  ])
})

test('003.10 what is deleted comes back with its text', async () => {
  const { patient, conversationId } = await given.talk()
  const { id } = await patient.send(conversationId, 'one')
  const deleted = await open(conversationId, opened =>
    opened.updateMessage(id, { deletedAt: 'now', deletedById: patient.id }),
  )
  expect(deleted.body).toBeNull()
  expect(await open(conversationId, opened => opened.deletionOf(id))).toEqual({
    byId: patient.id,
    ageMs: expect.any(Number),
  })
  const restored = await open(conversationId, opened => opened.updateMessage(id, { deletedAt: null }))
  expect(restored).toMatchObject({ body: 'one', deletedAt: null, rev: deleted.rev + 1 })
  expect(await open(conversationId, opened => opened.deletionOf(id))).toBeNull()
})

test('003.4 settings of one’s own are kept with one’s part', async () => {
  const { patient, conversationId } = await given.talk()
  const mutedUntil = new Date('2030-01-01T00:00:00.000Z')
  await open(conversationId, opened =>
    opened.updateParticipant(patient.id, { notificationsEnabled: false, mutedUntil }),
  )
  const person = { userId: patient.id, role: 'PATIENT' as const }
  expect(await partOf(conversationId, person)).toMatchObject({ notificationsEnabled: false, mutedUntil })
  const { changes } = await server.services.feeds.source.changesAfter(conversationId, 0, 100)
  expect(changes.at(-1)).toMatchObject({ participant: { mutedUntil } })
  await open(conversationId, opened => opened.updateParticipant(patient.id, { mutedUntil: null }))
  expect(await partOf(conversationId, person)).toMatchObject({ notificationsEnabled: false, mutedUntil: null })
})

test('003.2 what is deleted is there for who deleted it, and for nobody else', async () => {
  const { patient, professional, conversationId } = await given.talk()
  await given.session(patient, professional)
  await patient.send(conversationId, 'one')
  await open(conversationId, opened => opened.updateConversation({ status: 'DELETED', statusById: professional.id }))
  const FIND = `query ($id: ID!) { conversation(id: $id) { status lastMessage { body } }
    conversations(filter: { statuses: [DELETED] }) { edges { node { id lastMessage { body } } } } sessions { edges { node { status } } } }`
  expect((await professional.ask(FIND, { id: conversationId })).data).toEqual({
    conversation: { status: 'DELETED', lastMessage: { body: 'one' } },
    conversations: { edges: [{ node: { id: conversationId, lastMessage: { body: 'one' } } }] },
    sessions: { edges: [{ node: { status: 'ACTIVE' } }] },
  })
  const hidden = await patient.ask(FIND, { id: conversationId })
  expect(hidden.data).toEqual({ conversation: null, conversations: { edges: [] }, sessions: { edges: [] } })
  expect(hidden.errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }])
})
