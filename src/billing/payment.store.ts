import type { Database, Transaction } from '../persistence/database.js'
import { queryWithin } from '../persistence/query.js'
import type { ChargeKey } from './ledger.store.js'
import type { Payment, Share } from './ledger.js'
import type { Money } from './money.js'

const OWED_SQL = `
  select c.user_id as "userId", c.amount_minor as "amountMinor", u.display_name as name, p.display_name as payee
  from sessions s cross join lateral session_charges(s.id, s.ended_at) c join users u on u.id = c.user_id
  join users p on p.id = s.professional_id
  where s.id = $1::uuid and c.amount_minor > 0 order by c.user_id`

const PAYMENTS_SQL = `
  select e.user_id as "userId", -sum(e.amount_minor) filter (where e.kind = 'SESSION_CHARGE')::bigint as "paidMinor",
    coalesce(sum(e.amount_minor) filter (where e.kind = 'REFUND'), 0)::bigint as "refundedMinor"
  from ledger_entries e join ledger_transactions t on t.id = e.transaction_id
  where t.session_id = $1::uuid
    and ($2::text is null or t.created_at <= (select created_at from ledger_transactions where reference = $2))
  group by e.user_id
  having bool_or(e.kind = 'SESSION_CHARGE') order by e.user_id`

const SHARERS_SQL = `
  select distinct x.user_id as "userId" from sessions s cross join lateral (
    select s.patient_id as user_id union all select s.professional_id
    union all select p.user_id from session_participants p where p.session_id = s.id and p.role = 'PATIENT') x
  where s.conversation_id = any($1::uuid[]) and s.status = 'ACTIVE' and s.rate_minor is not null and x.user_id is not null`

// Up to its end, or now.
const SHARES_SQL = `
  select c.amount_minor as "costMinor", s.currency, (
    select coalesce(sum(e.amount_minor), 0) from ledger_transactions t join ledger_entries e on e.transaction_id = t.id
    where t.session_id = s.id and e.user_id = k.user_id and e.kind = 'REFUND')::bigint as "refundedMinor"
  from unnest($1::uuid[], $2::text[]) with ordinality k(id, user_id, ord) left join sessions s on s.id = k.id
  left join lateral session_charges(s.id, coalesce(s.ended_at, clock_timestamp())) c on c.user_id = k.user_id order by k.ord`

const COSTS_NOW_SQL = `
  select coalesce((select sum(c.amount_minor) from session_charges(s.id, clock_timestamp()) c), 0)::bigint
    as "amountMinor", s.currency
  from unnest($1::uuid[]) with ordinality x(id, ord) join sessions s on s.id = x.id order by x.ord`

interface ShareRow {
  costMinor: number | null
  refundedMinor: number
  currency: string | null
}

export interface Owed {
  userId: string
  amountMinor: number
  name: string
  /** The professional's name. */
  payee: string
}

/** What sessions cost, and whom. */
export class PaymentStore {
  constructor(private readonly database: Pick<Database, 'call'>) {}

  /** In the transaction that ends it. */
  owed(tx: Transaction, sessionId: string): Promise<Owed[]> {
    return queryWithin<Owed>(tx, OWED_SQL, [sessionId])
  }

  /** Whose wallets the ends of what runs in these conversations may concern. */
  async sharersIn(tx: Transaction, conversationIds: readonly string[]): Promise<string[]> {
    return (await queryWithin<{ userId: string }>(tx, SHARERS_SQL, [conversationIds])).map(({ userId }) => userId)
  }

  /** Up to now, or as they were once that reference was used. */
  payments(tx: Transaction, sessionId: string, through: string | null = null): Promise<Payment[]> {
    return queryWithin<Payment>(tx, PAYMENTS_SQL, [sessionId, through])
  }

  /** In the order of the keys; null for who pays nothing. */
  async sharesOf(keys: readonly ChargeKey[]): Promise<(Share | null)[]> {
    const parameters = [keys.map(({ sessionId }) => sessionId), keys.map(({ userId }) => userId)]
    const rows = await this.database.call<ShareRow>(SHARES_SQL, parameters)
    return rows.map(({ costMinor, refundedMinor, currency }) =>
      costMinor === null || currency === null
        ? null
        : { cost: { amountMinor: costMinor, currency }, refunded: { amountMinor: refundedMinor, currency } },
    )
  }

  /** Of those that are ACTIVE, what they cost up to now. */
  costsNow(ids: readonly string[]): Promise<Money[]> {
    return this.database.call<Money>(COSTS_NOW_SQL, [ids])
  }
}
