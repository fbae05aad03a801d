import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import pg from 'pg'
import { EmbeddedDatabase } from '../../src/persistence/embedded-database.js'

export interface TestPostgres {
  url: string
  drop: () => Promise<void>
}

const variable = (name: string) => {
  const value = process.env[name]
  if (value === undefined) throw new Error(`${name} is not set: run the tests with npm test or node scripts/test.mjs.`)
  return value
}

const withAdmin = async (work: (client: pg.Client) => Promise<unknown>) => {
  const client = new pg.Client(variable('TEST_DATABASE_URL'))
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

const query = async (url: string, sql: string) => {
  const client = new pg.Client(url)
  await client.connect()
  await client.query(sql)
  await client.end()
}

// A copy is an installation of its own, as its topics and cursors must be.
const newEpoch = `update installation set epoch = substr(md5(gen_random_uuid()::text), 1, 8)`

/** A database of its own, with the tables and the test admin unless it shall be empty; the caller drops it. */
export const createPostgresDatabase = async ({ empty = false } = {}): Promise<TestPostgres> => {
  const run = variable('TEST_POSTGRES_RUN')
  const name = `${run}_${randomBytes(4).toString('hex')}`
  await withAdmin(client => client.query(`create database ${name} template ${empty ? 'template0' : run}`))
  const url = new URL(variable('TEST_DATABASE_URL'))
  url.pathname = `/${name}`
  if (!empty) await query(url.href, newEpoch)
  return {
    url: url.href,
    drop: () => withAdmin(client => client.query(`drop database if exists ${name} with (force)`)),
  }
}

/** A migrated database in memory. */
export const createEmbeddedDatabase = async (): Promise<EmbeddedDatabase> =>
  EmbeddedDatabase.open({ content: new Blob([await readFile(variable('TEST_EMBEDDED_TEMPLATE'))]) })
