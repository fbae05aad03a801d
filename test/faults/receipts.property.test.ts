import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { compareRooms, type Times } from '../support/compare-rooms.js'
import { engine } from '../support/engine.js'
import { followRooms, type RoomFollower } from '../support/follow-rooms.js'
import type { TestPerson, TestRole } from '../support/make.js'
import type { Act, Status } from '../support/room-model.js'
import { createWorld, type Done, perform, type Room, type World } from '../support/rooms-world.js'
import { PROPERTY_TIMEOUT_MS, propertyRuns } from '../support/property-runs.js'
import { startApp } from '../support/start-app.js'

const first = await startApp()
const servers = engine === 'postgres' ? [first, await startApp({}, { beside: first })] : [first]
const serverAt = (index: number) => servers[index % servers.length] ?? first

/** What somebody tries; numbers are taken modulo what there is. */
interface Try {
  room: number
  who: number
  server: number
  what: Wish
}
type Wish =
  | { do: 'send' | 'note' }
  | { do: 'edit' | 'delete' | 'restore'; which: number; own: boolean }
  | { do: 'mark'; kind: 'DELIVERED' | 'READ'; which: number | null }
  | { do: 'join' | 'remove'; whom: number }
  | { do: 'permit'; whom: number; canSend?: boolean | null; canViewHistory?: boolean | null }
  | { do: 'permitRole'; role: TestRole; canSend?: boolean; canViewHistory?: boolean }
  | { do: 'status'; status: Status }

const optional = { requiredKeys: [] } satisfies { requiredKeys: [] }
const own = fc.record({ canSend: fc.option(fc.boolean()), canViewHistory: fc.option(fc.boolean()) }, optional)
const ofRole = fc.record({ canSend: fc.boolean(), canViewHistory: fc.boolean() }, optional)
const role = fc.constantFrom<TestRole>('PATIENT', 'PATIENT', 'PROFESSIONAL', 'ADMIN')
const status = fc.constantFrom<Status>('ACTIVE', 'ACTIVE', 'ACTIVE', 'ARCHIVED', 'BLOCKED', 'DELETED')

const wish: fc.Arbitrary<Wish> = fc.oneof(
  { weight: 8, arbitrary: fc.constant<Wish>({ do: 'send' }) },
  { weight: 1, arbitrary: fc.constant<Wish>({ do: 'note' }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom('edit', 'delete', 'delete', 'restore', 'restore'),
      which: fc.nat({ max: 9 }),
      own: fc.boolean(),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('mark'),
      kind: fc.constantFrom('DELIVERED', 'READ'),
      which: fc.option(fc.nat({ max: 9 })),
    }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constantFrom('join', 'remove'), whom: fc.integer({ min: 1, max: 3 }) }) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.integer({ min: 1, max: 3 }), own)
      .map(([whom, permission]): Wish => ({ do: 'permit', whom, ...permission })),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(role, ofRole).map(([role, permission]): Wish => ({ do: 'permitRole', role, ...permission })),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('status'), status }) },
)

const attempt: fc.Arbitrary<Try> = fc.record({
  room: fc.constantFrom(0, 0, 0, 1, 2),
  who: fc.constantFrom(0, 0, 1, 1, 2, 3),
  server: fc.integer({ min: 0, max: 1 }),
  what: wish,
})

/** One after the other, or all at the same time; then everyone looks. */
interface Phase {
  together: boolean
  tries: Try[]
}
const phase: fc.Arbitrary<Phase> = fc.record({
  together: fc.boolean(),
  tries: fc.array(attempt, { minLength: 1, maxLength: 8 }),
})

interface Attempt {
  person: TestPerson
  room: Room
  act: Act
}

const take = <T>(items: readonly T[], index: number): T => {
  const item = items[index % items.length]
  if (item === undefined) throw new Error('There is nothing to take.')
  return item
}

type Messages = Room['model']['messages']

const newest = (messages: Messages, which: number) => messages.at(-1 - (which % (messages.length || 1)))
const messageAt = ({ model }: Room, which: number) => newest(model.messages, which)

/** One that is deleted, where there is one. */
const lostMessageAt = (room: Room, which: number) => {
  const deleted = room.model.messages.filter(({ deletedById }) => deletedById !== null)
  return newest(deleted, which) ?? messageAt(room, which)
}

const actOf = (room: Room, wish: Wish): Act | null => {
  switch (wish.do) {
    case 'edit':
    case 'delete':
    case 'restore': {
      const message = (wish.do === 'restore' ? lostMessageAt : messageAt)(room, wish.which)
      return message ? { do: wish.do, seq: message.seq } : null
    }
    case 'mark': {
      const message = wish.which === null ? null : messageAt(room, wish.which)
      return message === undefined ? null : { do: 'mark', kind: wish.kind, seq: message?.seq ?? null }
    }
    case 'join':
    case 'remove':
      return { do: wish.do, userId: take(room.people, wish.whom).id }
    case 'permit': {
      const { whom, ...permission } = wish
      return { ...permission, userId: take(room.people, whom).id }
    }
    case 'send':
    case 'note':
    case 'permitRole':
    case 'status':
      return wish
  }
}

const actorOf = ({ host }: World, room: Room, { who, what }: Try, act: Act): TestPerson => {
  if (what.do === 'note') return host
  const message = 'seq' in act && act.seq !== null && room.model.messages[act.seq - 1]
  const own = 'own' in what && what.own && message
  const ownerId = own && (what.do === 'restore' ? (own.deletedById ?? own.senderId) : own.senderId)
  const actor = room.people.find(({ id }) => id === ownerId) ?? take(room.people, who)
  // A professional brings in colleagues, and patients in their care: those are the owner's.
  return what.do === 'join' && actor.roles.includes('PROFESSIONAL') ? take(room.people, 0) : actor
}

const attemptOf = (world: World, one: Try): Attempt | null => {
  const room = take(world.rooms, one.room)
  const act = actOf(room, one.what)
  return act && { room, act, person: actorOf(world, room, one, act).at(serverAt(one.server)) }
}

let step = 0

const apply = ({ person, room, act }: Attempt, done: Done, mark: string) => {
  room.model.apply(person.id, act, mark)
  if (!done.message || (act.do !== 'send' && act.do !== 'note')) return
  room.messageIds.push(done.message.id)
  expect(done.message.seq).toBe(room.model.messages.length)
}

const inTurn = async (world: World, tries: Try[]) => {
  for (const one of tries) {
    const attempt = attemptOf(world, one)
    if (!attempt) continue
    const { person, room, act } = attempt
    const done = await perform(person, room, act)
    expect([act, done !== null]).toEqual([act, room.model.may(person.id, act)])
    if (done) apply(attempt, done, String(++step))
    const member = room.model.members.get(person.id)
    if (done?.participant)
      expect(done.participant).toEqual({ deliveredThrough: member?.delivered, readThrough: member?.read })
  }
}

/** What an act alone may touch at a time, or others of its kind with it. */
const claimsOf = ({ person, room, act }: Attempt): { alone: string[]; shared: string[] } => {
  const of = (...names: string[]) => names.map(name => `${room.id} ${name}`)
  switch (act.do) {
    case 'edit':
    case 'delete':
    case 'restore':
      return { alone: of(`message ${act.seq}`), shared: [] }
    case 'mark':
      return { alone: [], shared: of(person.id) }
    case 'join':
    case 'remove':
    case 'permit':
      return { alone: of(act.userId), shared: [] }
    case 'permitRole':
      return {
        alone: of('itself', ...room.people.filter(({ roles }) => roles.includes(act.role)).map(({ id }) => id)),
        shared: [],
      }
    case 'status':
      return { alone: of('itself'), shared: [] }
    case 'send':
    case 'note':
      return { alone: [], shared: [] }
  }
}

const withoutConflicts = (attempts: Attempt[]): Attempt[] => {
  const taken = new Map<string, 'ALONE' | 'SHARED'>()
  return attempts.filter(attempt => {
    const { alone, shared } = claimsOf(attempt)
    // The status changes with a send then.
    if (attempt.room.model.status === 'ARCHIVED' && alone.some(name => name.endsWith('itself'))) return false
    if (attempt.act.do === 'status' && attempt.act.status === 'ARCHIVED') return false
    if (alone.some(name => taken.has(name)) || shared.some(name => taken.get(name) === 'ALONE')) return false
    for (const name of alone) taken.set(name, 'ALONE')
    for (const name of shared) taken.set(name, 'SHARED')
    return true
  })
}

interface Stored {
  messages: Map<string, number>
  people: Map<string, { rev: number; accessRev: number }>
  ownRev: number
}

const storedOf = async ({ id }: Room): Promise<Stored> => {
  const { database } = first
  const messages = await database.call<{ id: string; rev: number }>(
    'select id, added_rev::int as rev from messages where conversation_id = $1',
    [id],
  )
  const people = await database.call<{ id: string; rev: number; accessRev: number }>(
    'select user_id as id, rev::int, access_rev::int as "accessRev" from participants where conversation_id = $1',
    [id],
  )
  const [own] = await database.call<{ rev: number }>('select own_rev::int as rev from conversations where id = $1', [
    id,
  ])
  return {
    messages: new Map(messages.map(({ id, rev }) => [id, rev])),
    people: new Map(people.map(({ id, ...revs }) => [id, revs])),
    ownRev: own?.rev ?? 0,
  }
}

/** When it happened among the others of its conversation; null where that makes no difference. */
const placeOf = ({ messages, people, ownRev }: Stored, act: Act, done: Done): number | null => {
  switch (act.do) {
    case 'send':
    case 'note':
      return messages.get(done.message?.id ?? '') ?? null
    case 'join':
      return people.get(act.userId)?.accessRev ?? null
    case 'remove':
    case 'permit':
      return people.get(act.userId)?.rev ?? null
    case 'permitRole':
    case 'status':
      return ownRev
    case 'edit':
    case 'delete':
    case 'restore':
    case 'mark':
      return null
  }
}

/** The server says in which order it was, and the model whether it could have been. */
const replay = async (room: Room, results: { attempt: Attempt; done: Done | null }[]) => {
  const stored = await storedOf(room)
  const { model } = room
  const before = model.messages.length
  const performed = results.flatMap(({ attempt, done }) =>
    done ? [{ attempt, done, at: placeOf(stored, attempt.act, done) }] : [],
  )
  const ordered = performed.filter(({ at }) => at !== null).sort((one, other) => (one.at ?? 0) - (other.at ?? 0))
  const senders = results.flatMap(({ attempt, done }) =>
    attempt.act.do === 'send' && !done ? [attempt.person.id] : [],
  )
  const refusable = new Set(senders.filter(id => !model.may(id, { do: 'send' })))
  const name = String(++step)
  for (const { attempt, done } of ordered) {
    if (attempt.act.do === 'send')
      expect([attempt.act, model.may(attempt.person.id, attempt.act)]).toEqual([attempt.act, true])
    apply(attempt, done, name)
    for (const id of senders) if (!model.may(id, { do: 'send' })) refusable.add(id)
  }
  expect(senders.filter(id => !refusable.has(id))).toEqual([])
  // An admin may have come to the desk by what was refused a moment later.
  for (const id of senders) if (stored.people.has(id)) model.takeSeat(id)
  for (const { attempt, done, at } of performed) {
    if (at !== null) continue
    const { act } = attempt
    if (act.do !== 'mark' || act.seq !== null) apply(attempt, done, `${name}?`)
    else {
      const { participant } = done
      const through = (act.kind === 'READ' ? participant?.readThrough : participant?.deliveredThrough) ?? 0
      expect(through).toBeGreaterThanOrEqual(before)
      expect(through).toBeLessThanOrEqual(model.messages.length)
      apply({ ...attempt, act: { ...act, seq: through } }, done, `${name}?`)
    }
  }
}

const together = async (world: World, tries: Try[]) => {
  const attempts = withoutConflicts(tries.flatMap(one => attemptOf(world, one) ?? []))
  const results = await Promise.all(
    attempts.map(async attempt => ({ attempt, done: await perform(attempt.person, attempt.room, attempt.act) })),
  )
  for (const room of world.rooms)
    await replay(
      room,
      results.filter(({ attempt }) => attempt.room === room),
    )
}

const play = async (world: World, followers: RoomFollower[], phases: Phase[]) => {
  const times: Times = new Map()
  for (const [index, { together: atOnce, tries }] of phases.entries()) {
    await (atOnce ? together(world, tries) : inTurn(world, tries))
    await compareRooms(world, person => take(world.people, person).at(serverAt(person + index)), times)
    await Promise.all(followers.map(follower => follower.check(world.rooms)))
  }
}

test(
  '001.8 unread counts and receipts are those of a model, whatever happens in whatever order',
  async () => {
    const run = async (phases: Phase[]) => {
      // The admins of this run are the desk of all that is there.
      await first.database.call(`update conversations set status = 'DELETED' where kind = 'SUPPORT'`, [])
      const world = await createWorld(first)
      const people = world.people.filter(({ roles }) => !roles.includes('ADMIN'))
      const followers = await Promise.all(people.map((person, index) => followRooms(person.at(serverAt(index)))))
      try {
        await play(world, followers, phases)
      } finally {
        await Promise.all(followers.map(follower => follower.close()))
      }
    }
    await fc.assert(fc.asyncProperty(fc.array(phase, { minLength: 1, maxLength: 6 }), run), propertyRuns(60))
  },
  PROPERTY_TIMEOUT_MS,
)
