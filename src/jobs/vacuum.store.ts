import type { Database } from '../persistence/database.js'

// As PostgreSQL's own autovacuum has it.
const DEAD_SQL = `
  select relname as name, n_dead_tup::int as rows from pg_stat_user_tables
  where schemaname = current_schema() and n_dead_tup > 50 + 0.2 * n_live_tup order by relname`

export interface DeadRows {
  name: string
  rows: number
}

export class VacuumStore {
  constructor(private readonly database: Database) {}

  /** The tables with many dead rows. */
  async dead(): Promise<DeadRows[]> {
    // What was counted last would be told a second later, else.
    await this.database.call('select pg_stat_force_next_flush()', [])
    return this.database.call<DeadRows>(DEAD_SQL, [])
  }

  async vacuum(table: string): Promise<void> {
    await this.database.call(`vacuum (analyze) "${table}"`, [])
  }
}
