import { randomUUID } from 'node:crypto'
import { batched } from '../batched.js'
import type { Database, Transaction } from '../persistence/database.js'
import { queryWithin } from '../persistence/query.js'
import { ENTRY_COLUMNS, entryFromRow, type EntryRow } from './ledger-row.js'
import type { Posting, WalletTransaction } from './ledger.js'
import type { Money } from './money.js'

const OPEN_WALLETS_SQL = `insert into wallets (user_id) select id from unnest($1::text[]) x(id) order by id on conflict do nothing`
const LOCK_WALLETS_SQL = `select user_id from wallets where user_id = any($1::text[]) order by user_id for no key update`

// Nothing where the reference was used before: who used it at the same time is awaited.
const BEGIN_SQL = `insert into ledger_transactions (id, reference, session_id, currency, created_by_id, created_at)
  values ($1::uuid, $2, $3::uuid, $4, $5, clock_timestamp()) on conflict (reference) do nothing returning id`

// Its snapshot is younger than the locks: the last entry of a wallet is the last.
const ENTRIES_SQL = `
  with given as (
    select * from unnest($3::text[], $4::text[], $5::bigint[], $6::text[]) x(user_id, kind, amount, description)),
  numbered as (
    update wallets w set entries = w.entries + 1 from given g where g.user_id = w.user_id returning w.user_id, w.entries)
  insert into ledger_entries (transaction_id, currency, user_id, number, kind, amount_minor, balance_after_minor, description)
  select $1::uuid, $2, g.user_id, n.entries, g.kind::"TransactionKind", g.amount,
    case when g.user_id is not null then g.amount + coalesce((
      select e.balance_after_minor from ledger_entries e
      where e.user_id = g.user_id and e.currency = $2 order by e.number desc limit 1), 0) end,
    g.description
  from given g left join numbered n on n.user_id = g.user_id`

const BALANCES_SQL = `select distinct on (currency) currency, balance_after_minor as "amountMinor"
  from ledger_entries where user_id = $1 order by currency, number desc`

const LIST_SQL = `select ${ENTRY_COLUMNS} from ledger_entries e join ledger_transactions t on t.id = e.transaction_id
  where e.user_id = $1 and ($2::text is null or e.currency = $2) and ($3::int is null or e.number < $3)
  order by e.number desc limit $4`

const CHARGES_SQL = `select ${ENTRY_COLUMNS} from ledger_entries e join ledger_transactions t on t.id = e.transaction_id
  where t.session_id = any($1::uuid[]) and e.user_id = any($2::text[]) and e.kind in ('SESSION_CHARGE', 'SESSION_EARNING')`

// All that moved, and whose wallet it came into.
const REFERENCE_SQL = `
  select t.session_id as "sessionId", t.currency, min(e.user_id) filter (where e.amount_minor > 0) as "userId",
    sum(e.amount_minor) filter (where e.amount_minor > 0)::bigint as "amountMinor"
  from ledger_transactions t join ledger_entries e on e.transaction_id = t.id where t.reference = $1
  group by t.id`

export interface ReferredTo extends Money {
  sessionId: string | null
  userId: string
}

/** Whose transaction for which session. */
export interface ChargeKey {
  sessionId: string
  userId: string
}

const ENTRIES_OF_SQL = `select k.user_id as "userId", coalesce(w.entries, 0) as entries
  from unnest($1::text[]) k(user_id) left join wallets w on w.user_id = k.user_id`

/** Money in wallets. Entries are added and never changed. */
export class LedgerStore {
  /** How many a wallet has: another number with whatever comes into it or leaves it. Calls of the same turn are one query. */
  readonly countEntries: (userId: string) => Promise<number>

  constructor(private readonly database: Database) {
    this.countEntries = batched(
      async ids => {
        const rows = await database.call<{ userId: string; entries: number }>(ENTRIES_OF_SQL, [ids])
        const found = new Map(rows.map(({ userId, entries }) => [userId, entries]))
        return ids.map(id => found.get(id) ?? 0)
      },
      id => id,
    )
  }

  /** False where its reference was used before, and nothing was done. */
  async post(tx: Transaction, posting: Posting): Promise<boolean> {
    const { reference, sessionId, createdById, currency, entries } = posting
    await this.lockWallets(
      tx,
      entries.map(({ userId }) => userId).filter(userId => userId !== null),
    )
    const id = randomUUID()
    const begun = await queryWithin(tx, BEGIN_SQL, [id, reference, sessionId, currency, createdById])
    if (begun.length === 0) return false
    await queryWithin(tx, ENTRIES_SQL, [
      id,
      currency,
      entries.map(entry => entry.userId),
      entries.map(entry => entry.kind),
      entries.map(entry => String(entry.amountMinor)),
      entries.map(entry => entry.description),
    ])
    return true
  }

  /** Until the commit nobody else adds to them. */
  async lockWallets(tx: Transaction, userIds: readonly string[]): Promise<void> {
    await queryWithin(tx, OPEN_WALLETS_SQL, [userIds])
    await queryWithin(tx, LOCK_WALLETS_SQL, [userIds])
  }

  async findReference(tx: Transaction, reference: string): Promise<ReferredTo | null> {
    return (await queryWithin<ReferredTo>(tx, REFERENCE_SQL, [reference]))[0] ?? null
  }

  /** One for each currency that was ever used. */
  balances(userId: string): Promise<Money[]> {
    return this.database.call<Money>(BALANCES_SQL, [userId])
  }

  async balanceWithin(tx: Transaction, userId: string, currency: string): Promise<number> {
    const balances = await queryWithin<Money>(tx, BALANCES_SQL, [userId])
    return balances.find(balance => balance.currency === currency)?.amountMinor ?? 0
  }

  /** Newest first, those before `before`. */
  async list(
    userId: string,
    { currency, before, limit }: { currency: string | null; before: number | null; limit: number },
  ): Promise<WalletTransaction[]> {
    return (await this.database.call<EntryRow>(LIST_SQL, [userId, currency, before, limit])).map(entryFromRow)
  }

  async charges(keys: readonly ChargeKey[]): Promise<(WalletTransaction | null)[]> {
    const parameters = [keys.map(({ sessionId }) => sessionId), keys.map(({ userId }) => userId)]
    const found = (await this.database.call<EntryRow>(CHARGES_SQL, parameters)).map(entryFromRow)
    return keys.map(key => found.find(one => one.sessionId === key.sessionId && one.userId === key.userId) ?? null)
  }
}
