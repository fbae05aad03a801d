import type { Database, Transaction } from '../persistence/database.js'
import { queryWithin } from '../persistence/query.js'
import type { Emergency } from './emergency.js'

const COLUMNS = `e.message_id as "messageId", e.conversation_id as "conversationId", e.flagged_by_id as "flaggedById",
  e.flagged_at as "flaggedAt", e.acknowledged_by_id as "acknowledgedById", e.acknowledged_at as "acknowledgedAt",
  e.escalated_at as "escalatedAt"`

/** Emergencies change under the lock of their conversation, in the transaction of a Writing. */
export class EmergencyStore {
  constructor(private readonly database: Database) {}

  findMany(messageIds: readonly string[]): Promise<Emergency[]> {
    const sql = `select ${COLUMNS} from emergencies e where e.message_id = any($1::uuid[])`
    return this.database.call<Emergency>(sql, [messageIds])
  }

  /** Locks it. */
  async findWithin(tx: Transaction, messageId: string): Promise<Emergency | null> {
    const sql = `select ${COLUMNS} from emergencies e where e.message_id = $1::uuid for no key update`
    return (await queryWithin<Emergency>(tx, sql, [messageId]))[0] ?? null
  }

  async flag(tx: Transaction, messageId: string, userId: string): Promise<void> {
    const sql = `insert into emergencies (message_id, conversation_id, flagged_by_id, flagged_at)
      select m.id, m.conversation_id, $2, clock_timestamp() from messages m where m.id = $1::uuid`
    await queryWithin(tx, sql, [messageId, userId])
  }

  async acknowledge(tx: Transaction, messageId: string, userId: string): Promise<void> {
    const sql = `update emergencies set acknowledged_by_id = $2, acknowledged_at = clock_timestamp() where message_id = $1::uuid`
    await queryWithin(tx, sql, [messageId, userId])
  }

  async escalate(tx: Transaction, messageId: string): Promise<void> {
    await queryWithin(tx, 'update emergencies set escalated_at = clock_timestamp() where message_id = $1::uuid', [
      messageId,
    ])
  }

  async adminIds(tx: Transaction): Promise<string[]> {
    const sql = `select id from users where 'ADMIN' = any(roles) and active order by id`
    return (await queryWithin<{ id: string }>(tx, sql, [])).map(({ id }) => id)
  }
}
