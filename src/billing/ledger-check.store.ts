import type { Database } from '../persistence/database.js'

const DEADLINE_MS = 600_000

interface Check {
  /** What is wrong with each row that it finds. */
  name: string
  sql: string
}

// Each finds what must not be, by the id of a transaction, a wallet or a session.
const CHECKS: Check[] = [
  {
    name: 'The entries of a transaction do not sum to zero',
    sql: `select t.id::text from ledger_transactions t left join ledger_entries e on e.transaction_id = t.id
      group by t.id having coalesce(sum(e.amount_minor), 1) <> 0`,
  },
  {
    name: 'An entry is in another currency than its transaction',
    sql: `select t.id::text from ledger_transactions t join ledger_entries e on e.transaction_id = t.id
      where e.currency <> t.currency`,
  },
  {
    name: 'The balance after an entry of a wallet is not the sum of what came before',
    sql: `select user_id || ' ' || number as id from (
      select user_id, number, balance_after_minor,
        sum(amount_minor) over (partition by user_id, currency order by number) as right_balance
      from ledger_entries where user_id is not null) e where balance_after_minor <> right_balance`,
  },
  {
    name: 'A wallet has not the entries that it counts',
    sql: `select w.user_id as id from wallets w left join ledger_entries e on e.user_id = w.user_id
      group by w.user_id, w.entries having count(e.id) <> w.entries or coalesce(max(e.number), 0) <> w.entries`,
  },
  {
    name: 'A session that is over was not charged what it cost',
    sql: `select s.id::text from sessions s
      left join lateral (
        select -sum(e.amount_minor) filter (where e.kind = 'SESSION_CHARGE') as charged,
          sum(e.amount_minor) filter (where e.kind = 'SESSION_EARNING') as earned,
          count(distinct t.id) as transactions
        from ledger_transactions t join ledger_entries e on e.transaction_id = t.id
        where t.session_id = s.id and e.kind in ('SESSION_CHARGE', 'SESSION_EARNING')) of on true
      where coalesce(s.cost_minor, 0) <> coalesce(of.charged, 0) or coalesce(s.cost_minor, 0) <> coalesce(of.earned, 0)
        or of.transactions > 1 or (s.status <> 'ACTIVE' and s.rate_minor is not null and s.cost_minor is null)`,
  },
  {
    name: 'More was given back for a session than was paid',
    sql: `select t.session_id || ' ' || e.user_id as id
      from ledger_transactions t join ledger_entries e on e.transaction_id = t.id join sessions s on s.id = t.session_id
      where e.user_id <> s.professional_id group by t.session_id, e.user_id having sum(e.amount_minor) > 0`,
  },
]

const MOST_TOLD = 100

export class LedgerCheckStore {
  constructor(private readonly database: Pick<Database, 'call'>) {}

  /** Where the ledger is not right, in sentences: a list for each thing that is looked at. */
  async *faults(): AsyncGenerator<string[]> {
    for (const { name, sql } of CHECKS) {
      const found = await this.database.call<{ id: string }>(`${sql} limit ${MOST_TOLD}`, [], DEADLINE_MS)
      yield found.map(({ id }) => `${name}: ${id}.`)
    }
  }
}
