import { afterEach, expect, test } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import { QueueBudget } from '../../src/connections/queue-budget.js'
import type { Conversation, Participant } from '../../src/conversations/conversation.js'
import { FollowedConversation } from '../../src/conversations/followed-conversation.js'
import { ConversationFeeds } from '../../src/events/conversation-feeds.js'
import type { FeedHandle, FeedSource } from '../../src/events/feeds.js'
import { MemoryEventBus } from '../../src/events/memory-event-bus.js'
import type { Change } from '../../src/events/topics.js'
import { createLogger } from '../../src/logger.js'
import { followUpdatedMessages } from '../../src/messages/follow-messages.js'
import type { Message } from '../../src/messages/message.js'

// Real: the feeds and who follows them. Not real: the database; the bus brings nothing, so that everything is read.

const at = new Date(0)

/** A conversation as the database holds it. */
class Rows implements FeedSource {
  readonly conversation: Conversation = {
    id: randomUUID(),
    kind: 'DIRECT',
    status: 'ACTIVE',
    seq: 0,
    rev: 0,
    ownRev: 0,
    firstSeq: 1,
    patientId: 'anna',
    professionalId: 'bob',
    supportUserId: null,
    statusById: null,
    roomType: 'GENERAL',
    title: null,
    description: null,
    tags: [],
    sendRoles: ['PATIENT', 'PROFESSIONAL', 'ADMIN'],
    historyRoles: ['PATIENT', 'PROFESSIONAL', 'ADMIN'],
    careEnded: false,
    activeSessionId: null,
    createdAt: at,
    lastActivityAt: at,
  }
  readonly participant: Participant = {
    id: 'anna in it',
    conversationId: this.conversation.id,
    userId: 'anna',
    role: 'PATIENT',
    rev: 0,
    membership: 1,
    accessRev: 0,
    visibleFromSeq: 1,
    deliveredThrough: 0,
    readThrough: 0,
    ownCanSend: null,
    ownCanViewHistory: null,
    notificationsEnabled: true,
    mutedUntil: null,
    joinedAt: at,
    leftAt: null,
  }
  /** What happens before each reading. */
  readonly before = { changes: [] as (() => void)[], messages: [] as (() => void)[] }
  private readonly messages: Message[] = []

  get part() {
    return this.participant
  }

  add(count: number): void {
    while (count-- > 0) {
      const rev = ++this.conversation.rev
      const id = randomUUID()
      this.messages.push({
        id,
        conversationId: this.conversation.id,
        seq: ++this.conversation.seq,
        rev,
        addedRev: rev,
        senderId: 'bob',
        sender: null,
        senderRole: 'PROFESSIONAL',
        kind: 'TEXT',
        body: 'Hello',
        systemEvent: null,
        clientMessageId: id,
        sessionId: null,
        appointmentId: null,
        serviceId: null,
        replyToId: null,
        card: null,
        createdAt: at,
        editedAt: null,
        deletedAt: null,
      })
    }
  }

  edit(seq: number): void {
    const message = this.messages[seq - 1]
    if (message) this.messages[seq - 1] = { ...message, rev: ++this.conversation.rev, body: 'Edited', editedAt: at }
  }

  async heads(ids: readonly string[]) {
    return new Map(ids.map(id => [id, { rev: this.conversation.rev, seq: this.conversation.seq }]))
  }

  async changesAfter(_id: string, rev: number, limit: number) {
    this.before.changes.shift()?.()
    const { rev: latest, seq } = this.conversation
    const changes = this.messages.map((message): Change => ({ kind: 'message', rev: message.rev, message }))
    changes.sort((one, other) => one.rev - other.rev)
    await turn()
    return { changes: changes.filter(change => change.rev > rev).slice(0, limit), head: { rev: latest, seq } }
  }

  async messagesAfter(_id: string, seq: number, through: number, limit: number) {
    this.before.messages.shift()?.()
    const messages = this.messages.slice(seq, Math.min(through, seq + limit))
    await turn()
    return messages
  }
}

const nothing = () => {}
const logger = createLogger('silent')
let stop = () => Promise.resolve()
afterEach(() => stop())

/** Somebody follows the conversation while it is empty; two rows are read at a time. */
const open = async () => {
  const rows = new Rows()
  const feeds = new ConversationFeeds(new MemoryEventBus(), rows, logger, { graceMs: 0, checkMs: 60_000, pageSize: 2 })
  stop = () => feeds.stop()
  const log: string[] = []
  const nameOf = ({ seq, rev }: Message) => `${seq}@${rev}`
  const handle = await feeds.follow(rows.conversation.id, {
    onChanges: (changes, since) => {
      const messages = changes.flatMap(change => (change.kind === 'message' ? [nameOf(change.message)] : []))
      log.push(`changed since ${since}: ${messages.join(' ')}`)
    },
    onMessages: messages => log.push(`added: ${messages.map(nameOf).join(' ')}`),
  })
  if (!handle) throw new Error('There is no such conversation.')
  return { rows, feeds, handle, log }
}

const level = async (handle: FeedHandle, { conversation }: Rows) => {
  await handle.reach(conversation.rev)
  while (handle.position().seq < conversation.seq) await turn()
}

test('what is new in a gap is so on every page of it', async () => {
  const { rows, handle, log } = await open()
  rows.add(3)
  rows.edit(1)
  await level(handle, rows)
  expect(log).toEqual([
    'changed since 0: 2@2 3@3',
    // Added in the gap as well, though before the page that tells of it.
    'changed since 0: 1@4',
    'added: 1@4 2@2',
    'added: 3@3',
  ])
})

test('a message that is newer than what was told is handed out behind everything up to it', async () => {
  const { rows, handle, log } = await open()
  rows.add(3)
  rows.before.messages.push(() => rows.edit(2))
  await level(handle, rows)
  expect(log).toEqual([
    'changed since 0: 1@1 2@2',
    'changed since 0: 3@3',
    'changed since 0: 2@4',
    'added: 1@1 2@4',
    'added: 3@3',
  ])
})

test('the last message of a gap, changed while it is read, is handed out once', async () => {
  const { rows, handle, log } = await open()
  rows.add(3)
  rows.before.messages.push(nothing, () => rows.edit(3))
  await level(handle, rows)
  expect(log).toEqual([
    'changed since 0: 1@1 2@2',
    'changed since 0: 3@3',
    'added: 1@1 2@2',
    'changed since 0: 3@4',
    'added: 3@4',
  ])
})

test('a message that was handed out and changes while the gap is read is told as changed, and no other', async () => {
  const { rows, feeds, handle } = await open()
  const needs = {
    feeds,
    conversations: { findWithParticipant: async () => rows },
  } as unknown as Parameters<typeof followUpdatedMessages>[0]
  const budget = new QueueBudget(() => {})
  const viewer = { userId: 'anna', roles: ['PATIENT' as const] }
  const updates = await followUpdatedMessages(needs, viewer, rows.conversation.id, budget)
  rows.add(4)
  rows.before.messages.push(nothing, () => {
    rows.edit(2)
    rows.edit(4)
  })
  await level(handle, rows)
  rows.edit(1)
  await level(handle, rows)
  expect([await updates.next(), await updates.next()]).toMatchObject([
    { value: { seq: 2, rev: 5 } },
    { value: { seq: 1, rev: 7 } },
  ])
  await updates.return()
})

const join = async (rows: Rows, feeds: ConversationFeeds) => {
  const added: number[] = []
  const changed: Change[] = []
  const followed = new FollowedConversation(feeds, rows, {
    onChanges: (_, changes) => changed.push(...changes),
    onMessages: (_, messages) => added.push(...messages.map(({ seq }) => seq)),
    onLeft: nothing,
  })
  await followed.attach()
  expect(followed.enter(rows)).toBe(true)
  return { followed, added, changed }
}

test('who joins while the feed is behind is told each message once', async () => {
  const { rows, feeds, handle } = await open()
  rows.add(5)
  const { followed, added } = await join(rows, feeds)
  await followed.catchUp()
  expect(handle.position()).toEqual({ rev: 5, seq: 0 })
  await level(handle, rows)
  rows.add(1)
  await level(handle, rows)
  expect(added).toEqual([1, 2, 3, 4, 5, 6])
})

test('who joins misses nothing of what the feed hands out before they are level with it', async () => {
  const { rows, feeds, handle } = await open()
  rows.add(3)
  const { followed, changed } = await join(rows, feeds)
  // Two pages are read for who joins, and the next for the feed.
  rows.before.changes.push(nothing, nothing, () => {
    rows.edit(1)
    rows.edit(2)
  })
  await followed.catchUp()
  await level(handle, rows)
  expect(changed.map(({ rev }) => rev)).toEqual([3, 4, 5])
})
