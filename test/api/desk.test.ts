import { describe, expect, test } from '@jest/globals'
import { type MadeMessage, make, TestPerson } from '../support/make.js'
import { eventually, toldTo } from '../support/notifications.js'
import { begun, rooms } from '../support/room.js'
import { startApp } from '../support/start-app.js'

const NOTIFIER = { afterMs: 20, sweepEveryMs: 3_600_000, quietForMs: 3_600_000 }
const one = await startApp({ autoProvisionUsers: false }, { notifierTimings: NOTIFIER })
const other = await startApp({ autoProvisionUsers: false }, { beside: one, notifierTimings: NOTIFIER })
const given = make(one)
const { support } = rooms(one)

const MARK = 'mutation ($input: MarkInput!) { markRead(input: $input) { participant { unreadCount } } }'
const STATUS =
  'mutation ($input: SetConversationStatusInput!) { setConversationStatus(input: $input) { conversation { id } } }'
const SEEN = `query ($id: ID!) {
  conversation(id: $id) { viewer { id } counterpart { id } unreadCount firstUnread { body } lastMessage { body } participants { unreadCount } }
  unreadMessages(conversationId: $id) { edges { node { body } } }
  unreadCounts { total conversations { id } }
  conversations(first: 100) { edges { node { id } } }
  unread: conversations(first: 100, filter: { unreadOnly: true }) { edges { node { id } } }
}`

interface Node<T> {
  edges: { node: T }[]
}
interface Seen {
  conversation: {
    viewer: { id: string } | null
    counterpart: { id: string } | null
    unreadCount: number
    firstUnread: { body: string } | null
    lastMessage: { body: string } | null
  }
  unreadMessages: Node<{ body: string }>
  unreadCounts: { total: number; conversations: { id: string }[] }
  conversations: Node<{ id: string }>
  unread: Node<{ id: string }>
}

const newAdmin = () => given.person(['ADMIN'])
const newDesk = async () => {
  const user = await given.patient()
  return { user, id: await support(user) }
}

/** What a viewer is told of one conversation, in every way in which they learn of it. */
const look = async (viewer: TestPerson, id: string) => {
  const { conversation, unreadMessages, unreadCounts, ...lists } = await viewer.request<Seen>(SEEN, { id })
  const has = ({ edges }: Node<{ id: string }>) => edges.some(({ node }) => node.id === id)
  return {
    takesSeat: conversation.viewer !== null,
    counterpart: conversation.counterpart?.id,
    unread: conversation.unreadCount,
    first: conversation.firstUnread?.body,
    last: conversation.lastMessage?.body,
    messages: unreadMessages.edges.map(({ node }) => node.body),
    counted: unreadCounts.conversations.some(found => found.id === id),
    listed: has(lists.conversations),
    listedUnread: has(lists.unread),
  }
}

const NOTHING_NEW = { unread: 0, first: undefined, messages: [], counted: false, listed: true, listedUnread: false }

describe('002.5 an admin who never wrote at the desk', () => {
  test('reads there what the desk has not read, as any other admin', async () => {
    const { user, id } = await newDesk()
    const [admin, colleague] = [await newAdmin(), await newAdmin()]
    await user.send(id, 'one')
    await user.send(id, 'two')
    const fresh = { counterpart: user.id, unread: 2, first: 'one', last: 'two', messages: ['one', 'two'] }
    const expected = { ...fresh, takesSeat: false, counted: true, listed: true, listedUnread: true }
    expect(await look(admin, id)).toEqual(expected)

    await colleague.send(id, 'answer')
    expect(await look(colleague, id)).toEqual({ ...expected, last: 'answer', takesSeat: true })
    expect(await look(admin, id)).toEqual({ ...expected, last: 'answer' })

    const { markRead } = await colleague.request<{ markRead: { participant: { unreadCount: number } } }>(MARK, {
      input: { conversationId: id },
    })
    expect(markRead.participant.unreadCount).toBe(0)
    for (const reader of [admin, colleague]) expect(await look(reader, id)).toMatchObject(NOTHING_NEW)
    await user.send(id, 'three')
    for (const reader of [admin, colleague])
      expect(await look(reader, id)).toMatchObject({ unread: 1, first: 'three', last: 'three', messages: ['three'] })
  })

  test('finds its words, and no longer once an admin has deleted it', async () => {
    const { user, id } = await newDesk()
    const admin = await newAdmin()
    await user.send(id, 'something about marmalade')
    const SEARCH = `query ($id: ID) { searchMessages(query: "marmalade", conversationId: $id) { edges { node { message { body } } } } }`
    const found = async (viewer: TestPerson, id?: string) =>
      (await viewer.request<{ searchMessages: Node<object> }>(SEARCH, { id })).searchMessages.edges.length
    expect([await found(admin), await found(admin, id), await found(user)]).toEqual([1, 1, 1])
    expect(await found(await given.professional())).toBe(0)
    await (await newAdmin()).request(STATUS, { input: { conversationId: id, status: 'DELETED' } })
    expect(await found(admin)).toBe(0)
    expect(
      (
        await admin.request<Seen['conversations'] & { conversations: Node<{ id: string }> }>(
          '{ conversations(first: 100, filter: { statuses: [ACTIVE, DELETED] }) { edges { node { id } } } }',
        )
      ).conversations.edges.map(({ node }) => node.id),
    ).not.toContain(id)
    // Neither the user nor another admin is left without it.
    const START =
      'mutation ($input: StartSupportInput) { startSupportConversation(input: $input) { conversation { id status } } }'
    const back = { startSupportConversation: { conversation: { id, status: 'ACTIVE' } } }
    expect(await user.request(START)).toEqual(back)
    await user.send(id, 'are you there')
    await (await newAdmin()).request(STATUS, { input: { conversationId: id, status: 'DELETED' } })
    expect(await admin.request(START, { input: { userId: user.id } })).toEqual(back)
    expect(await found(admin, id)).toBe(1)
  })
})

test.each([
  { by: 'their first write', act: (admin: TestPerson, id: string): Promise<unknown> => admin.send(id, 'answer') },
  {
    by: 'their first mark',
    act: (admin: TestPerson, conversationId: string) => admin.request(MARK, { input: { conversationId } }),
  },
])('002.5 an admin who takes part by $by learns it live, once', async ({ act }) => {
  const { user, id } = await newDesk()
  await user.send(id, 'Hello')
  const admin = await newAdmin()
  const socket = await admin.at(other).connect()
  type Event = {
    conversationEvents: {
      __typename: string
      conversation?: { viewer: { user: { id: string } } | null }
      message?: { id: string }
    }
  }
  const events = socket.subscribe<Event>(
    `subscription ($id: ID!) { conversationEvents(conversationId: $id) { __typename
      ... on MessageChanged { message { id } }
      ... on ConversationChanged { conversation { viewer { user { id } } } } } }`,
    { id },
  )
  expect(await events.next()).toMatchObject({ conversationEvents: { __typename: 'CaughtUp' } })
  await act(admin, id)
  const isOfItself = ({ conversationEvents }: Event) => conversationEvents.__typename === 'ConversationChanged'
  expect((await events.until(isOfItself)).at(-1)).toMatchObject({
    conversationEvents: { conversation: { viewer: { user: { id: admin.id } } } },
  })
  await act(admin, id)
  const last = await user.send(id, 'Thank you')
  const after = await events.until(({ conversationEvents: { message } }) => message?.id === last.id)
  expect(after.some(isOfItself)).toBe(false)
})

test('002.5 a token that does not name ADMIN opens no desk, whatever is stored of its person, and whatever they wrote', async () => {
  const { user, id } = await newDesk()
  const admin = await given.person(['ADMIN', 'PROFESSIONAL'])
  await admin.send(id, 'answer')
  await user.send(id, 'unmistakable')
  const narrow = new TestPerson(one, admin.id, '', ['PROFESSIONAL'])
  const LOOK = `query ($user: ID!) {
    conversations { edges { node { id } } } unreadCounts { total conversations { id } } unreadMessages { edges { node { id } } }
    searchMessages(query: "unmistakable") { edges { node { rank } } } userHistory { edges { node { id } } } sessions { edges { node { id } } }
    presences(userIds: [$user]) { id }
  }`
  const none = { edges: [] }
  expect(await narrow.request(LOOK, { user: user.id })).toEqual({
    conversations: none,
    unreadCounts: { total: 0, conversations: [] },
    unreadMessages: none,
    searchMessages: none,
    userHistory: none,
    sessions: none,
    presences: [],
  })
  const socket = await narrow.connect()
  const added = socket.subscribe<{ messageAdded: MadeMessage }>('subscription { messageAdded { id body } }')
  const inbox = socket.subscribe('subscription { inboxEvents { __typename } }')
  const seen = socket.subscribe<{ presence: { id: string } }>('subscription { presence { id } }')
  await begun(socket, 3)
  expect(await inbox.next()).toEqual({ inboxEvents: { __typename: 'InboxLive' } })
  await user.send(id, 'nothing for them')
  const { professional, conversationId } = await (async () => {
    const patient = await given.patient()
    await given.care(patient, narrow)
    return { professional: patient, conversationId: await given.conversation(patient, narrow) }
  })()
  await professional.send(conversationId, 'for them')
  await added.expectNext(event => event.messageAdded.body === 'for them')
  await inbox.expectNext(event => JSON.stringify(event).includes('ConversationChanged'))
  await seen.expectNext(event => event.presence.id === professional.id)
})

describe('002.5 live, without a conversation, an admin is told of every SUPPORT conversation', () => {
  const INBOX = `subscription { inboxEvents { __typename
    ... on ConversationChanged { conversation { id status unreadCount lastMessage { body } } } } }`
  interface Inbox {
    inboxEvents: {
      conversation?: { id: string; status: string; unreadCount: number; lastMessage: { body: string } | null }
    }
  }
  const COUNTS = 'subscription { unreadCountsChanged { total conversations { id unreadCount } } }'
  interface Counts {
    unreadCountsChanged: { total: number; conversations: { id: string; unreadCount: number }[] }
  }
  const EDIT = 'mutation ($input: EditMessageInput!) { editMessage(input: $input) { message { id } } }'
  const TYPE = 'mutation ($input: SetTypingInput!) { setTyping(input: $input) { typing { isTyping } } }'

  test.each([
    { where: 'of the same server', server: one },
    { where: 'of another server', server: other },
  ])('$where, also of those to come, and once', async ({ server }) => {
    const old = await newDesk()
    const [admin, colleague] = [(await newAdmin()).at(server), await newAdmin()]
    const socket = await admin.connect()
    const added = socket.subscribe<{ messageAdded: MadeMessage & { conversationId: string } }>(
      'subscription { messageAdded { conversationId body } }',
    )
    const updated = socket.subscribe<{ messageUpdated: { body: string } }>('subscription { messageUpdated { body } }')
    const receipts = socket.subscribe<{ receiptAdvanced: { user: { id: string }; readThrough: number } }>(
      'subscription { receiptAdvanced { user { id } readThrough } }',
    )
    const typing = socket.subscribe<{ typing: { user: { id: string } } }>(
      'subscription { typing { user { id } isTyping } }',
    )
    const inbox = socket.subscribe<Inbox>(INBOX)
    const counts = socket.subscribe<Counts>(COUNTS)
    await begun(socket, 6)
    const { total } = (await counts.next()).unreadCountsChanged
    const toCome = await newDesk()
    for (const [index, { user, id }] of [old, toCome].entries()) {
      const isThis = ({ inboxEvents: { conversation } }: Inbox) => conversation?.id === id
      const message = await user.send(id, `first ${index}`)
      expect(await added.next()).toEqual({ messageAdded: { conversationId: id, body: `first ${index}` } })
      await inbox.until(event => isThis(event) && event.inboxEvents.conversation?.unreadCount === 1)
      expect(
        (await counts.until(event => event.unreadCountsChanged.conversations.some(one => one.id === id))).at(-1),
      ).toEqual({ unreadCountsChanged: { total: total + 1, conversations: [{ id, unreadCount: 1 }] } })
      await user.request(EDIT, { input: { messageId: message.id, body: `edited ${index}` } })
      expect(await updated.next()).toEqual({ messageUpdated: { body: `edited ${index}` } })
      await user.request(TYPE, { input: { conversationId: id, isTyping: true } })
      expect(await typing.next()).toMatchObject({ typing: { user: { id: user.id } } })
      // What any admin has read the desk has read.
      await colleague.request(MARK, { input: { conversationId: id } })
      expect(await receipts.next()).toEqual({ receiptAdvanced: { user: { id: colleague.id }, readThrough: 1 } })
      await inbox.until(event => isThis(event) && event.inboxEvents.conversation?.unreadCount === 0)
      const isZero = (one: { id: string; unreadCount: number }) => one.id === id && one.unreadCount === 0
      const fell = await counts.until(event => event.unreadCountsChanged.conversations.some(isZero))
      expect(fell.at(-1)?.unreadCountsChanged.total).toBe(total)
      expect(added.waiting).toBe(0)
    }
  })

  test('and of their own as its user, once, where they are both', async () => {
    const both = await given.person(['PATIENT', 'ADMIN'])
    const id = await support(both)
    const { user, id: others } = await newDesk()
    const socket = await both.connect()
    const added = socket.subscribe<{ messageAdded: MadeMessage }>('subscription { messageAdded { body } }')
    await begun(socket, 1)
    await both.send(id, 'mine')
    await user.send(others, 'theirs')
    expect((await added.take(2)).map(({ messageAdded }) => messageAdded.body)).toEqual(['mine', 'theirs'])
    expect(await look(both, others)).toMatchObject({ unread: 1, counterpart: user.id })
    expect(await look(both, id)).toMatchObject({ unread: 0, takesSeat: true })
    await given.admin.send(id, 'answer')
    expect(await look(both, id)).toMatchObject({ unread: 1, messages: ['answer'] })
    expect(await look(given.admin, id)).toMatchObject({ unread: 1, messages: ['mine'] })
  })

  test('and not of what happens in one that was deleted, but that it was', async () => {
    const { user, id } = await newDesk()
    const { id: messageId } = await user.send(id, 'one')
    const next = await newDesk()
    const admin = await newAdmin()
    const socket = await (await newAdmin()).connect()
    const updated = socket.subscribe<{ messageUpdated: { body: string } }>('subscription { messageUpdated { body } }')
    const inbox = socket.subscribe<{ inboxEvents: { conversationId?: string } }>(
      'subscription { inboxEvents { ... on ConversationRemoved { conversationId } } }',
    )
    await begun(socket, 2)
    await admin.request(STATUS, { input: { conversationId: id, status: 'DELETED' } })
    await inbox.until(({ inboxEvents: { conversationId } }) => conversationId === id)
    await admin.request('mutation ($input: DeleteMessageInput!) { deleteMessage(input: $input) { message { id } } }', {
      input: { messageId },
    })
    const marker = await next.user.send(next.id, 'two')
    await next.user.request(EDIT, { input: { messageId: marker.id, body: 'marker' } })
    await updated.expectNext(({ messageUpdated }) => messageUpdated.body === 'marker')
  })
})

describe('003.15 a message to the desk', () => {
  const aboutThis = (id: string) => async (person: TestPerson) =>
    (await toldTo(person)).filter(({ kind, conversation }) => kind === 'MESSAGE' && conversation?.id === id)
  const SETTINGS = `mutation ($input: NotificationSettingsInput!) { updateNotificationSettings(input: $input) { conversation { id } } }`

  test('is told to every admin, and read for all of them once one has read it', async () => {
    const { user, id } = await newDesk()
    const told = aboutThis(id)
    const [admin, colleague, muted] = [await newAdmin(), await newAdmin(), await newAdmin()]
    const former = await newAdmin()
    await former.send(id, 'answer')
    await muted.request(SETTINGS, { input: { conversationId: id, enabled: false } })
    await given.admin.request('mutation ($u: [UserInput!]!) { upsertUsers(input: { users: $u }) { users { id } } }', {
      u: [{ id: former.id, displayName: 'Former', roles: ['PATIENT'] }],
    })
    const socket = await admin.connect()
    const live = socket.subscribe<{ notificationAdded: object }>(
      'subscription { notificationAdded { kind actor { id } conversation { id } message { body } } }',
    )
    await begun(socket, 1)
    await user.send(id, 'one')
    await user.send(id, 'two')
    expect(await live.next()).toEqual({
      notificationAdded: { kind: 'MESSAGE', actor: { id: user.id }, conversation: { id }, message: { body: 'one' } },
    })
    for (const one of [admin, colleague])
      expect(
        await eventually(
          () => told(one),
          found => found.length > 0,
        ),
      ).toMatchObject([{ readAt: null }])
    expect(await told(muted)).toEqual([])
    expect(await toldTo(new TestPerson(one, former.id, '', ['PATIENT']))).toEqual([])
    // The one who answered is told as the others are; and nobody of what the desk itself wrote.
    await colleague.send(id, 'answer')
    await colleague.request(MARK, { input: { conversationId: id } })
    for (const one of [admin, colleague]) expect(await told(one)).toMatchObject([{ readAt: expect.any(String) }])
    await user.send(id, 'three')
    for (const one of [admin, colleague])
      expect(
        await eventually(
          () => told(one),
          found => found.length > 1,
        ),
      ).toMatchObject([{ readAt: null, message: { body: 'three' } }, { readAt: expect.any(String) }])
  })

  test('that a user wrote is not told to them, and the answer is', async () => {
    const both = await given.person(['PATIENT', 'ADMIN'])
    const id = await support(both)
    const told = aboutThis(id)
    const admin = await newAdmin()
    await both.send(id, 'mine')
    await eventually(
      () => told(admin),
      found => found.length > 0,
    )
    expect(await told(both)).toEqual([])
    await admin.send(id, 'answer')
    await eventually(
      () => told(both),
      found => found.length > 0,
    )
  })
})

test('002.5 a professional whom the desk supports acts as that: no session, no prescription, no admin’s email', async () => {
  const user = await given.professional()
  const id = await support(user)
  const clerk = await given.person(['ADMIN'], { email: 'clerk@example.org' })
  await clerk.send(id, 'How can we help?')
  const refusal = async (query: string, variables: Record<string, unknown>) =>
    (await user.ask(query, variables)).errors?.[0]?.extensions.code
  const START = 'mutation ($input: CreateSessionInput!) { createSession(input: $input) { session { id } } }'
  expect(await refusal(START, { input: { conversationId: id, type: 'CHAT' } })).toBe('FORBIDDEN')
  const prescription = { prescriptionId: 'p', medication: 'M', dosage: '1' }
  const prescribe = (conversationId: string) =>
    refusal('mutation ($input: SendMessageInput!) { sendMessage(input: $input) { message { id } } }', {
      input: { conversationId, kind: 'PRESCRIPTION', prescription },
    })
  expect(await prescribe(id)).toBe('FORBIDDEN')
  const patient = await given.patient({ email: 'patient@example.org' })
  expect(await prescribe(await support(patient))).toBe('NOT_FOUND')
  await given.care(patient, user)
  const talk = await given.conversation(user, patient)
  expect(await prescribe(talk)).toBeUndefined()
  const EMAIL = 'query ($id: ID!) { user(id: $id) { email } }'
  expect(await user.request(EMAIL, { id: clerk.id })).toEqual({ user: { email: null } })
  expect(await user.request(EMAIL, { id: patient.id })).toEqual({ user: { email: 'patient@example.org' } })
})
