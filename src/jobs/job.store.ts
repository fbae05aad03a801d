import type { Database } from '../persistence/database.js'

// The first to find it due has it for the lease.
const CLAIM_SQL = `
  insert into job_schedules as j (name, due_at)
  select name, now() + $2::int * interval '1 ms' from unnest($1::text[]) due(name) order by name
  on conflict (name) do update set due_at = excluded.due_at where j.due_at <= now()
  returning j.name`

const MOVE_SQL = `
  update job_schedules set due_at = now() + $2::int * interval '1 ms',
    last_success_at = case when $3::boolean then now() else last_success_at end
  where name = $1`

const SUCCEEDED_SQL = `
  insert into job_schedules (name, due_at, last_success_at) values ($1, now(), now())
  on conflict (name) do update set last_success_at = excluded.last_success_at`

export interface Success {
  name: string
  at: Date
}

/** Which job is due, and when each succeeded last: of the whole installation, by the database's clock. */
export class JobStore {
  constructor(private readonly database: Database) {}

  /** Those of them that are due, and are now whoever asked. */
  async claim(names: readonly string[], leaseMs: number): Promise<string[]> {
    return (await this.database.call<{ name: string }>(CLAIM_SQL, [names, leaseMs])).map(row => row.name)
  }

  /** Due again after that time. */
  async moveOn(name: string, inMs: number, success: boolean): Promise<void> {
    await this.database.call(MOVE_SQL, [name, inMs, success])
  }

  /** Leaves it due when it was. */
  async succeeded(name: string): Promise<void> {
    await this.database.call(SUCCEEDED_SQL, [name])
  }

  lastSuccesses(): Promise<Success[]> {
    const sql = 'select name, last_success_at as at from job_schedules where last_success_at is not null'
    return this.database.call<Success>(sql, [])
  }
}
