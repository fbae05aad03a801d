import type { Database } from '../persistence/database.js'
import { type AgedEntry, recordAudit } from './audit-record.store.js'
import type { AuditEvent, Verification } from './audit-event.js'

export interface AuditQuery {
  actorId: string | null
  subjectUserId: string | null
  conversationId: string | null
  actions: string[] | null
  accessGrantId: string | null
  from: Date | null
  to: Date | null
  /** The page begins behind this event. */
  before: number | null
  limit: number
}

interface Head {
  sequence: number
  hash: string
  anchorSequence: number
  anchorHash: string
  /** An event where there may be none: before the beginning, or behind the end. */
  stray: number | null
  overdue: number
}

interface Followed {
  checked: number
  sequence: number
  hash: string
  broken: number | null
}

const CHAINED_AT_ONCE = 500
const FOLLOWED_AT_ONCE = 5_000
const OVERDUE_SECONDS = 10

const COLUMNS = `sequence, id, at, actor_id as "actorId", action, outcome, subject_user_id as "subjectUserId",
  conversation_id as "conversationId", message_id as "messageId", session_id as "sessionId", request_id as "requestId",
  access_grant_id as "accessGrantId", hash`

const HEAD_SQL = `
  select h.sequence, h.hash, h.anchor_sequence as "anchorSequence", h.anchor_hash as "anchorHash",
    (select min(sequence) from audit_events where sequence <= h.anchor_sequence or sequence > h.sequence) as stray,
    (select count(*)::int from audit_pending where at < clock_timestamp() - interval '${OVERDUE_SECONDS} s') as overdue
  from audit_head h`

type Name = Exclude<keyof AuditQuery, 'limit'>

/** Of what is given: each leaves the others' indexes to them. */
const CONDITIONS: readonly (readonly [Name, (place: string) => string])[] = [
  ['actorId', place => `actor_id = ${place}`],
  ['subjectUserId', place => `subject_user_id = ${place}`],
  ['conversationId', place => `conversation_id = ${place}::uuid`],
  ['actions', place => `action = any(${place}::text[])`],
  ['accessGrantId', place => `access_grant_id = ${place}::uuid`],
  ['from', place => `at >= ${place}::timestamptz`],
  ['to', place => `at < ${place}::timestamptz`],
  ['before', place => `sequence < ${place}::bigint`],
]

const FOLLOW_SQL = `select o_checked as checked, o_sequence as sequence, o_hash as hash, o_broken as broken
  from follow_audit($1, $2, $3, ${FOLLOWED_AT_ONCE})`

export class AuditStore {
  constructor(private readonly database: Database) {}

  record(entries: readonly AgedEntry[]): Promise<void> {
    return recordAudit(this.database, entries)
  }

  /** Whether more may wait. */
  async chain(): Promise<boolean> {
    const [row] = await this.database.call<{ chained: number }>(`select chain_audit(${CHAINED_AT_ONCE}) as chained`, [])
    return row?.chained === CHAINED_AT_ONCE
  }

  /** Newest first; one more than asked for where there are more. */
  list(query: AuditQuery): Promise<AuditEvent[]> {
    const given = CONDITIONS.filter(([name]) => query[name] !== null)
    const where = given.map(([, condition], index) => condition(`$${index + 1}`))
    const sql = `select ${COLUMNS} from audit_events ${where.length > 0 ? `where ${where.join(' and ')}` : ''}
      order by sequence desc limit ${query.limit + 1}`
    const parameters = given.map(([name]) => query[name])
    return this.database.call<AuditEvent>(sql, parameters)
  }

  /** All of the chain up to its head as it is now, a part at a time. */
  async verify(): Promise<Verification> {
    const [head] = await this.database.call<Head>(HEAD_SQL, [])
    // Nobody but a hand takes it away.
    if (!head) return { intact: false, checked: 0, firstBrokenSequence: 0, overdue: 0 }
    const { anchorSequence, anchorHash, stray, overdue } = head
    let at: Followed = { checked: 0, sequence: anchorSequence, hash: anchorHash, broken: null }
    while (at.broken === null && at.sequence < head.sequence) {
      const [next] = await this.database.call<Followed>(FOLLOW_SQL, [at.sequence, at.hash, head.sequence])
      if (!next) throw new Error('The audit could not be followed.')
      // Where nothing more follows, something is missing.
      const broken = next.broken ?? (next.checked === 0 ? at.sequence + 1 : null)
      at = { ...next, checked: at.checked + next.checked, broken }
    }
    if (at.broken === null && at.hash !== head.hash) at.broken = head.sequence
    const broken = [at.broken, stray].filter(sequence => sequence !== null)
    const firstBrokenSequence = broken.length > 0 ? Math.min(...broken) : null
    return { intact: firstBrokenSequence === null, checked: at.checked, firstBrokenSequence, overdue }
  }
}
