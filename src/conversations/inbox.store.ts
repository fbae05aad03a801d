import { createHash } from 'node:crypto'
import type { Database } from '../persistence/database.js'
import type { Access } from './conversation-access.js'
import {
  CONVERSATION_COLUMNS,
  conversationFromRow,
  type ConversationRow,
  PARTICIPANT_COLUMNS,
  participantFromRow,
  type ParticipantRow,
  TAKES_PART,
} from './conversation-row.js'

const PARTS_SQL = `select ${PARTICIPANT_COLUMNS} from participants p where p.user_id = $1 and ${TAKES_PART}`

const CONVERSATIONS_SQL = `select ${CONVERSATION_COLUMNS} from conversations c where c.id = any($1::uuid[])`

const FINGERPRINTS_SQL = `
  select p.user_id as "userId",
         md5(string_agg(p.conversation_id || ' ' || p.membership, ',' order by p.conversation_id)) as fingerprint
    from participants p where p.user_id = any($1::text[]) and ${TAKES_PART} group by p.user_id`

/** Equal while a user takes part in the same conversations in the same memberships. */
export const fingerprintOf = (accesses: Iterable<Access>): string => {
  const parts = [...accesses].map(({ conversation, part }) => `${conversation.id} ${part.membership}`)
  return parts.length === 0 ? '' : createHash('md5').update(parts.sort().join(',')).digest('hex')
}

/** What users take part in at present. */
export class InboxStore {
  constructor(private readonly database: Database) {}

  async accessesOf(userId: string): Promise<Access[]> {
    const parts = await this.database.call<ParticipantRow>(PARTS_SQL, [userId])
    const ids = parts.map(part => part.conversation_id)
    const rows = ids.length === 0 ? [] : await this.database.call<ConversationRow>(CONVERSATIONS_SQL, [ids])
    const conversations = new Map(rows.map(row => [row.id, conversationFromRow(row)]))
    return parts.flatMap(part => {
      const conversation = conversations.get(part.conversation_id)
      return conversation ? [{ conversation, part: participantFromRow(part) }] : []
    })
  }

  /** One query for all; without those who take part in nothing. */
  async fingerprints(userIds: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.database.call<{ userId: string; fingerprint: string }>(FINGERPRINTS_SQL, [userIds])
    return new Map(rows.map(({ userId, fingerprint }) => [userId, fingerprint]))
  }
}
