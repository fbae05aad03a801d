import { batched } from '../batched.js'
import type { Database, Transaction } from '../persistence/database.js'
import { queryWithin } from '../persistence/query.js'
import type { HoldEntry, LegalHold, NumberedHold } from './legal-hold.js'

const NEWEST = `
  select h.conversation_id as "conversationId", h.is_held as "isHeld", h.reason, h.by_id as "byId", h.at
  from unnest($1::uuid[]) k(id) cross join lateral (
    select * from legal_holds x where x.conversation_id = k.id order by x.number desc limit 1) h`

const ADD_SQL = `
  insert into legal_holds (conversation_id, number, is_held, reason, by_id)
  select $1::uuid, 1 + coalesce(max(number), 0), $2::boolean, $3, $4 from legal_holds where conversation_id = $1::uuid`

const LIST_SQL = `
  select h.conversation_id as "conversationId", h.number, h.is_held as "isHeld", h.reason, h.by_id as "byId", h.at
  from legal_holds h where h.conversation_id = $1::uuid and ($2::int is null or h.number < $2)
  order by h.number desc limit $3`

/** Which conversations keep everything, and why. Entries are added under the lock of their conversation, and never changed. */
export class LegalHoldStore {
  /** Null where there is none now. Calls of the same turn are one query. */
  readonly find: (conversationId: string) => Promise<LegalHold | null>

  constructor(private readonly database: Database) {
    this.find = batched(
      async ids => {
        const entries = await database.call<HoldEntry>(NEWEST, [ids])
        const held = new Map(entries.filter(entry => entry.isHeld).map(entry => [entry.conversationId, entry]))
        return ids.map(id => held.get(id) ?? null)
      },
      id => id,
    )
  }

  /** Newest first, those before `before`. */
  list(conversationId: string, before: number | null, limit: number): Promise<NumberedHold[]> {
    return this.database.call<NumberedHold>(LIST_SQL, [conversationId, before, limit])
  }

  async newestWithin(tx: Transaction, conversationId: string): Promise<HoldEntry | null> {
    return (await queryWithin<HoldEntry>(tx, NEWEST, [[conversationId]]))[0] ?? null
  }

  async addWithin(tx: Transaction, { conversationId, isHeld, reason, byId }: Omit<HoldEntry, 'at'>): Promise<void> {
    await queryWithin(tx, ADD_SQL, [conversationId, isHeld, reason, byId])
  }
}
