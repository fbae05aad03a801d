import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import type { PGliteInterface } from '@electric-sql/pglite'
import type { MigrationList } from '@prisma/schema-engine-wasm/schema_engine_bg'
import type pg from 'pg'
import { ConnectionPool } from './connection-pool.js'
import type { Database } from './database.js'
import { embeddedAdapter } from './embedded-adapter.js'
import { postgresAdapter } from './postgres-adapter.js'
import { createSchemaEngine } from './schema-engine.js'
import { isSearchIndexed, prepareSearchIndex } from './search-index.js'

// The one that Prisma's own command line takes.
const ADVISORY_LOCK = 72_707_369
const LOCK_POLL_MS = 100
const DIRECTORY = fileURLToPath(new URL('../../prisma/migrations', import.meta.url))

/** Everything under prisma/migrations, as the schema engine wants it. */
export const readMigrations = async (baseDir = DIRECTORY): Promise<MigrationList> => {
  const entries = await readdir(baseDir, { withFileTypes: true })
  const names = entries.filter(entry => entry.isDirectory()).map(entry => entry.name)
  const content = (...path: string[]) => readFile(join(baseDir, ...path), 'utf8')
  return {
    baseDir,
    lockfile: { path: 'migration_lock.toml', content: await content('migration_lock.toml') },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.sort().map(async name => ({
        path: name,
        migrationFile: {
          path: 'migration.sql',
          content: { tag: 'ok' as const, value: await content(name, 'migration.sql') },
        },
      })),
    ),
  }
}

const isUpToDate = async (database: Pick<Database, 'call'>, migrations: MigrationList) => {
  const tables = 'select 1 from pg_tables where schemaname = current_schema() and tablename = $1'
  if ((await database.call(tables, ['_prisma_migrations'])).length === 0) return false
  const sql =
    'select migration_name as name from _prisma_migrations where finished_at is not null and rolled_back_at is null'
  const applied = new Set((await database.call<{ name: string }>(sql, [])).map(row => row.name))
  return migrations.migrationDirectories.every(({ path }) => applied.has(path))
}

const apply = async (adapter: SqlMigrationAwareDriverAdapterFactory, migrationsList: MigrationList) => {
  const engine = await createSchemaEngine(adapter)
  try {
    const input = { migrationsList, filters: { externalTables: [], externalEnums: [] } }
    return (await engine.applyMigrations(input)).appliedMigrationNames
  } finally {
    engine.free()
  }
}

const takeLock = async (pool: pg.Pool) => {
  const sql = 'select pg_try_advisory_lock($1) as taken'
  while (!(await pool.query<{ taken: boolean }>(sql, [ADVISORY_LOCK])).rows[0]?.taken) await delay(LOCK_POLL_MS)
}

/** What of the database depends on the configuration. */
interface Shape {
  searchLanguage?: string
}

const DEFAULT_LANGUAGE = 'simple'

/** Applies what is missing and answers its names. Several processes may call it at once: one migrates, the others wait. */
export const migratePostgres = async (
  database: Pick<Database, 'call'>,
  url: string,
  { searchLanguage = DEFAULT_LANGUAGE }: Shape = {},
): Promise<string[]> => {
  const migrations = await readMigrations()
  const call = (sql: string, parameters: unknown[] = []) => database.call(sql, parameters)
  if ((await isUpToDate(database, migrations)) && (await isSearchIndexed(call, searchLanguage))) return []
  // A single connection, because the lock belongs to it.
  const connection = new ConnectionPool(url, { maxConnections: 1, statementTimeoutMs: 0, leaseMs: 0 })
  const run = async (sql: string, parameters: unknown[] = []) =>
    (await connection.pool.query<object>(sql, parameters)).rows
  try {
    await takeLock(connection.pool)
    const applied = await apply(postgresAdapter(connection.pool), migrations)
    await prepareSearchIndex(run, searchLanguage, true)
    return applied
  } finally {
    await connection.end()
  }
}

export const migrateEmbedded = async (
  database: Pick<Database, 'call'>,
  client: PGliteInterface,
  { searchLanguage = DEFAULT_LANGUAGE }: Shape = {},
): Promise<string[]> => {
  const migrations = await readMigrations()
  const call = (sql: string, parameters: unknown[] = []) => database.call(sql, parameters)
  if ((await isUpToDate(database, migrations)) && (await isSearchIndexed(call, searchLanguage))) return []
  const applied = await apply(embeddedAdapter(client), migrations)
  await prepareSearchIndex(call, searchLanguage, false)
  // Without it, arrays of enums that a migration made cannot be written before the next start.
  await client.refreshArrayTypes()
  return applied
}
