import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { ADMIN_SQL } from './template.mjs'

/** A migrated database of this run, which every test server on PostgreSQL gets a copy of. */
export default async () => {
  const run = `colloquy_test_${randomBytes(4).toString('hex')}`
  process.env.TEST_POSTGRES_RUN = run
  const admin = new pg.Client(process.env.TEST_DATABASE_URL)
  await admin.connect()
  await admin.query(`create database ${run}`)
  await admin.end()

  const url = new URL(process.env.TEST_DATABASE_URL)
  url.pathname = `/${run}`
  const { PostgresDatabase } = await import('../../dist/persistence/postgres-database.js')
  const { migratePostgres } = await import('../../dist/persistence/migrate.js')
  const database = new PostgresDatabase(url.href)
  await migratePostgres(database, url.href)
  await database.call(ADMIN_SQL, [])
  await database.close()
}
