import type { Database } from '../persistence/database.js'
import {
  CONVERSATION_COLUMNS,
  conversationFromRow,
  type ConversationRow,
  participantFromRow,
  type ParticipantRow,
} from './conversation-row.js'
import type { Conversation, Participant } from './conversation.js'
import type { PartKey } from './part-key.js'

// Beside a conversation's, whose id and rev have the plain names.
const PART_COLUMNS = `p.id as part_id, p.rev as part_rev, p.conversation_id, p.user_id, p.role, p.membership, p.access_rev,
  p.visible_from_seq, p.delivered_through, p.read_through, p.own_can_send, p.own_can_view_history, p.notifications_enabled,
  p.muted_until, p.joined_at, p.left_at`

interface PartRow extends Omit<ParticipantRow, 'id' | 'rev'> {
  part_id: string | null
  part_rev: number
}

/** As they stood at one moment; the participant also where they have left. */
export interface Found {
  conversation: Conversation
  participant: Participant | null
}

const foundFromRow = (row: ConversationRow & PartRow): Found => {
  const { part_id, part_rev } = row
  const participant = part_id === null ? null : participantFromRow({ ...row, id: part_id, rev: part_rev })
  return { conversation: conversationFromRow(row), participant }
}

/** In the order of the keys. */
export const findWithParticipants = async (database: Database, keys: PartKey[]): Promise<(Found | null)[]> => {
  const sql = `select k.ord, ${CONVERSATION_COLUMNS}, ${PART_COLUMNS}
    from unnest($1::uuid[], $2::text[]) with ordinality k(asked_id, asker_id, ord)
    join conversations c on c.id = k.asked_id
    left join participants p on p.conversation_id = c.id and p.user_id = k.asker_id`
  const parameters = [keys.map(key => key.conversationId), keys.map(key => key.userId)]
  const rows = await database.call<ConversationRow & PartRow & { ord: number }>(sql, parameters)
  const found = new Map(rows.map(row => [row.ord, foundFromRow(row)]))
  return keys.map((_, index) => found.get(index + 1) ?? null)
}
