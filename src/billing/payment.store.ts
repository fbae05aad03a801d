import type { Transaction } from '../persistence/database.js'
import { queryWithin } from '../persistence/query.js'
import type { Payment } from './ledger.js'

const OWED_SQL = `
  select c.user_id as "userId", c.amount_minor as "amountMinor", u.display_name as name, p.display_name as payee
  from sessions s cross join lateral session_charges(s.id, s.ended_at) c join users u on u.id = c.user_id
  join users p on p.id = s.professional_id
  where s.id = $1::uuid and c.amount_minor > 0 order by c.user_id`

const PAYMENTS_SQL = `
  select e.user_id as "userId", -sum(e.amount_minor) filter (where e.kind = 'SESSION_CHARGE')::bigint as "paidMinor",
    coalesce(sum(e.amount_minor) filter (where e.kind = 'REFUND'), 0)::bigint as "refundedMinor"
  from ledger_entries e join ledger_transactions t on t.id = e.transaction_id
  where t.session_id = $1::uuid group by e.user_id
  having bool_or(e.kind = 'SESSION_CHARGE') order by e.user_id`

export interface Owed {
  userId: string
  amountMinor: number
  name: string
  /** The professional's name. */
  payee: string
}

/** What sessions cost whom: read in the transaction that ends one, or gives back. */
export class PaymentStore {
  owed(tx: Transaction, sessionId: string): Promise<Owed[]> {
    return queryWithin<Owed>(tx, OWED_SQL, [sessionId])
  }

  payments(tx: Transaction, sessionId: string): Promise<Payment[]> {
    return queryWithin<Payment>(tx, PAYMENTS_SQL, [sessionId])
  }
}
