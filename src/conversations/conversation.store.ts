import { batched } from '../batched.js'
import type { Message } from '../messages/message.js'
import type { Viewer } from '../people/person.js'
import type { Database, Transaction } from '../persistence/database.js'
import type { NewestPage } from '../persistence/newest-first.js'
import { listChatUsers } from './chat-users.store.js'
import { type ConversationQuery, listConversations } from './conversation-list.store.js'
import {
  CONVERSATION_COLUMNS,
  conversationFromRow,
  type ConversationRow,
  PARTICIPANT_COLUMNS,
  participantFromRow,
  type ParticipantRow,
} from './conversation-row.js'
import type { Conversation, Participant } from './conversation.js'
import type { DeskEntry } from './desk-entry.js'
import { findDirectFacts } from './direct-facts.store.js'
import type { DirectFacts } from './direct-pair.js'
import { findWithParticipants, type Found } from './found-conversation.store.js'
import { type PartKey, partName, type SightKey } from './part-key.js'
import {
  countUnread,
  findFirstUnread,
  findLastMessages,
  listUnread,
  pageUnread,
  type UnreadCount,
  type UnreadQuery,
} from './unread.store.js'

/** Reads. Everything that changes goes through the ConversationWriter. */
export class ConversationStore {
  private readonly found: (key: PartKey) => Promise<Found | null>

  constructor(private readonly database: Database) {
    this.found = batched(keys => findWithParticipants(database, keys), partName)
  }

  /** By the database's clock, which is the only one. */
  async now(): Promise<Date> {
    const [row] = await this.database.call<{ now: Date }>('select clock_timestamp() as now', [])
    if (!row) throw new Error('The database does not say what time it is.')
    return row.now
  }

  async find(id: string): Promise<Conversation | null> {
    return (await this.findMany([id]))[0] ?? null
  }

  async findMany(ids: readonly string[]): Promise<Conversation[]> {
    const sql = `select ${CONVERSATION_COLUMNS} from conversations c where c.id = any($1::uuid[])`
    return (await this.database.call<ConversationRow>(sql, [ids])).map(conversationFromRow)
  }

  /** As they stood at one moment; the participant also where they have left. Calls of the same turn are one query. */
  findWithParticipant(conversationId: string, userId: string): Promise<Found | null> {
    return this.found({ conversationId, userId })
  }

  list(query: ConversationQuery): Promise<NewestPage<Conversation>> {
    return listConversations(this.database, query)
  }

  /** Those who take part now, in the order in which they joined. */
  async participantsOf(conversationIds: readonly string[]): Promise<Participant[]> {
    const sql = `select ${PARTICIPANT_COLUMNS} from participants p
      where p.conversation_id = any($1::uuid[]) and p.left_at is null order by p.joined_at, p.role, p.id`
    return (await this.database.call<ParticipantRow>(sql, [conversationIds])).map(participantFromRow)
  }

  /** Also of those who have left; in no particular order. */
  async findParticipants(keys: readonly PartKey[]): Promise<Participant[]> {
    const sql = `select ${PARTICIPANT_COLUMNS} from unnest($1::uuid[], $2::text[]) k(conversation_id, user_id)
      join participants p on p.conversation_id = k.conversation_id and p.user_id = k.user_id`
    const parameters = [keys.map(key => key.conversationId), keys.map(key => key.userId)]
    return (await this.database.call<ParticipantRow>(sql, parameters)).map(participantFromRow)
  }

  directFacts(viewerId: string, otherId: string, tx?: Transaction): Promise<DirectFacts> {
    return findDirectFacts(this.database, viewerId, otherId, tx)
  }

  /** The id of the user's SUPPORT conversation. */
  async findSupport(userId: string): Promise<string | null> {
    const sql = 'select id from conversations where support_user_id = $1'
    return (await this.database.call<{ id: string }>(sql, [userId]))[0]?.id ?? null
  }

  /** In the order of the keys. Zero for who does not take part. */
  unreadCounts(keys: readonly SightKey[]): Promise<number[]> {
    return countUnread(this.database, keys)
  }

  /** Of all the viewer's conversations, those with something unread, by their last activity. */
  unreadCountsOf(viewer: Viewer): Promise<UnreadCount[]> {
    return listUnread(this.database, viewer)
  }

  /** Those with a SUPPORT conversation, by its last activity. */
  chatUsers(page: Parameters<typeof listChatUsers>[1]): Promise<NewestPage<DeskEntry>> {
    return listChatUsers(this.database, page)
  }

  /** Oldest first; one more than asked for where there are more. */
  unreadMessages(query: UnreadQuery): Promise<Message[]> {
    return pageUnread(this.database, query)
  }

  /** In the order of the keys: the oldest message that the participant has not read. */
  firstUnread(keys: readonly SightKey[]): Promise<(Message | null)[]> {
    return findFirstUnread(this.database, keys)
  }

  /** In the order of the keys: the newest message that the participant may see. */
  lastMessages(keys: readonly SightKey[]): Promise<(Message | null)[]> {
    return findLastMessages(this.database, keys)
  }
}
