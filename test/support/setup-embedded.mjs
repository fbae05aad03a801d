import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ADMIN_SQL } from './template.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))

const templateFile = () => {
  const migrations = join(root, 'prisma', 'migrations')
  const hash = createHash('sha256').update(ADMIN_SQL)
  for (const path of readdirSync(migrations, { recursive: true }).sort())
    if (path.endsWith('.sql')) hash.update(path).update(readFileSync(join(migrations, path)))
  hash.update(readFileSync(join(root, 'package-lock.json')))
  return join(root, '.tmp', `template-${hash.digest('hex').slice(0, 16)}.tar`)
}

/** Migrated once, and kept until the migrations change: every embedded test server starts from this file. */
export default async () => {
  const file = templateFile()
  process.env.TEST_EMBEDDED_TEMPLATE = file
  if (existsSync(file)) return
  const { EmbeddedDatabase } = await import('../../dist/persistence/embedded-database.js')
  const { migrateEmbedded } = await import('../../dist/persistence/migrate.js')
  const database = await EmbeddedDatabase.open()
  await migrateEmbedded(database, database.client)
  await database.call(ADMIN_SQL, [])
  const content = Buffer.from(await (await database.dump()).arrayBuffer())
  await database.close()
  mkdirSync(join(root, '.tmp'), { recursive: true })
  writeFileSync(`${file}.${process.pid}`, content)
  renameSync(`${file}.${process.pid}`, file)
}
