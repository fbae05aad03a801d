import type { Database, Transaction } from '../persistence/database.js'
import type { Asker } from '../people/person.js'
import { queryWithin } from '../persistence/query.js'
import { actOf, type AuditEntry, markRecorded } from '../audit-trail.js'

/** An entry, and how long ago that was. */
export interface AgedEntry extends AuditEntry {
  ageMs: number
}

/** Of a message or a session the conversation follows, and of a conversation who is cared for in it, but under a grant. */
const SQL = `
  insert into audit_pending (at, actor_id, action, outcome, subject_user_id, conversation_id, message_id, session_id, request_id,
    access_grant_id)
  select clock_timestamp() - e.age * interval '1 ms', e.actor, e.action, e.outcome::"AuditOutcome",
    case when e.access_grant is not null then u.id else coalesce(c.patient_id, c.support_user_id, u.id) end, coalesce(e.conversation, m.conversation_id, s.conversation_id), m.id, s.id,
    e.request, e.access_grant
  from unnest($1::float8[], $2::text[], $3::text[], $4::text[], $5::text[], $6::uuid[], $7::uuid[], $8::uuid[], $9::text[],
      $10::uuid[])
    with ordinality e(age, actor, action, outcome, subject, conversation, message, session, request, access_grant, ord)
  left join users u on u.id = e.subject
  left join messages m on m.id = e.message
  left join sessions s on s.id = e.session
  left join conversations c on c.id = coalesce(e.conversation, m.conversation_id, s.conversation_id)
  order by e.ord`

const parametersOf = (entries: readonly AgedEntry[]): unknown[] => [
  entries.map(entry => entry.ageMs),
  entries.map(entry => entry.actorId),
  entries.map(entry => entry.action),
  entries.map(entry => entry.outcome),
  entries.map(entry => entry.subjectUserId ?? null),
  entries.map(entry => entry.conversationId ?? null),
  entries.map(entry => entry.messageId ?? null),
  entries.map(entry => entry.sessionId ?? null),
  entries.map(entry => entry.requestId),
  entries.map(entry => entry.accessGrantId ?? null),
]

export const recordAudit = async (database: Database, entries: readonly AgedEntry[]): Promise<void> => {
  await database.call(SQL, parametersOf(entries))
}

/** With what it tells of, or not at all. */
export const recordWithin = async (tx: Transaction, entry: AuditEntry): Promise<void> => {
  await queryWithin(tx, SQL, parametersOf([{ ...entry, ageMs: 0 }]))
}

/**
 * What somebody does and the event that tells of it, in one transaction: both or neither. Null from the work is that nothing
 * was done. `conversationOf` says which conversation it was about, where the trail does not.
 */
export const runRecorded = async <T>(
  database: Pick<Database, 'transaction'>,
  asker: Asker | undefined,
  work: (tx: Transaction) => Promise<T>,
  conversationOf?: (result: T) => string | undefined,
): Promise<T> => {
  const result = await database.transaction(async tx => {
    const result = await work(tx)
    const act = asker && result !== null ? actOf(asker) : null
    if (act) await recordWithin(tx, { conversationId: conversationOf?.(result), ...act })
    return result
  })
  if (result !== null) markRecorded(asker)
  return result
}
