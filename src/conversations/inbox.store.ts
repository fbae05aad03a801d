import { createHash } from 'node:crypto'
import type { Database } from '../persistence/database.js'
import { type Access, deskPart } from './conversation-access.js'
import {
  CONVERSATION_COLUMNS,
  conversationFromRow,
  type ConversationRow,
  PARTICIPANT_COLUMNS,
  participantFromRow,
  type ParticipantRow,
} from './conversation-row.js'
import { DESK } from './desk-entry.js'
import { deskRead, isTaken } from './own-parts.js'

const TAKES_PART = isTaken('p', 'false')

const MEMBERSHIPS_SQL = `select p.conversation_id as id, p.membership from participants p where p.user_id = $1 and ${TAKES_PART}`

const DESK_MEMBERSHIPS_SQL = 'select id, 0 as membership from conversations where support_user_id is not null'

const PARTS_SQL = `select ${PARTICIPANT_COLUMNS} from participants p
  where p.user_id = $1 and p.conversation_id = any($2::uuid[]) and ${TAKES_PART}`

const DESK_READ_SQL = `select c.id, ${deskRead('c.id')} as "readThrough" from conversations c where c.id = any($1::uuid[])`

const CONVERSATIONS_SQL = `select ${CONVERSATION_COLUMNS} from conversations c where c.id = any($1::uuid[])`

const FINGERPRINTS_SQL = `
  select p.user_id as owner, md5(string_agg(p.conversation_id || ' ' || p.membership, ',' order by p.conversation_id)) as fingerprint
    from participants p where p.user_id = any($1::text[]) and ${TAKES_PART} group by p.user_id
  union all
  select '${DESK}', count(*)::text from conversations where support_user_id is not null having '${DESK}' = any($1::text[])`

/** The conversations of somebody, by id, and in which membership. */
export type Memberships = ReadonlyMap<string, number>

/** What users take part in at present; and the desk. */
export class InboxStore {
  constructor(private readonly database: Database) {}

  async membershipsOf(owner: string): Promise<Memberships> {
    const [sql, parameters] = owner === DESK ? [DESK_MEMBERSHIPS_SQL, []] : [MEMBERSHIPS_SQL, [owner]]
    const rows = await this.database.call<{ id: string; membership: number }>(sql, parameters)
    return new Map(rows.map(({ id, membership }) => [id, membership]))
  }

  /** Of these conversations, those in which the owner takes part. */
  async accessesOf(owner: string, ids: readonly string[]): Promise<Access[]> {
    const parts = owner === DESK ? await this.deskParts(ids) : await this.ownParts(owner, ids)
    const rows = await this.database.call<ConversationRow>(CONVERSATIONS_SQL, [ids])
    return rows.map(conversationFromRow).flatMap(conversation => {
      const part = parts.get(conversation.id)
      return part ? [{ conversation, part }] : []
    })
  }

  /** One query for all; without those who take part in nothing. */
  async fingerprints(owners: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.database.call<{ owner: string; fingerprint: string }>(FINGERPRINTS_SQL, [owners])
    return new Map(rows.map(({ owner, fingerprint }) => [owner, fingerprint]))
  }

  private async ownParts(userId: string, ids: readonly string[]) {
    const rows = await this.database.call<ParticipantRow>(PARTS_SQL, [userId, ids])
    return new Map(rows.map(row => [row.conversation_id, participantFromRow(row)]))
  }

  private async deskParts(ids: readonly string[]) {
    const rows = await this.database.call<{ id: string; readThrough: number }>(DESK_READ_SQL, [ids])
    return new Map(rows.map(({ id, readThrough }) => [id, { ...deskPart(DESK), readThrough }]))
  }
}

/** Equal while the owner takes part in the same conversations in the same memberships. The desk leaves none. */
export const fingerprintOf = (owner: string, memberships: Memberships): string => {
  if (owner === DESK) return String(memberships.size)
  const parts = [...memberships].map(([id, membership]) => `${id} ${membership}`)
  return parts.length === 0 ? '' : createHash('md5').update(parts.sort().join(',')).digest('hex')
}
