import { setTimeout as sleep } from 'node:timers/promises'
import type { TestPerson } from './make.js'
import type { Room } from './rooms-world.js'
import { begun } from './room.js'

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
  const positions = new Map<string, string>()
  let total = 0

  const takeAll = async () => {
    while (counts.waiting > 0) {
      const { unreadCountsChanged } = await counts.next()
      total = unreadCountsChanged.total
      for (const { id, unreadCount } of unreadCountsChanged.conversations) unread.set(id, unreadCount)
    }
    while (inbox.waiting > 0) {
      const { conversation } = (await inbox.next()).inboxEvents
      if (conversation) listed.set(conversation.id, conversation.unreadCount)
    }
    while (moved.waiting > 0) {
      const { conversationId, user, deliveredThrough, readThrough } = (await moved.next()).receiptAdvanced
      positions.set(`${conversationId} ${user.id}`, `${deliveredThrough} ${readThrough}`)
    }
  }

  /** What is held otherwise than the model has it; of others' positions, those that moved while the person was there. */
  const differences = (rooms: Room[]): string[] => {
    const sum = rooms.reduce((sum, { model }) => sum + model.unread(person.id).length, 0)
    const wrong = [`total: ${total}`].filter(held => held !== `total: ${sum}`)
    for (const { id, model } of rooms.filter(({ model }) => model.sees(person.id))) {
      const count = model.unread(person.id).length
      if ((unread.get(id) ?? 0) !== count) wrong.push(`unread in ${id}: ${unread.get(id)}, not ${count}`)
      if ((listed.get(id) ?? 0) !== count) wrong.push(`listed of ${id}: ${listed.get(id)}, not ${count}`)
    }
    return wrong
  }

  const check = async (rooms: Room[]): Promise<void> => {
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
