import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { randomUUID } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import { QueueBudget } from '../../src/connections/queue-budget.js'
import type { ConversationEvent } from '../../src/conversations/conversation-events.js'
import { ConversationStore } from '../../src/conversations/conversation.store.js'
import { StoredConversationWriter } from '../../src/conversations/conversation-writer.store.js'
import { followEvents } from '../../src/conversations/follow-events.js'
import { InboxStore } from '../../src/conversations/inbox.store.js'
import { Inboxes } from '../../src/conversations/inboxes.js'
import { AccessGrantStore } from '../../src/oversight/access-grant.store.js'
import { GrantWatch } from '../../src/oversight/grant-watch.js'
import { ConversationFeeds } from '../../src/events/conversation-feeds.js'
import type { FeedSource } from '../../src/events/feeds.js'
import { FeedStore } from '../../src/events/feed.store.js'
import { MemoryEventBus } from '../../src/events/memory-event-bus.js'
import { ChangeEvents } from '../../src/conversations/change-events.js'
import { Traffic } from '../../src/metrics/traffic.js'
import { Cursors } from '../../src/paging/cursors.js'
import { createLogger } from '../../src/logger.js'
import { followAddedMessages } from '../../src/messages/follow-messages.js'
import { MarkStore } from '../../src/messages/mark.store.js'
import type { Message } from '../../src/messages/message.js'
import { MessageStore } from '../../src/messages/message.store.js'
import { openDatabase } from '../../src/persistence/open-database.js'
import { cleanUp } from '../support/cleanup.js'
import { createEmbeddedDatabase, createPostgresDatabase } from '../support/database.js'
import { engine } from '../support/engine.js'
import { type Fault, FaultyBus } from '../support/faulty-bus.js'
import { PROPERTY_TIMEOUT_MS, propertyRuns } from '../support/property-runs.js'
import { StreamReader } from '../support/stream-reader.js'

const open = async () => {
  if (engine === 'embedded') return createEmbeddedDatabase()
  const { url, drop } = await createPostgresDatabase()
  cleanUp(drop)
  return openDatabase({ databaseUrl: url, dataDir: '', production: false })
}

const database = await open()
cleanUp(() => database.close())
const logger = createLogger('silent')
const cursors = new Cursors('epoch')
const changeEvents = new ChangeEvents(cursors)
const conversations = new ConversationStore(database)
const source = new FeedStore(database)
const unlimited = () =>
  new QueueBudget(
    () => {},
    () => false,
    Infinity,
  )

const bus = new MemoryEventBus()
const publish: ConstructorParameters<typeof MessageStore>[2] = (id, range) => bus.publish('conversation', id, range)
const messages = new MessageStore(database, 'key', publish)
const marks = new MarkStore(database, publish, () => {})
const grants = new AccessGrantStore(database)
const writer = new StoredConversationWriter(database, bus)

/** The world goes on while an answer is under way. */
const slow = (source: FeedSource): FeedSource => {
  const later = async <T>(answer: Promise<T>): Promise<T> => {
    const value = await answer
    for (let turns = 0; turns < 3; turns++) await turn()
    return value
  }
  return {
    heads: ids => later(source.heads(ids)),
    changesAfter: (...where) => later(source.changesAfter(...where)),
    messagesAfter: (...where) => later(source.messagesAfter(...where)),
  }
}

/** A process that sees a faulty bus. Small pages and short waits, so that few messages meet every case. */
const startProcess = (plan: readonly Fault[]) => {
  const faulty = new FaultyBus(bus, plan)
  const feeds = new ConversationFeeds(faulty, slow(source), logger, { graceMs: 2, checkMs: 15, pageSize: 3 })
  const inboxes = new Inboxes({ bus: faulty, feeds, store: new InboxStore(database), logger }, 25)
  feeds.start()
  inboxes.start()
  const grantWatch = new GrantWatch({ grants, bus: faulty, logger })
  cleanUp(() => grantWatch.stop())
  return { faulty, feeds, inboxes, conversations, cursors, changeEvents, traffic: new Traffic(), grants, grantWatch }
}
type Process = ReturnType<typeof startProcess>

const newConversation = async () => {
  const patientId = randomUUID()
  const professionalId = randomUUID()
  await database.call(
    `insert into users (id, display_name, roles) values ($1, 'One', '{PATIENT}'), ($2, 'Other', '{PROFESSIONAL}')`,
    [patientId, professionalId],
  )
  const id = await writer.run(async writing => {
    const participants = [
      { userId: patientId, role: 'PATIENT' as const },
      { userId: professionalId, role: 'PROFESSIONAL' as const },
    ]
    return (await writing.create({ kind: 'DIRECT', patientId, professionalId, participants })).conversation.id
  })
  return { id, patientId, professionalId }
}
type Talk = Awaited<ReturnType<typeof newConversation>>

type Step =
  | { do: 'send'; count: number }
  | { do: 'edit' | 'delete'; which: number }
  | { do: 'mark' }
  | { do: 'release' }
  | { do: 'follow'; what: 'ONE' | 'ALL' | 'EVENTS'; process: number; after: number | null; turns: number }

const fault = fc.constantFrom<Fault>('NONE', 'NONE', 'DROP', 'DOUBLE', 'HOLD', 'HOLD_COPY')
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('send'), count: fc.integer({ min: 1, max: 7 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('edit', 'delete'), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('mark') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('release') }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('follow'),
      what: fc.constantFrom('ONE', 'ONE', 'ALL', 'EVENTS'),
      process: fc.integer({ min: 0, max: 1 }),
      after: fc.option(fc.nat()),
      turns: fc.integer({ min: 0, max: 3 }),
    }),
  },
)

interface Follower {
  caughtUp(head: { rev: number; seq: number }): Promise<void>
  check(head: { rev: number; seq: number }): Promise<void>
  stop(): Promise<void>
}

const range = (from: number, through: number) =>
  Array.from({ length: Math.max(0, through - from + 1) }, (_, index) => from + index)

const headOf = async (id: string) => (await source.heads([id])).get(id) ?? { rev: 0, seq: 0 }

const followMessages = async (process: Process, talk: Talk, all: boolean, after: number | null, turns: number) => {
  const viewer = { userId: talk.patientId, roles: ['PATIENT' as const] }
  const before = await headOf(talk.id)
  const afterSeq = after === null || all ? null : after % (before.seq + 1)
  const stream = await followAddedMessages(
    process,
    viewer,
    { conversationId: all ? null : talk.id, after: afterSeq === null ? null : cursors.message(talk.id, afterSeq) },
    unlimited(),
  )
  const { seq: latestStart } = await headOf(talk.id)
  const reader = new StreamReader<Message>(stream, turns)
  const follower: Follower = {
    caughtUp: ({ seq }) => reader.until(items => items.at(-1)?.seq === seq),
    check: ({ seq }) => {
      const first = afterSeq === null ? (reader.items[0]?.seq ?? latestStart + 1) : afterSeq + 1
      expect(reader.items.map(message => message.seq)).toEqual(range(first, seq))
      expect(first).toBeLessThanOrEqual(latestStart + 1)
      return Promise.resolve()
    },
    stop: () => reader.stop(),
  }
  return follower
}

const follow = (process: Process | undefined, talk: Talk, { what, after, turns }: Step & { do: 'follow' }) => {
  if (!process) throw new Error('There is no such process.')
  return what === 'EVENTS'
    ? followEverything(process, talk, after, turns)
    : followMessages(process, talk, what === 'ALL', after, turns)
}

const isCaughtUp = (event: ConversationEvent) => event.type === 'CaughtUp'

const messagesIn = (events: ConversationEvent[]) =>
  events.flatMap(event => (event.type === 'MessageChanged' ? [event] : []))

const followEverything = async (process: Process, talk: Talk, after: number | null, turns: number) => {
  const viewer = { userId: talk.patientId, roles: ['PATIENT' as const] }
  const access = await conversations.findWithParticipant(talk.id, talk.patientId)
  const oldest = access?.participant?.accessRev ?? 0
  const before = await headOf(talk.id)
  const afterRev = after === null ? null : oldest + (after % (before.rev - oldest + 1))
  const cursor = afterRev === null ? null : cursors.event(talk.id, afterRev)
  const stream = await followEvents(process, viewer, { conversationId: talk.id, after: cursor }, unlimited())
  const latestStart = await headOf(talk.id)
  const reader = new StreamReader<ConversationEvent>(stream, turns)
  const revOf = (event: ConversationEvent) => cursors.readEvent(event.cursor).rev
  const follower: Follower = {
    caughtUp: ({ rev }) => reader.until(items => items.some(isCaughtUp) && items.map(revOf).at(-1) === rev),
    check: async () => {
      const changes = reader.items.filter(event => !isCaughtUp(event))
      const revs = changes.map(revOf)
      expect(reader.items.filter(isCaughtUp)).toHaveLength(1)
      expect(revs).toEqual([...new Set(revs)].sort((one, other) => one - other))
      const since = afterRev ?? latestStart.rev
      const { changes: missed } = await source.changesAfter(talk.id, since, 10_000)
      const told = messagesIn(reader.items)
      for (const change of missed) {
        if (change.kind !== 'message') continue
        const own = told.filter(event => event.message.id === change.message.id)
        // Live, a new message brings its sender along.
        expect({ ...own.at(-1)?.message, sender: null }).toEqual(change.message)
        if (change.message.addedRev > since) {
          expect(own.map(event => event.change)).toEqual(own.map((_, index) => (index === 0 ? 'ADDED' : 'UPDATED')))
        }
      }
      if (afterRev !== null)
        for (const event of told) if (event.message.addedRev <= afterRev) expect(event.change).toBe('UPDATED')
    },
    stop: () => reader.stop(),
  }
  return follower
}

const change = async (talk: Talk, step: Step & { do: 'edit' | 'delete' }) => {
  const { seq } = await headOf(talk.id)
  if (seq === 0) return
  const [message] = await source.messagesAfter(talk.id, step.which % seq, seq, 1)
  if (!message) return
  await writer.run(async writing => {
    const open = await writing.open(talk.id)
    await open?.updateMessage(
      message.id,
      step.do === 'edit'
        ? { body: `Edited ${step.which}`, editedAt: 'now' }
        : { deletedAt: 'now', deletedById: talk.patientId },
    )
  })
}

const mark = ({ id, patientId }: Talk) =>
  marks.advance({ conversationId: id, userId: patientId, throughMessageId: null, kind: 'READ', requestId: 'r' })

const send = (talk: Talk, count: number) => {
  const one = (index: number) =>
    messages.send({
      conversationId: talk.id,
      senderId: index % 2 ? talk.patientId : talk.professionalId,
      asRole: null,
      clientMessageId: null,
      kind: 'TEXT',
      body: `Message ${index}`,
      appointmentId: null,
      serviceId: null,
      replyToId: null,
      card: null,
      attachmentIds: [],
      emergency: false,
      requestId: 'r',
    })
  return Promise.all(range(1, count).map(one))
}

const play = async (talk: Talk, processes: Process[], steps: Step[]) => {
  const followers: Promise<Follower>[] = []
  const writes: Promise<unknown>[] = []
  for (const step of steps) {
    if (step.do === 'send') writes.push(send(talk, step.count))
    if (step.do === 'edit' || step.do === 'delete') writes.push(change(talk, step))
    if (step.do === 'mark') writes.push(mark(talk))
    if (step.do === 'release') for (const { faulty } of processes) faulty.release()
    if (step.do === 'follow') followers.push(follow(processes[step.process], talk, step))
    // Some steps begin before the last write has ended.
    await (step.do === 'send' && step.count % 2 ? turn() : Promise.all(writes))
  }
  const present = await Promise.all(followers)
  await Promise.all(writes)
  // Everyone has something to wait for, and messages are edited behind the last one.
  await send(talk, 2)
  await change(talk, { do: 'edit', which: 0 })
  const head = await headOf(talk.id)
  await Promise.all(present.map(follower => follower.caughtUp(head)))
  for (const { faulty } of processes) faulty.release()
  for (const follower of present) await follower.check(head)
  await Promise.all(present.map(follower => follower.stop()))
}

test(
  'whatever the bus loses, doubles, delays or reorders, each subscriber sees every message once, in order, without a gap',
  async () => {
    const plans = fc.tuple(
      fc.array(fault, { minLength: 1, maxLength: 12 }),
      fc.array(fault, { minLength: 1, maxLength: 12 }),
    )
    const run = async (faults: [Fault[], Fault[]], steps: Step[]) => {
      const talk = await newConversation()
      const processes = faults.map(startProcess)
      try {
        await play(talk, processes, steps)
        expect(processes.map(({ feeds }) => feeds.openFeeds)).toEqual([0, 0])
      } finally {
        for (const { inboxes, feeds } of processes) {
          inboxes.stop()
          await feeds.stop()
        }
      }
    }
    await fc.assert(fc.asyncProperty(plans, fc.array(step, { minLength: 3, maxLength: 25 }), run), propertyRuns(60))
  },
  PROPERTY_TIMEOUT_MS,
)
