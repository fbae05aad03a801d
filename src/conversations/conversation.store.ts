import { batched } from '../batched.js'
import { isExternalId } from '../limits/ids.js'
import type { Message } from '../messages/message.js'
import type { Role, Viewer } from '../people/person.js'
import type { Database, Transaction } from '../persistence/database.js'
import type { NewestPage } from '../persistence/newest-first.js'
import { queryWithin } from '../persistence/query.js'
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
import type { DirectFacts } from './direct-pair.js'
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

// Beside a conversation's, whose id and rev have the plain names.
const PART_COLUMNS = `p.id as part_id, p.rev as part_rev, p.conversation_id, p.user_id, p.role, p.membership, p.access_rev,
  p.visible_from_seq, p.delivered_through, p.read_through, p.own_can_send, p.own_can_view_history, p.notifications_enabled,
  p.muted_until, p.joined_at, p.left_at`

interface PartRow extends Omit<ParticipantRow, 'id' | 'rev'> {
  part_id: string | null
  part_rev: number
}

interface DirectRow {
  roles: Role[]
  active: boolean
  patient_care: boolean | null
  patient_conversation: string | null
  professional_care: boolean | null
  professional_conversation: string | null
}

// $1 is the viewer, $2 the other; `patient_` is where the viewer is the patient.
const DIRECT_SQL = `
  select u.roles::text[] as roles, u.active, pr.active as patient_care, pc.id as patient_conversation,
    fr.active as professional_care, fc.id as professional_conversation
  from users u
  left join care_relationships pr on pr.patient_id = $1 and pr.professional_id = u.id
  left join conversations pc on pc.patient_id = $1 and pc.professional_id = u.id
  left join care_relationships fr on fr.patient_id = u.id and fr.professional_id = $1
  left join conversations fc on fc.patient_id = u.id and fc.professional_id = $1
  where u.id = $2`

interface Found {
  conversation: Conversation
  participant: Participant | null
}

const foundFromRow = (row: ConversationRow & PartRow): Found => {
  const { part_id, part_rev } = row
  const participant = part_id === null ? null : participantFromRow({ ...row, id: part_id, rev: part_rev })
  return { conversation: conversationFromRow(row), participant }
}

const findWithParticipants = async (database: Database, keys: PartKey[]): Promise<(Found | null)[]> => {
  const sql = `select k.ord, ${CONVERSATION_COLUMNS}, ${PART_COLUMNS}
    from unnest($1::uuid[], $2::text[]) with ordinality k(asked_id, asker_id, ord)
    join conversations c on c.id = k.asked_id
    left join participants p on p.conversation_id = c.id and p.user_id = k.asker_id`
  const parameters = [keys.map(key => key.conversationId), keys.map(key => key.userId)]
  const rows = await database.call<ConversationRow & PartRow & { ord: number }>(sql, parameters)
  const found = new Map(rows.map(row => [row.ord, foundFromRow(row)]))
  return keys.map((_, index) => found.get(index + 1) ?? null)
}

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

  async directFacts(viewerId: string, otherId: string, tx?: Transaction): Promise<DirectFacts> {
    const parameters = [viewerId, isExternalId(otherId) ? otherId : '']
    const [row] = tx
      ? await queryWithin<DirectRow>(tx, DIRECT_SQL, parameters)
      : await this.database.call<DirectRow>(DIRECT_SQL, parameters)
    return {
      other: row ? { roles: row.roles, active: row.active } : null,
      as: {
        PATIENT: { careActive: row?.patient_care ?? null, conversationId: row?.patient_conversation ?? null },
        PROFESSIONAL: {
          careActive: row?.professional_care ?? null,
          conversationId: row?.professional_conversation ?? null,
        },
      },
    }
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
