import { expect } from '@jest/globals'
import type { TestPerson } from './make.js'
import type { ModelReceipt, Stage } from './room-model.js'
import type { Room, World } from './rooms-world.js'

interface Seen {
  seq: number
  deletedAt: string | null
  deliveryStatus: Stage
  receipts: { user: { id: string }; status: Stage; deliveredAt: string | null; readAt: string | null }[]
}

interface SeenRoom {
  id: string
  status: string
  unreadCount: number
  firstUnread: { seq: number } | null
  viewer: { canSend: boolean } | null
  participants: { user: { id: string }; deliveredThrough: number; readThrough: number; unreadCount: number }[]
  messages: { edges: { node: Seen }[] }
}

interface Unread {
  edges: { node: { conversationId: string; seq: number } }[]
}

interface Answer {
  rooms: (SeenRoom | null)[]
  unread: (Unread | null)[]
  all: Unread
  unreadCounts: { total: number; conversations: { id: string; unreadCount: number }[] }
}

const ROOM = `id status unreadCount firstUnread { seq } viewer { canSend }
  participants { user { id } deliveredThrough readThrough unreadCount }
  messages(last: 100) { edges { node { seq deletedAt deliveryStatus
    receipts { user { id } status deliveredAt readAt } } } }`
const UNREAD = 'edges { node { conversationId seq } }'

const read = async (person: TestPerson, rooms: Room[], seen: boolean[]): Promise<Answer> => {
  const fields = rooms.map(({ id }, index) =>
    seen[index]
      ? `room${index}: conversation(id: "${id}") { ${ROOM} } unread${index}: unreadMessages(conversationId: "${id}", first: 100) { ${UNREAD} }`
      : `room${index}: conversation(id: "${id}") { id }`,
  )
  const { data, errors } = await person.ask<Record<string, unknown>>(
    `{ ${fields.join(' ')} all: unreadMessages(first: 100) { ${UNREAD} } unreadCounts { total conversations { id unreadCount } } }`,
  )
  const refused = rooms.flatMap((_, index) => (seen[index] ? [] : [`room${index}`]))
  expect(errors?.map(({ path }) => path?.[0]) ?? []).toEqual(refused)
  const of = (name: string) => rooms.map((_, index) => data?.[`${name}${index}`] ?? null)
  return {
    ...(data as unknown as Answer),
    rooms: of('room') as Answer['rooms'],
    unread: of('unread') as Answer['unread'],
  }
}

/** When each mark was made, as the receipts told it. */
export type Times = Map<string, string>

const compareReceipt = (
  room: Room,
  seq: number,
  seen: Seen['receipts'][number],
  expected: ModelReceipt,
  times: Times,
) => {
  const { user, status, deliveredAt, readAt } = seen
  expect([expected.userIds.includes(user.id), status]).toEqual([true, expected.status])
  expect([deliveredAt !== null, readAt !== null]).toEqual([status !== 'SENT', status === 'READ'])
  for (const [kind, at] of [
    ['delivered', deliveredAt],
    ['read', readAt],
  ] as const) {
    if (at === null) continue
    const mark = `${room.id} ${user.id} ${room.model.markOf(user.id, seq, kind)}`
    expect(at).toBe(times.get(mark) ?? at)
    times.set(mark, at)
  }
}

const compareRoom = (room: Room, person: TestPerson, seen: SeenRoom, times: Times) => {
  const { model } = room
  const visible = model.visibleTo(person.id)
  const messages = seen.messages.edges.map(({ node }) => node)
  expect(messages.map(({ seq, deletedAt, deliveryStatus }) => [seq, deletedAt !== null, deliveryStatus])).toEqual(
    visible.map(message => [message.seq, message.deletedById !== null, model.deliveryStatus(message)]),
  )
  for (const [index, { seq, receipts }] of messages.entries()) {
    const expected = model.receipts(visible[index]!)
    expect(receipts.length).toBe(expected.length)
    for (const one of expected) {
      const own = receipts.filter(({ user }) => one.userIds.includes(user.id))
      expect(own).toHaveLength(1)
      compareReceipt(room, seq, own[0]!, one, times)
    }
  }
  expect(new Map(seen.participants.map(({ user, ...part }) => [user.id, part]))).toEqual(
    new Map(
      model
        .present()
        .map(({ userId, delivered, read }) => [
          userId,
          { deliveredThrough: delivered, readThrough: read, unreadCount: model.unread(userId).length },
        ]),
    ),
  )
  expect(seen.status).toBe(model.status)
  if (seen.viewer) expect(seen.viewer.canSend).toBe(model.may(person.id, { do: 'send' }))
  const unread = model.unread(person.id)
  expect([seen.unreadCount, seen.firstUnread?.seq]).toEqual([unread.length, unread[0]?.seq])
}

const numbers = (unread: Unread | null | undefined) => unread?.edges.map(({ node }) => node.seq)

const compareView = async (person: TestPerson, rooms: Room[], times: Times) => {
  const seen = rooms.map(({ model }) => model.sees(person.id))
  const answer = await read(person, rooms, seen)
  const counted = rooms.map(({ model }) => model.unread(person.id))
  for (const [index, room] of rooms.entries()) {
    const shown = answer.rooms[index]
    if (!seen[index] || !shown) continue
    compareRoom(room, person, shown, times)
    const wanted = counted[index]?.map(({ seq }) => seq)
    expect(numbers(answer.unread[index])).toEqual(wanted)
    expect(answer.all.edges.filter(({ node }) => node.conversationId === room.id).map(({ node }) => node.seq)).toEqual(
      wanted,
    )
  }
  const counts = rooms.flatMap(({ id }, index) =>
    counted[index]?.length ? [{ id, unreadCount: counted[index].length }] : [],
  )
  expect(new Set(answer.unreadCounts.conversations)).toEqual(new Set(counts))
  expect(answer.unreadCounts.total).toBe(counts.reduce((sum, { unreadCount }) => sum + unreadCount, 0))
  expect(answer.all.edges).toHaveLength(answer.unreadCounts.total)
}

const DESK =
  'query ($search: String) { chatUsers(search: $search) { edges { node { conversation { id } unreadCount } } } }'

interface Desk {
  chatUsers: { edges: { node: { conversation: { id: string }; unreadCount: number } }[] }
}

const compareDesk = async ({ people, rooms }: World) => {
  const room = rooms.find(({ model }) => model.kind === 'SUPPORT')
  const admin = people.find(({ roles }) => roles.includes('ADMIN'))
  if (!room || !admin) return
  const { chatUsers } = await admin.request<Desk>(DESK, { search: people[0]?.displayName.split(' ')[0] })
  const { model } = room
  const expected =
    model.status === 'DELETED' ? [] : [{ conversation: { id: room.id }, unreadCount: model.unreadByDesk().length }]
  expect(chatUsers.edges.map(({ node }) => node)).toEqual(expected)
}

/** What each of them is shown is what the model says. */
export const compareRooms = async (
  world: World,
  peopleAt: (index: number) => TestPerson,
  times: Times,
): Promise<void> => {
  await Promise.all([
    ...world.people.map((_, index) => compareView(peopleAt(index), world.rooms, times)),
    compareDesk(world),
  ])
}
