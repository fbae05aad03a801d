import { setTimeout as sleep } from 'node:timers/promises'
import { GraphqlFailure } from './graphql-client.js'
import type { TestPerson } from './make.js'
import type { Room } from './rooms-world.js'
import { begun } from './room.js'
import type { Subscription } from './subscription.js'

interface Counts {
  unreadCountsChanged: { total: number; conversations: { id: string; unreadCount: number }[] }
}
const COUNTS = 'subscription { unreadCountsChanged { total conversations { id unreadCount } } }'

interface Inbox {
  inboxEvents: { conversation?: { id: string; unreadCount: number } }
}
const INBOX = 'subscription { inboxEvents { ... on ConversationChanged { conversation { id unreadCount } } } }'

interface Moved {
  receiptAdvanced: { conversationId: string; user: { id: string }; deliveredThrough: number; readThrough: number }
}
const MOVED = 'subscription { receiptAdvanced { conversationId user { id } deliveredThrough readThrough } }'

const PATIENCE_MS = 5_000

/** What one person's client holds that queries nothing again. */
export const followRooms = async (person: TestPerson) => {
  const socket = await person.connect()
  const counts = socket.subscribe<Counts>(COUNTS)
  const moved = socket.subscribe<Moved>(MOVED)
  const inbox = socket.subscribe<Inbox>(INBOX)
  await begun(socket, 3)
  const unread = new Map<string, number>()
  const listed = new Map<string, number>()
  const positions = new Map<string, { delivered: number; read: number }>()
  const stays = new Map<string, string>()
  let total = 0

  /** An event that tells of what the person left meanwhile is an error; another follows. */
  const take = async <Event>(subscription: Subscription<Event>, hold: (event: Event) => void) => {
    while (subscription.waiting > 0) {
      const { data, errors } = await subscription.nextResult()
      if (errors?.some(({ extensions }) => extensions.code !== 'FORBIDDEN')) throw new GraphqlFailure(errors)
      if (data) hold(data)
    }
  }

  const takeAll = async () => {
    await take(counts, ({ unreadCountsChanged }) => {
      total = unreadCountsChanged.total
      for (const { id, unreadCount } of unreadCountsChanged.conversations) unread.set(id, unreadCount)
    })
    await take(inbox, ({ inboxEvents: { conversation } }) => {
      if (conversation) listed.set(conversation.id, conversation.unreadCount)
    })
    await take(moved, ({ receiptAdvanced: { conversationId, user, deliveredThrough, readThrough } }) => {
      const name = `${conversationId} ${user.id}`
      const { delivered, read } = positions.get(name) ?? { delivered: 0, read: 0 }
      positions.set(name, { delivered: Math.max(delivered, deliveredThrough), read: Math.max(read, readThrough) })
    })
  }

  /** What is held otherwise than the model has it. */
  const differences = (rooms: Room[]): string[] => {
    const sum = rooms.reduce((sum, { model }) => sum + model.unread(person.id).length, 0)
    const wrong = [`total: ${total}`].filter(held => held !== `total: ${sum}`)
    for (const { id, model } of rooms.filter(({ model }) => model.sees(person.id))) {
      for (const { userId, delivered, read } of model.present()) {
        const held = positions.get(`${id} ${userId}`) ?? { delivered: 0, read: 0 }
        if (held.delivered !== delivered || held.read !== read) wrong.push(`position of ${userId} in ${id}`)
      }
      const count = model.unread(person.id).length
      if ((unread.get(id) ?? 0) !== count) wrong.push(`unread in ${id}: ${unread.get(id)}, not ${count}`)
      if ((listed.get(id) ?? 0) !== count) wrong.push(`listed of ${id}: ${listed.get(id)}, not ${count}`)
    }
    return wrong
  }

  /** Of what moves while they are away nobody tells them: a client queries it when it is back. */
  const comeBack = (rooms: Room[]) => {
    for (const { id, model } of rooms) {
      const stay = model.stayOf(person.id)
      if (stay !== (stays.get(id) ?? stay))
        for (const { userId, delivered, read } of model.present()) positions.set(`${id} ${userId}`, { delivered, read })
      stays.set(id, stay)
    }
  }

  const check = async (rooms: Room[]): Promise<void> => {
    comeBack(rooms)
    const deadline = Date.now() + PATIENCE_MS
    for (;;) {
      await takeAll()
      const wrong = differences(rooms)
      if (wrong.length === 0) return
      if (Date.now() > deadline) throw new Error(`${person.id} was told otherwise: ${wrong.join('; ')}`)
      await sleep(5)
    }
  }
  return { check, close: () => socket.close() }
}
export type RoomFollower = Awaited<ReturnType<typeof followRooms>>
