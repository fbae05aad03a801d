import { describe, expect, test } from '@jest/globals'
import { Cursors } from '../../src/paging/cursors.js'
import { make, type TestPerson } from '../support/make.js'
import { rooms } from '../support/room.js'
import { startApp } from '../support/start-app.js'
import type { SocketClient } from '../support/subscription-client.js'
import type { Subscription } from '../support/subscription.js'

const app = await startApp()
const given = make(app)

const ADDED = `subscription ($id: ID, $after: String) { messageAdded(conversationId: $id, after: $after) { id seq body cursor conversationId } }`
const UPDATED = 'subscription ($id: ID) { messageUpdated(conversationId: $id) { id seq body deletedAt } }'
const RECEIPTS = `subscription ($id: ID) {
  receiptAdvanced(conversationId: $id) { conversationId user { id } deliveredThrough readThrough }
}`
const SESSIONS = 'subscription ($id: ID) { sessionUpdated(sessionId: $id) { id status endReason } }'
const UNREAD = 'subscription { unreadCountsChanged { id total conversations { id unreadCount } } }'
const INBOX = `subscription {
  inboxEvents {
    __typename
    ... on InboxLive { at }
    ... on ConversationChanged { cursor conversation { id unreadCount lastMessage { seq } viewer { readThrough } activeSession { id } } }
    ... on ConversationRemoved { conversationId }
  }
}`
const EVENTS = `subscription ($id: ID!, $after: String) {
  conversationEvents(conversationId: $id, after: $after) {
    __typename
    cursor
    ... on MessageChanged { change message { seq body } }
    ... on ParticipantChanged { participant { user { id } readThrough } }
    ... on ConversationChanged { conversation { id activeSession { id } } }
  }
}`

interface Added {
  messageAdded: { id: string; seq: number; body: string; cursor: string; conversationId: string }
}
interface Updated {
  messageUpdated: { id: string; seq: number; body: string | null; deletedAt: string | null }
}
interface Receipt {
  receiptAdvanced: { conversationId: string; user: { id: string }; deliveredThrough: number; readThrough: number }
}
interface SessionUpdate {
  sessionUpdated: { id: string; status: string; endReason: string | null }
}
interface Unread {
  unreadCountsChanged: { id: string; total: number; conversations: { id: string; unreadCount: number }[] }
}
interface InboxUpdate {
  inboxEvents: {
    __typename: string
    conversationId?: string
    conversation?: {
      id: string
      unreadCount: number
      lastMessage: { seq: number } | null
      viewer: { readThrough: number }
    }
  }
}
interface Happened {
  conversationEvents: {
    __typename: string
    cursor: string
    change?: string
    message?: { seq: number; body: string | null }
    participant?: { user: { id: string }; readThrough: number }
    conversation?: { id: string; activeSession: { id: string } | null }
  }
}

/** Resolves once all of the socket's subscriptions have begun. */
const begun = async (socket: SocketClient, count: number): Promise<void> => {
  const query = '{ connection { activeSubscriptions } }'
  for (;;) {
    const { connection } = await socket.request<{ connection: { activeSubscriptions: number } }>(query)
    if (connection.activeSubscriptions === count) return
  }
}

const refusal = async (subscription: Subscription<unknown>) => (await subscription.nextResult()).errors?.[0]?.extensions

const endedWith = async (subscription: Subscription<unknown>) => {
  const ending = await subscription.ended()
  return ending.kind === 'ERRORS' ? ending.errors[0]?.extensions.code : ending.kind
}

/** Notifications, which come in their own time, change no conversation's count. */
const nextCount = async (counts: Subscription<Unread>) =>
  (await counts.until(({ unreadCountsChanged }) => unreadCountsChanged.conversations.length > 0)).at(-1)

const markRead = (person: TestPerson, conversationId: string, throughMessageId?: string) =>
  person.request('mutation ($input: MarkInput!) { markRead(input: $input) { participant { readThrough } } }', {
    input: { conversationId, throughMessageId },
  })

const markDelivered = (person: TestPerson, conversationId: string) =>
  person.request('mutation ($input: MarkInput!) { markDelivered(input: $input) { participant { id } } }', {
    input: { conversationId },
  })

const edit = (person: TestPerson, messageId: string, body: string) =>
  person.request('mutation ($input: EditMessageInput!) { editMessage(input: $input) { message { id } } }', {
    input: { messageId, body },
  })

const remove = (person: TestPerson, messageId: string) =>
  person.request('mutation ($input: DeleteMessageInput!) { deleteMessage(input: $input) { message { id } } }', {
    input: { messageId },
  })

const endSession = (person: TestPerson, sessionId: string, reason?: string) =>
  person.request('mutation ($input: EndSessionInput!) { endSession(input: $input) { session { id } } }', {
    input: { sessionId, reason },
  })

/** What no client can do in a DIRECT conversation. */
const updatePart = (conversationId: string, userId: string, data: { leftAt?: 'now'; visibleFromSeq?: number }) =>
  app.services.writer.run(async writing => {
    const open = await writing.open(conversationId)
    return open?.updateParticipant(userId, data)
  })

const comeBack = (conversationId: string, userId: string, visibleFromSeq = 1) =>
  app.services.writer.run(async writing => {
    const open = await writing.open(conversationId)
    await open?.addParticipants([{ userId, role: 'PROFESSIONAL' }])
    return open?.updateParticipant(userId, { visibleFromSeq })
  })

const seqs = (events: Added[]) => events.map(event => event.messageAdded.seq)
const range = (from: number, through: number) => Array.from({ length: through - from + 1 }, (_, index) => from + index)

describe('messageAdded', () => {
  test('000.3 both get every message once and in order, over a WebSocket and over an event stream', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const first = await patient.send(conversationId)
    const socket = await professional.connect()
    const overSocket = socket.subscribe<Added>(ADDED, { id: conversationId })
    await begun(socket, 1)
    const overSse = patient.sse<Added>(ADDED, { id: conversationId, after: first.cursor })
    const sends = Array.from({ length: 40 }, (_, index) => (index % 2 ? patient : professional).send(conversationId))
    await Promise.all(sends)
    expect(seqs(await overSocket.take(40))).toEqual(range(2, 41))
    expect(seqs(await overSse.take(40))).toEqual(range(2, 41))
  })

  test('002.10 what came while a person was offline waits for them, and live messages follow it', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const first = await patient.send(conversationId, 'The last that was seen')
    await Promise.all(range(1, 450).map(() => patient.send(conversationId)))
    await edit(patient, first.id, 'Edited since')
    const socket = await professional.connect()
    const missed = socket.subscribe<Added>(ADDED, { id: conversationId, after: first.cursor })
    const more = range(1, 20).map(() => patient.send(conversationId))
    expect(seqs(await missed.take(470))).toEqual(range(2, 471))
    await Promise.all(more)
    await patient.send(conversationId)
    expect(seqs(await missed.take(1))).toEqual([472])
  })

  test('004.6 resumes exactly, also on another server', async () => {
    const other = await startApp({}, { beside: app })
    const { patient, professional, conversationId } = await given.talk()
    const first = await patient.send(conversationId)
    const sends = range(1, 60).map(() => patient.send(conversationId))
    const received: number[] = []
    let after = first.cursor
    for (const server of [app, other, app, other]) {
      const socket = await professional.at(server).connect()
      for (const { messageAdded } of await socket.subscribe<Added>(ADDED, { id: conversationId, after }).take(15)) {
        received.push(messageAdded.seq)
        after = messageAdded.cursor
      }
      socket.terminate()
    }
    await Promise.all(sends)
    expect(received).toEqual(range(2, 61))
  })

  test('without a conversation it follows all of the viewer’s, those to come included', async () => {
    const { patient, professional, conversationId } = await given.talk()
    await patient.send(conversationId, 'Before')
    const another = await given.patient()
    const socket = await professional.connect()
    const all = socket.subscribe<Added>(ADDED)
    await begun(socket, 1)
    await given.care(another, professional)
    const input = { recipientId: professional.id, body: 'The first of a new conversation' }
    await another.request('mutation ($input: SendMessageInput!) { sendMessage(input: $input) { message { id } } }', {
      input,
    })
    expect(await all.next()).toMatchObject({ messageAdded: { seq: 1, body: input.body } })
    await patient.send(conversationId, 'Present')
    expect(await all.next()).toMatchObject({ messageAdded: { seq: 2, body: 'Present', conversationId } })
  })

  test('refuses a place that is not one in the conversation', async () => {
    const { patient, conversationId } = await given.talk()
    const elsewhere = await given.talk()
    const { cursor: ofOther } = await elsewhere.patient.send(elsewhere.conversationId)
    const { cursors } = app.services
    const ahead = cursors.message(conversationId, 1)
    const ofEvent = cursors.event(conversationId, 1)
    const ofOtherHistory = new Cursors('elsewhere').message(conversationId, 0)
    const socket = await patient.connect()
    for (const after of [ofOther, ahead, ofEvent, ofOtherHistory, '', 'nonsense'])
      expect(await refusal(socket.subscribe(ADDED, { id: conversationId, after }))).toMatchObject({
        code: 'BAD_USER_INPUT',
        field: 'after',
      })
    const everywhere = socket.subscribe(ADDED, { after: cursors.message(conversationId, 0) })
    expect(await refusal(everywhere)).toMatchObject({ code: 'BAD_USER_INPUT', field: 'after' })
  })

  test('shows nothing from before the viewer may see', async () => {
    const { patient, professional, conversationId } = await given.talk()
    await given.messages(conversationId, [patient], 4)
    await updatePart(conversationId, professional.id, { visibleFromSeq: 3 })
    const after = app.services.cursors.message(conversationId, 0)
    const seen = (await professional.connect()).subscribe<Added>(ADDED, { id: conversationId, after })
    expect(seqs(await seen.take(2))).toEqual([3, 4])
  })
})

describe('messageUpdated', () => {
  test('003.14 tells of edits and deletions, and not of new messages or receipts', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const message = await patient.send(conversationId, 'Frist')
    const socket = await professional.connect()
    const one = socket.subscribe<Updated>(UPDATED, { id: conversationId })
    const all = socket.subscribe<Updated>(UPDATED)
    await begun(socket, 2)
    await patient.send(conversationId)
    await markRead(professional, conversationId)
    await edit(patient, message.id, 'First')
    await remove(patient, message.id)
    for (const updates of [one, all]) {
      expect(await updates.next()).toMatchObject({ messageUpdated: { id: message.id, body: 'First', deletedAt: null } })
      const { messageUpdated } = await updates.next()
      expect(messageUpdated).toMatchObject({ id: message.id, body: null, deletedAt: expect.any(String) })
    }
  })
})

describe('receiptAdvanced', () => {
  test('001.4 the sender learns at once that a message was delivered and read', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const socket = await patient.connect()
    const one = socket.subscribe<Receipt>(RECEIPTS, { id: conversationId })
    const all = socket.subscribe<Receipt>(RECEIPTS)
    await begun(socket, 2)
    await patient.send(conversationId)
    await markDelivered(professional, conversationId)
    await markRead(professional, conversationId)
    await markRead(professional, conversationId)
    await patient.send(conversationId)
    await updatePart(conversationId, professional.id, { visibleFromSeq: 1 })
    await markRead(professional, conversationId)
    for (const receipts of [one, all]) {
      const positions = (await receipts.take(3)).map(({ receiptAdvanced: { deliveredThrough, readThrough, user } }) => [
        user.id === professional.id,
        deliveredThrough,
        readThrough,
      ])
      expect(positions).toEqual([
        [true, 1, 0],
        [true, 1, 1],
        [true, 2, 2],
      ])
    }
  })

  test('001.4 who has come back is told of the first move after it, also of their own', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const socket = await professional.connect()
    const receipts = socket.subscribe<Receipt>(RECEIPTS)
    const added = socket.subscribe<Added>(ADDED)
    await begun(socket, 2)
    const told = async (readThrough: number) => {
      await patient.send(conversationId)
      await added.until(({ messageAdded }) => messageAdded.seq === readThrough)
      await markRead(professional, conversationId)
      expect(await receipts.next()).toMatchObject({ receiptAdvanced: { user: { id: professional.id }, readThrough } })
    }
    await told(1)
    await updatePart(conversationId, professional.id, { leftAt: 'now' })
    await comeBack(conversationId, professional.id)
    await told(2)
  })

  test('joining a conversation, the first time or again, moves nobody', async () => {
    const { patient, professional, conversationId } = await given.talk()
    await patient.send(conversationId)
    await markRead(professional, conversationId)
    const socket = await patient.connect()
    const one = socket.subscribe<Receipt>(RECEIPTS, { id: conversationId })
    const all = socket.subscribe<Receipt>(RECEIPTS)
    await begun(socket, 2)
    await updatePart(conversationId, professional.id, { leftAt: 'now' })
    await comeBack(conversationId, professional.id)
    await patient.send(conversationId)
    await markRead(professional, conversationId)
    const moved = (user: TestPerson, conversationId: string, through: number) => ({
      receiptAdvanced: { conversationId, user: { id: user.id }, deliveredThrough: through, readThrough: through },
    })
    for (const receipts of [one, all]) expect(await receipts.next()).toEqual(moved(professional, conversationId, 2))
    const another = await given.professional()
    await given.care(patient, another)
    const newId = await given.conversation(another, patient)
    await patient.send(newId)
    await markRead(another, newId)
    await markRead(another, newId)
    await patient.send(conversationId)
    await markRead(professional, conversationId)
    expect(await all.take(2)).toEqual([moved(another, newId, 1), moved(professional, conversationId, 3)])
    expect(await one.next()).toEqual(moved(professional, conversationId, 3))
  })
})

describe('unreadCountsChanged', () => {
  test('001.5 gives the present counts, then what changes, zero included', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const other = await given.patient()
    await given.care(other, professional)
    const otherId = await given.conversation(other, professional)
    await patient.send(conversationId)
    const counts = (await professional.connect()).subscribe<Unread>(UNREAD)
    const told = (total: number, id: string, unreadCount: number) => ({
      unreadCountsChanged: { id: professional.id, total, conversations: [{ id, unreadCount }] },
    })
    expect(await nextCount(counts)).toEqual(told(1, conversationId, 1))
    const message = await other.send(otherId)
    expect(await nextCount(counts)).toEqual(told(2, otherId, 1))
    await professional.send(conversationId)
    await markRead(professional, conversationId)
    expect(await nextCount(counts)).toEqual(told(1, conversationId, 0))
    await remove(other, message.id)
    expect(await nextCount(counts)).toEqual(told(0, otherId, 0))
  })
})

test('001.5 the first counts come whole, but for a conversation that the viewer leaves at that very moment', async () => {
  const { patient, professional, conversationId } = await given.talk()
  const leaving = await rooms(app).group(professional, patient)
  for (const id of [conversationId, leaving]) await patient.send(id)
  const call = app.database.call.bind(app.database)
  // Between the counting and the telling.
  const meanwhile = async (sql: string, ...rest: [unknown[]]) => {
    if (sql.includes('from notifications n where n.user_id = k.user_id')) {
      Object.assign(app.database, { call })
      await updatePart(leaving, professional.id, { leftAt: 'now' })
    }
    return call(sql, ...rest)
  }
  const socket = await professional.connect()
  Object.assign(app.database, { call: meanwhile })
  const counts = socket.subscribe<Unread>(UNREAD)
  const [first, next] = await counts.take(2)
  const conversation = { id: conversationId, unreadCount: 1 }
  expect(first?.unreadCountsChanged.conversations).toEqual([conversation])
  expect(next?.unreadCountsChanged).toMatchObject({ total: 1, conversations: [] })
})

/** Somebody follows their counts and their list while a message of the other's is unread. */
const followed = async () => {
  const { patient, professional, conversationId } = await given.talk()
  const messages = await given.messages(conversationId, [professional], 2)
  const socket = await patient.connect()
  const counts = socket.subscribe<Unread>(UNREAD)
  const inbox = socket.subscribe<InboxUpdate>(INBOX)
  await counts.until(({ unreadCountsChanged }) => unreadCountsChanged.total === 2)
  await inbox.until(({ inboxEvents }) => inboxEvents.__typename === 'InboxLive')
  const told = async (unreadCount: number) => {
    const conversation = { id: conversationId, unreadCount }
    expect(await nextCount(counts)).toMatchObject({
      unreadCountsChanged: { total: unreadCount, conversations: [conversation] },
    })
    expect(await inbox.next()).toMatchObject({ inboxEvents: { conversation } })
  }
  return { professional, conversationId, messages, counts, inbox, told }
}

test('003.10 what is restored counts again, in the counts and in the list', async () => {
  const { professional, messages, told } = await followed()
  await remove(professional, messages[0]?.id ?? '')
  await told(1)
  const restore = 'mutation ($input: RestoreMessageInput!) { restoreMessage(input: $input) { message { id } } }'
  await professional.request(restore, { input: { messageId: messages[0]?.id } })
  await told(2)
})

test('003.2 a conversation that is deleted leaves the counts and the list, and comes back with what is unread', async () => {
  const { professional, conversationId, messages, counts, inbox, told } = await followed()
  const set = (status: string) =>
    professional.request(
      'mutation ($input: SetConversationStatusInput!) { setConversationStatus(input: $input) { conversation { id } } }',
      { input: { conversationId, status } },
    )
  await set('DELETED')
  await counts.until(({ unreadCountsChanged: { total } }) => total === 0)
  expect(await inbox.next()).toEqual({ inboxEvents: { __typename: 'ConversationRemoved', conversationId } })
  await set('ACTIVE')
  await told(2)
  await set('DELETED')
  await counts.until(({ unreadCountsChanged: { total } }) => total === 0)
  expect(await inbox.next()).toEqual({ inboxEvents: { __typename: 'ConversationRemoved', conversationId } })
  for (const { id } of messages) await remove(professional, id)
  await set('ACTIVE')
  await told(0)
})

describe('inboxEvents', () => {
  test('004.3 the list of conversations is live', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const inbox = (await professional.connect()).subscribe<InboxUpdate>(INBOX)
    expect((await inbox.next()).inboxEvents.__typename).toBe('InboxLive')
    await patient.send(conversationId)
    const changed = (conversation: object) => ({ inboxEvents: { __typename: 'ConversationChanged', conversation } })
    expect(await inbox.next()).toMatchObject(changed({ id: conversationId, unreadCount: 1, lastMessage: { seq: 1 } }))
    // Of no concern to the list.
    await markRead(patient, conversationId)
    await markDelivered(professional, conversationId)
    await markRead(professional, conversationId)
    expect(await inbox.next()).toMatchObject(
      changed({ id: conversationId, unreadCount: 0, viewer: { readThrough: 1 } }),
    )
    const another = await given.patient()
    await given.care(another, professional)
    const newId = await given.conversation(another, professional)
    expect(await inbox.next()).toMatchObject(changed({ id: newId, lastMessage: null }))
    const sessionId = await given.session(patient, professional)
    await inbox.until(
      ({ inboxEvents: { conversation } }) => conversation?.id === conversationId && conversation.lastMessage?.seq === 2,
    )
    await endSession(patient, sessionId)
    await inbox.until(({ inboxEvents: { conversation } }) => conversation?.lastMessage?.seq === 3)
    await updatePart(newId, professional.id, { leftAt: 'now' })
    const removed = await inbox.until(event => event.inboxEvents.__typename === 'ConversationRemoved')
    expect(removed.at(-1)?.inboxEvents.conversationId).toBe(newId)
    await comeBack(newId, professional.id)
    expect((await inbox.until(event => event.inboxEvents.conversation?.id === newId)).length).toBeGreaterThan(0)
  })
})

describe('sessionUpdated', () => {
  test('000.1 tells of sessions that start and end', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const socket = await professional.connect()
    const all = socket.subscribe<SessionUpdate>(SESSIONS)
    await begun(socket, 1)
    const id = await given.session(patient, professional)
    expect(await all.next()).toEqual({ sessionUpdated: { id, status: 'ACTIVE', endReason: null } })
    const one = socket.subscribe<SessionUpdate>(SESSIONS, { id })
    await begun(socket, 2)
    await patient.send(conversationId)
    await endSession(patient, id, 'Done')
    for (const sessions of [all, one])
      expect(await sessions.next()).toEqual({ sessionUpdated: { id, status: 'ENDED', endReason: 'Done' } })
    const second = await given.session(patient, professional)
    expect(await all.next()).toMatchObject({ sessionUpdated: { id: second, status: 'ACTIVE' } })
    expect(one.waiting).toBe(0)
    const stranger = await (await given.patient()).connect()
    for (const unknown of [id, 'nonsense', conversationId])
      expect(await refusal(stranger.subscribe(SESSIONS, { id: unknown }))).toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('conversationEvents', () => {
  const kinds = (events: Happened[]) =>
    events.map(({ conversationEvents: { __typename, change } }) => (change ? `${__typename} ${change}` : __typename))

  test('003.14 tells everything that happens, in its order', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const events = (await professional.connect()).subscribe<Happened>(EVENTS, { id: conversationId })
    expect(kinds([await events.next()])).toEqual(['CaughtUp'])
    const message = await patient.send(conversationId)
    await edit(patient, message.id, 'Edited')
    await markRead(professional, conversationId)
    const id = await given.session(patient, professional)
    const happened = await events.until(event => event.conversationEvents.conversation?.activeSession?.id === id)
    const added = 'MessageChanged ADDED'
    expect(kinds(happened).slice(0, 3)).toEqual([added, 'MessageChanged UPDATED', 'ParticipantChanged'])
    expect(happened[2]?.conversationEvents.participant).toEqual({ user: { id: professional.id }, readThrough: 1 })
    const rest = kinds([...happened.slice(3), ...(happened.length < 5 ? [await events.next()] : [])])
    expect(rest.sort()).toEqual(['ConversationChanged', added])
  })

  test('002.10 behind a cursor comes what changed since, each thing once, then what is live', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const old = await patient.send(conversationId, 'Old')
    const { history } = await patient.request<{ history: { eventCursor: string } }>(
      'query ($id: ID!) { history(conversationId: $id) { eventCursor } }',
      { id: conversationId },
    )
    const fresh = await patient.send(conversationId, 'New')
    await markDelivered(professional, conversationId)
    await edit(patient, old.id, 'Old, edited')
    await edit(patient, fresh.id, 'New, edited')
    await markRead(professional, conversationId)
    const socket = await professional.connect()
    const events = socket.subscribe<Happened>(EVENTS, { id: conversationId, after: history.eventCursor })
    const replayed = await events.take(4)
    expect(kinds(replayed)).toEqual([
      'MessageChanged UPDATED',
      'MessageChanged ADDED',
      'ParticipantChanged',
      'CaughtUp',
    ])
    expect(replayed[1]?.conversationEvents.message).toEqual({ seq: 2, body: 'New, edited' })
    await patient.send(conversationId, 'Live')
    expect((await events.next()).conversationEvents).toMatchObject({ change: 'ADDED', message: { seq: 3 } })
    const after = replayed[1]?.conversationEvents.cursor
    const again = socket.subscribe<Happened>(EVENTS, { id: conversationId, after })
    const overSse = professional.sse<Happened>(EVENTS, { id: conversationId, after })
    for (const resumed of [again, overSse])
      expect(kinds(await resumed.take(3))).toEqual(['ParticipantChanged', 'MessageChanged ADDED', 'CaughtUp'])
    await edit(patient, old.id, 'Old, edited again')
    for (const resumed of [events, again, overSse])
      expect((await resumed.next()).conversationEvents).toMatchObject({
        change: 'UPDATED',
        message: { seq: 1, body: 'Old, edited again' },
      })
  })

  test('004.6 a replay that could not be complete is a ResyncRequired, and live events follow', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const start = app.services.cursors.event(conversationId, 3)
    const socket = await professional.connect()
    const follow = (after: string) => socket.subscribe<Happened>(EVENTS, { id: conversationId, after })
    const resync = ['ResyncRequired', 'CaughtUp']
    const afterOther = app.services.cursors.event((await given.talk()).conversationId, 3)
    expect(await refusal(follow(afterOther))).toMatchObject({ code: 'BAD_USER_INPUT', field: 'after' })
    expect(await refusal(follow('nonsense'))).toMatchObject({ code: 'BAD_USER_INPUT', field: 'after' })
    expect(kinds(await follow(new Cursors('restored').event(conversationId, 3)).take(2))).toEqual(resync)
    expect(kinds(await follow(app.services.cursors.event(conversationId, 4)).take(2))).toEqual(resync)

    const live = follow(start)
    expect(kinds(await live.take(1))).toEqual(['CaughtUp'])
    const message = await patient.send(conversationId)
    expect(kinds(await live.take(1))).toEqual(['MessageChanged ADDED'])
    await updatePart(conversationId, professional.id, { visibleFromSeq: 2 })
    expect(kinds(await live.take(2))).toEqual(resync)
    expect(kinds(await follow(start).take(2))).toEqual(resync)
    await edit(patient, message.id, 'Out of sight')
    await patient.send(conversationId)
    expect((await live.next()).conversationEvents.message).toMatchObject({ seq: 2 })

    const before = app.services.cursors.event(conversationId, 7)
    await app.database.call('update conversations set rev = rev + 10001 where id = $1::uuid', [conversationId])
    expect(kinds(await follow(before).take(2))).toEqual(resync)
  })
})

describe('access', () => {
  const FOLLOWED = {
    messageAdded: ADDED,
    messageUpdated: UPDATED,
    receiptAdvanced: RECEIPTS,
    conversationEvents: EVENTS,
  }
  const queries = Object.values(FOLLOWED)

  test('004.4 who does not take part follows nothing', async () => {
    const { conversationId } = await given.talk()
    const stranger = await (await given.professional()).connect()
    const admin = await given.admin.connect()
    for (const query of queries) {
      for (const id of [conversationId, 'nonsense', '00000000-0000-4000-8000-000000000000'])
        expect(await refusal(stranger.subscribe(query, { id }))).toMatchObject({ code: 'NOT_FOUND' })
      expect(await refusal(admin.subscribe(query, { id: conversationId }))).toMatchObject({ code: 'FORBIDDEN' })
    }
  })

  test('001.2 the end of a care relationship ends what follows the conversation, for both, and only that', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const sessionId = await given.session(patient, professional)
    for (const person of [patient, professional]) {
      const socket = await person.connect()
      const subscriptions = queries.map(query => socket.subscribe(query, { id: conversationId }))
      subscriptions.push(socket.subscribe(SESSIONS, { id: sessionId }))
      const inbox = socket.subscribe<InboxUpdate>(INBOX)
      const sessions = socket.subscribe<SessionUpdate>(SESSIONS)
      await begun(socket, subscriptions.length + 2)
      await given.care(patient, professional, person === professional)
      if (person === professional) await given.care(patient, professional, false)
      for (const subscription of subscriptions) expect(await endedWith(subscription)).toBe('FORBIDDEN')
      for (const query of queries)
        expect(await refusal(socket.subscribe(query, { id: conversationId }))).toMatchObject({ code: 'FORBIDDEN' })
      await inbox.until(({ inboxEvents }) => inboxEvents.conversation?.id === conversationId)
      if (person === patient)
        expect(await sessions.next()).toMatchObject({ sessionUpdated: { id: sessionId, status: 'ENDED' } })
      if (person === patient) await given.care(patient, professional)
    }
  })

  test('004.4 who leaves follows nothing more, and rejoining does not revive it', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const socket = await professional.connect()
    const subscriptions = queries.map(query => socket.subscribe(query, { id: conversationId }))
    const all = socket.subscribe<Added>(ADDED)
    await begun(socket, queries.length + 1)
    await updatePart(conversationId, professional.id, { leftAt: 'now' })
    await patient.send(conversationId, 'Among others')
    for (const subscription of subscriptions) expect(await endedWith(subscription)).toBe('FORBIDDEN')
    await comeBack(conversationId, professional.id, 2)
    await patient.send(conversationId, 'Welcome back')
    expect((await all.next()).messageAdded.body).toBe('Welcome back')
  })
})
