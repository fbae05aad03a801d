import { expect, test } from '@jest/globals'
import type { OpenConversation, ParticipantUpdate } from '../../src/conversations/conversation-writer.js'
import type { Change, ChangeRange } from '../../src/events/topics.js'
import { make } from '../support/make.js'
import { startApp } from '../support/start-app.js'

const server = await startApp()
const { conversation, pair, session, talk } = make(server)
const { bus, conversations, writer } = server.services

/** What the bus tells of a conversation, to be awaited by rev. */
const follow = async (conversationId: string) => {
  const ranges: ChangeRange[] = []
  let wakeUp = () => {}
  await bus.subscribe('conversation', conversationId, range => {
    ranges.push(range)
    wakeUp()
  })
  const upTo = async (rev: number): Promise<ChangeRange[]> => {
    while (!ranges.some(range => range.last >= rev)) await new Promise<void>(resolve => (wakeUp = resolve))
    return ranges
  }
  return { ranges, upTo }
}

const headOf = async (conversationId: string) => {
  const conversation = await conversations.find(conversationId)
  if (!conversation) throw new Error('The conversation is gone.')
  return conversation
}

const open = <T>(conversationId: string, work: (opened: OpenConversation) => Promise<T>): Promise<T> =>
  writer.run(async writing => {
    const opened = await writing.open(conversationId)
    if (!opened) throw new Error('The conversation is gone.')
    return work(opened)
  })

const sketch = (change: Change) => `${change.rev} ${change.kind}`

test('each change takes its own rev, and one range tells the latest of each thing', async () => {
  const { patient, conversationId } = await talk()
  const before = await headOf(conversationId)
  const { upTo } = await follow(conversationId)
  await open(conversationId, async opened => {
    const message = await opened.addSystemMessage('one', null)
    await opened.addSystemMessage('two', null)
    await opened.updateConversation({ status: 'ARCHIVED' })
    await opened.updateMessage(message.id, { body: 'one, changed', editedAt: 'now' })
    await opened.updateParticipant(patient.id, { visibleFromSeq: 2 })
    await opened.updateConversation({ status: 'BLOCKED' })
  })
  const [range] = await upTo(before.rev + 6)
  expect(range).toMatchObject({ first: before.rev + 1, last: before.rev + 6 })
  expect(range?.changes.map(sketch)).toEqual([
    `${before.rev + 2} message`,
    `${before.rev + 4} message`,
    `${before.rev + 5} participant`,
    `${before.rev + 6} conversation`,
  ])
  expect(range?.changes[1]).toMatchObject({
    message: { seq: 1, addedRev: before.rev + 1, rev: before.rev + 4, body: 'one, changed', senderId: null },
  })
  expect(range?.changes[2]).toMatchObject({ participant: { visibleFromSeq: 2, accessRev: before.rev + 5 } })
  const after = await headOf(conversationId)
  expect(after).toMatchObject({ status: 'BLOCKED', seq: 2, rev: before.rev + 6, ownRev: before.rev + 6 })
  expect(range?.changes[3]).toMatchObject({ conversation: { ...after } })
  expect(after.lastActivityAt > before.lastActivityAt).toBe(true)
})

test('what fails leaves no trace and is told to nobody', async () => {
  const { conversationId } = await talk()
  const before = await headOf(conversationId)
  const { ranges, upTo } = await follow(conversationId)
  const failing = open(conversationId, async opened => {
    await opened.addSystemMessage('never', null)
    throw new Error('on purpose')
  })
  await expect(failing).rejects.toThrow('on purpose')
  expect(await headOf(conversationId)).toEqual(before)
  await open(conversationId, opened => opened.addSystemMessage('marker', null))
  await upTo(before.rev + 1)
  expect(ranges).toHaveLength(1)
})

test('what only looks takes no rev', async () => {
  const { patient, conversationId } = await talk()
  const before = await headOf(conversationId)
  const { ranges, upTo } = await follow(conversationId)
  await open(conversationId, opened => opened.participant(patient.id))
  await open(conversationId, opened => opened.addSystemMessage('marker', null))
  await upTo(before.rev + 1)
  expect(ranges).toHaveLength(1)
})

test('whatever happens at once, seq and rev have no hole and no double', async () => {
  const { patient, professional, conversationId } = await talk()
  const { upTo } = await follow(conversationId)
  const before = await headOf(conversationId)
  const everything = Array.from({ length: 30 }, (_, index) => [
    patient.send(conversationId, `${index}`),
    patient.ask('mutation ($input: MarkInput!) { markRead(input: $input) { participant { id } } }', {
      input: { conversationId },
    }),
    open(conversationId, opened => opened.addSystemMessage(`note ${index}`, null)),
  ])
  await Promise.all([...everything.flat(), session(professional, patient)])
  const after = await headOf(conversationId)
  const ranges = [...(await upTo(after.rev))].sort((one, other) => one.first - other.first)
  expect(after.seq).toBe(61)
  let rev = before.rev
  for (const { first, last } of ranges) {
    expect(first).toBe(rev + 1)
    rev = last
  }
  expect(rev).toBe(after.rev)
  const rows = await server.database.call<{ seq: number; rev: number }>(
    'select seq, rev from messages where conversation_id = $1 order by seq',
    [conversationId],
  )
  expect(rows.map(row => row.seq)).toEqual(Array.from({ length: 61 }, (_, index) => index + 1))
  expect(rows.map(row => row.rev)).toEqual(rows.map(row => row.rev).sort((one, other) => one - other))
})

test('conversations are opened in the order of their ids, after users', async () => {
  const { patient, conversationId } = await talk()
  const other = await talk()
  const [lower, higher] = [conversationId, other.conversationId].sort() as [string, string]
  const inOrder = writer.run(async writing => [await writing.open(lower), await writing.open(higher)])
  expect((await inOrder).map(opened => opened?.conversation.id)).toEqual([lower, higher])
  const reverse = writer.run(async writing => [await writing.open(higher), await writing.open(lower)])
  await expect(reverse).rejects.toThrow('order of their ids')
  const late = writer.run(async writing => [await writing.open(lower), await writing.lockUsers([patient.id])])
  await expect(late).rejects.toThrow('before conversations')
})

test('who leaves neither reads nor counts it any more, and is a recipient again from the next message on', async () => {
  const { patient, professional, conversationId } = await talk()
  await professional.send(conversationId, 'one')
  await open(conversationId, opened => opened.updateParticipant(patient.id, { leftAt: 'now' }))
  const joinedAt = async () =>
    (await conversations.findParticipants([{ conversationId, userId: patient.id }]))[0]?.joinedAt.getTime() ?? 0
  const joinedFirst = await joinedAt()
  const seen = async () =>
    patient.ask(
      'query ($id: ID!) { conversation(id: $id) { id } conversations { edges { node { id } } } unreadCounts { total } sessions { edges { cursor } } }',
      { id: conversationId },
    )
  const left = await seen()
  expect(left.errors).toMatchObject([{ path: ['conversation'], extensions: { code: 'NOT_FOUND' } }])
  expect(left.data).toEqual({
    conversation: null,
    conversations: { edges: [] },
    unreadCounts: { total: 0 },
    sessions: { edges: [] },
  })
  await professional.send(conversationId, 'two')
  await open(conversationId, async opened => {
    await opened.addParticipants([{ userId: patient.id, role: 'PATIENT' }])
    return opened.updateParticipant(patient.id, { visibleFromSeq: 3 })
  })
  expect((await seen()).data).toMatchObject({ conversation: { id: conversationId }, unreadCounts: { total: 0 } })
  expect(await joinedAt()).toBeGreaterThan(joinedFirst)
  await professional.send(conversationId, 'three')
  expect((await seen()).data).toMatchObject({ unreadCounts: { total: 1 } })
  const periods = await server.database.call(
    `select membership, from_seq as "fromSeq", through_seq as "throughSeq" from membership_periods
      where conversation_id = $1 and user_id = $2 order by membership`,
    [conversationId, patient.id],
  )
  expect(periods).toEqual([
    { membership: 1, fromSeq: 1, throughSeq: 1 },
    { membership: 2, fromSeq: 3, throughSeq: null },
  ])
})

test('who begins to take part, or does so again, is told that their conversations are others now', async () => {
  const { patient, professional } = await pair()
  const signals: string[] = []
  let wakeUp = () => {}
  const stop = await bus.subscribe('user', patient.id, ({ kind }) => {
    signals.push(kind)
    wakeUp()
  })
  const told = async (count: number) => {
    while (signals.length < count) await new Promise<void>(resolve => (wakeUp = resolve))
    return signals.splice(0)
  }
  const conversationId = await conversation(professional, patient)
  expect(await told(1)).toEqual(['conversations'])
  const update = (data: ParticipantUpdate) => open(conversationId, opened => opened.updateParticipant(patient.id, data))
  await update({ visibleFromSeq: 1 })
  await update({ leftAt: 'now' })
  await open(conversationId, opened => opened.addParticipants([{ userId: patient.id, role: 'PATIENT' }]))
  expect(await told(1)).toEqual(['conversations'])
  stop()
})

test('003.3 unread and last messages are those that the participant may see', async () => {
  const { patient, professional, conversationId } = await talk()
  for (const body of ['one', 'two', 'three']) await professional.send(conversationId, body)
  const key = { conversationId, userId: patient.id, asAdmin: false }
  const facts = async () => ({
    unread: await conversations.unreadCounts([key, { ...key, userId: professional.id }, { ...key, userId: 'nobody' }]),
    first: (await conversations.firstUnread([key]))[0]?.body,
    last: (await conversations.lastMessages([key]))[0]?.body,
    total: (await conversations.unreadCountsOf({ userId: patient.id, roles: ['PATIENT'] })).map(
      ({ unreadCount }) => unreadCount,
    ),
  })
  expect(await facts()).toEqual({ unread: [3, 0, 0], first: 'one', last: 'three', total: [3] })
  await open(conversationId, opened => opened.updateParticipant(patient.id, { visibleFromSeq: 3 }))
  expect(await facts()).toEqual({ unread: [1, 0, 0], first: 'three', last: 'three', total: [1] })
  await open(conversationId, opened => opened.updateParticipant(patient.id, { visibleFromSeq: 4 }))
  expect(await facts()).toEqual({ unread: [0, 0, 0], first: undefined, last: undefined, total: [] })
  await open(conversationId, opened => opened.updateParticipant(patient.id, { visibleFromSeq: 1 }))
  await open(conversationId, opened => opened.updateConversation({ status: 'DELETED' }))
  expect(await facts()).toEqual({ unread: [0, 0, 0], first: undefined, last: 'three', total: [] })
})
