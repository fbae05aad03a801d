import type { Database } from '../persistence/database.js'
import { NOTIFICATION_COLUMNS, notificationFromRow, type NotificationRow } from './notification-row.js'
import type { Notification } from './notification.js'

const DEADLINE_MS = 5_000

const IS_DUE = 'given_up_at is null and next_at <= now()'

const dueOf = (urgent: boolean, limit: string) => `
    select notification_id from push_deliveries where ${IS_DUE} and urgent = ${urgent}
    order by next_at limit ${limit} for no key update skip locked`

// Whoever takes a delivery has it for a while: if nothing is heard of it, another process takes it.
const CLAIM_SQL = `
  with urgent as materialized (${dueOf(true, '$1')}),
  calm as materialized (${dueOf(false, 'least($2::int, $1::int - (select count(*)::int from urgent))')}),
  due as (select * from urgent union all select * from calm),
  claimed as (
    update push_deliveries d set attempts = d.attempts + 1, next_at = now() + $3::int * interval '1 ms'
    from due where d.notification_id = due.notification_id returning d.notification_id, d.attempts)
  select claimed.attempts, ${NOTIFICATION_COLUMNS} from claimed join notifications n on n.id = claimed.notification_id`

const FAIL_SQL = `
  update push_deliveries set last_error = $2, next_at = now() + $3::int * interval '1 ms',
    given_up_at = case when created_at <= now() - $4::int * interval '1 ms' then now() end
  where notification_id = $1::uuid and given_up_at is null`

const DEPTHS_SQL = `
  select (select count(*)::int from push_deliveries where given_up_at is null) as waiting,
    (select count(*)::int from push_deliveries where given_up_at is not null) as "givenUp"`

export interface Claim {
  notification: Notification
  /** This one included. */
  attempts: number
}

export interface Failure {
  notificationId: string
  error: string
  retryInMs: number
  giveUpAfterMs: number
}

export interface Places {
  count: number
  calm: number
}

/** The queue of what is to be pushed. */
export class PushStore {
  constructor(private readonly database: Database) {}

  /** So many at most, and of what is not urgent no more than `calm`. */
  async claim({ count, calm }: Places, leaseMs: number): Promise<Claim[]> {
    type Row = NotificationRow & { attempts: number }
    const rows = await this.database.call<Row>(CLAIM_SQL, [count, calm, leaseMs], DEADLINE_MS)
    return rows.map(row => ({ notification: notificationFromRow(row), attempts: row.attempts }))
  }

  async countDue(): Promise<number> {
    const sql = `select count(*)::int as count from push_deliveries where ${IS_DUE}`
    return (await this.database.call<{ count: number }>(sql, [], DEADLINE_MS))[0]?.count ?? 0
  }

  async delivered(notificationId: string): Promise<void> {
    await this.database.call(
      'delete from push_deliveries where notification_id = $1::uuid',
      [notificationId],
      DEADLINE_MS,
    )
  }

  async failed({ notificationId, error, retryInMs, giveUpAfterMs }: Failure): Promise<void> {
    await this.database.call(FAIL_SQL, [notificationId, error, retryInMs, giveUpAfterMs], DEADLINE_MS)
  }

  async depths(): Promise<{ waiting: number; givenUp: number }> {
    const [row] = await this.database.call<{ waiting: number; givenUp: number }>(DEPTHS_SQL, [], DEADLINE_MS)
    return row ?? { waiting: 0, givenUp: 0 }
  }
}
