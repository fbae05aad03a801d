import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { PGlite } from '@electric-sql/pglite'
import { embeddedAdapter } from '../src/persistence/embedded-adapter.js'
import { readMigrations } from '../src/persistence/migrate.js'
import { createSchemaEngine } from '../src/persistence/schema-engine.js'

const USAGE = 'Usage: npm run migration -- new <name> | check'
const MIGRATIONS = new URL('../prisma/migrations/', import.meta.url)
const SCHEMA = fileURLToPath(new URL('../prisma/schema.prisma', import.meta.url))

/** The SQL that leads from prisma/migrations to schema.prisma; null if they agree. */
const missingSql = async () => {
  const schema = await readFile(SCHEMA, 'utf8')
  const client = await PGlite.create()
  const adapter = embeddedAdapter(client)
  // The engine replays the migrations in the shadow database: here it is the empty one itself.
  const engine = await createSchemaEngine({ ...adapter, connectToShadowDb: () => adapter.connect() }, [
    [SCHEMA, schema],
  ])
  const { stdout, exitCode } = await engine.diff({
    from: { tag: 'migrations', ...(await readMigrations()) },
    to: { tag: 'schemaDatamodel', files: [{ path: SCHEMA, content: schema }] },
    script: true,
    exitCode: true,
    filters: { externalTables: [], externalEnums: [] },
  })
  await client.close()
  return exitCode === 0 ? null : (stdout ?? '')
}

const writeNext = async (name: string) => {
  const sql = await missingSql()
  const time = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14)
  const directory = new URL(`${time}_${name}/`, MIGRATIONS)
  await mkdir(directory)
  const file = new URL('migration.sql', directory)
  await writeFile(file, sql ?? '')
  console.log(`Wrote ${fileURLToPath(file)}${sql === null ? ', empty: schema.prisma has nothing new' : ''}.`)
}

const check = async () => {
  const sql = await missingSql()
  if (sql === null) return
  console.error(
    `prisma/migrations lack what schema.prisma says; "npm run migration -- new <name>" would write:\n${sql}`,
  )
  process.exitCode = 1
}

const [command, name] = process.argv.slice(2)
if (command === 'check') await check()
else if (command === 'new' && name !== undefined && /^[a-z0-9_]+$/.test(name)) await writeNext(name)
else {
  console.error(USAGE)
  process.exitCode = 2
}
