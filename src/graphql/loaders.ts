import { batched } from '../batched.js'
import type { Conversation, Participant } from '../conversations/conversation.js'
import { type PartKey, partName } from '../conversations/unread.store.js'
import { notFound } from '../errors.js'
import type { Message } from '../messages/message.js'
import type { Person } from '../people/person.js'
import type { Services } from '../services.js'
import type { Session, SessionParticipant } from '../sessions/session.js'

type Stores = Pick<Services, 'people' | 'conversations' | 'messages' | 'sessions'>

/** One query for all that the same turn asks for. */
export interface Loaders {
  person(id: string): Promise<Person>
  conversation(id: string): Promise<Conversation>
  /** Those who take part now. */
  participantsOf(conversationId: string): Promise<Participant[]>
  /** Also where they have left. */
  participant(key: PartKey): Promise<Participant | null>
  /** The newest that the user may see. */
  lastMessage(key: PartKey): Promise<Message | null>
  firstUnread(key: PartKey): Promise<Message | null>
  unreadCount(key: PartKey): Promise<number>
  message(id: string): Promise<Message | null>
  session(id: string): Promise<Session>
  sessionParticipants(sessionId: string): Promise<SessionParticipant[]>
}

const itself = (id: string) => id

const byId =
  <Value extends { id: string }>(load: (ids: string[]) => Promise<Value[]>) =>
  async (ids: string[]): Promise<(Value | null)[]> => {
    const found = new Map((await load(ids)).map(value => [value.id, value]))
    return ids.map(id => found.get(id) ?? null)
  }

const grouped =
  <Value>(load: (ids: string[]) => Promise<Value[]>, idOf: (value: Value) => string) =>
  async (ids: string[]): Promise<Value[][]> => {
    const groups = new Map(ids.map(id => [id, [] as Value[]]))
    for (const value of await load(ids)) groups.get(idOf(value))?.push(value)
    return [...groups.values()]
  }

const required =
  <Value>(what: string, load: (id: string) => Promise<Value | null>) =>
  async (id: string): Promise<Value> => {
    const value = await load(id)
    if (value === null) throw notFound(what)
    return value
  }

export const createLoaders = ({ people, conversations, messages, sessions }: Stores): Loaders => ({
  person: required('user', id => people.find(id)),
  conversation: required(
    'conversation',
    batched(
      byId(ids => conversations.findMany(ids)),
      itself,
    ),
  ),
  participantsOf: batched(
    grouped(
      ids => conversations.participantsOf(ids),
      part => part.conversationId,
    ),
    itself,
  ),
  participant: batched(async keys => {
    const found = new Map((await conversations.findParticipants(keys)).map(part => [partName(part), part]))
    return keys.map(key => found.get(partName(key)) ?? null)
  }, partName),
  lastMessage: batched(keys => conversations.lastMessages(keys), partName),
  firstUnread: batched(keys => conversations.firstUnread(keys), partName),
  unreadCount: batched(keys => conversations.unreadCounts(keys), partName),
  message: batched(
    byId(ids => messages.findMany(ids)),
    itself,
  ),
  session: required(
    'session',
    batched(
      byId(ids => sessions.findMany(ids)),
      itself,
    ),
  ),
  sessionParticipants: batched(
    grouped(
      ids => sessions.participantsOf(ids),
      member => member.sessionId,
    ),
    itself,
  ),
})
