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
const PRUNED_AT_ONCE = 1_000
const FOLLOWED_AT_ONCE = 5_000
const OVERDUE_SECONDS = 10
/** Of following the chain while it is pruned. */
const MOST_ATTEMPTS = 20

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

const PRUNE_SQL = `select o_pruned as pruned, o_broken as broken from prune_audit($1, ${PRUNED_AT_ONCE})`

const COUNT_OLD_SQL = `
  select count(*)::int as count from audit_events
  where sequence < coalesce((select min(sequence) from audit_events where at >= now() - $1::int * interval '1 day'),
    (select sequence + 1 from audit_head))`

export class AuditStore {
  constructor(private readonly database: Database) {}

  record(entries: readonly AgedEntry[]): Promise<void> {
    return recordAudit(this.database, entries)
  }

  /** How many; the most that there are at once where more may wait. */
  async chain(): Promise<{ chained: number; more: boolean }> {
    const [row] = await this.database.call<{ chained: number }>(`select chain_audit(${CHAINED_AT_ONCE}) as chained`, [])
    const chained = row?.chained ?? 0
    return { chained, more: chained === CHAINED_AT_ONCE }
  }

  /** Removes the oldest events of the chain that are older, a batch of them; fails where the chain is broken there. */
  async prune(days: number): Promise<{ events: number; more: boolean }> {
    const [row] = await this.database.call<{ pruned: number; broken: number | null }>(PRUNE_SQL, [days])
    const { pruned = 0, broken = null } = row ?? {}
    if (broken !== null)
      throw new Error(`The audit log is broken at event ${broken}, and is not pruned: see verifyAuditLog.`)
    return { events: pruned, more: pruned === PRUNED_AT_ONCE }
  }

  /** How many would be pruned. */
  async countOld(days: number): Promise<number> {
    return (await this.database.call<{ count: number }>(COUNT_OLD_SQL, [days]))[0]?.count ?? 0
  }

  async countPending(): Promise<number> {
    const sql = 'select count(*)::int as count from audit_pending'
    return (await this.database.call<{ count: number }>(sql, []))[0]?.count ?? 0
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

  /** All of the chain from its anchor up to its head as it is now, a part at a time. */
  async verify(): Promise<Verification> {
    for (let attempt = 1; ; attempt++) {
      const head = await this.readHead()
      // Nobody but a hand takes it away.
      if (!head) return { intact: false, checked: 0, firstBrokenSequence: 0, overdue: 0 }
      const verification = await this.follow(head)
      if (verification.intact || attempt === MOST_ATTEMPTS) return verification
      // What was pruned under way is no gap: then it begins behind that.
      if ((await this.readHead())?.anchorSequence === head.anchorSequence) return verification
    }
  }

  private async readHead(): Promise<Head | null> {
    return (await this.database.call<Head>(HEAD_SQL, []))[0] ?? null
  }

  private async follow(head: Head): Promise<Verification> {
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
