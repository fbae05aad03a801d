import { expect, test } from '@jest/globals'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from '../../src/persistence/database.js'
import { openDatabase } from '../../src/persistence/open-database.js'
import { cleanUp } from '../support/cleanup.js'
import { createPostgresDatabase } from '../support/database.js'

/** A place for a database, whatever the engine. */
const makePlace = async () => {
  if (process.env.TEST_POSTGRES_RUN !== undefined) {
    const { url, drop } = await createPostgresDatabase({ empty: true })
    cleanUp(drop)
    return { databaseUrl: url, dataDir: '', production: false }
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'colloquy-'))
  cleanUp(() => rm(dataDir, { recursive: true, force: true }))
  return { databaseUrl: undefined, dataDir, production: false }
}

const indexesOf = async (database: Database) =>
  database.call<{ name: string; valid: boolean }>(
    `select c.relname as name, i.indisvalid as valid from pg_index i join pg_class c on c.oid = i.indexrelid
      where c.relname like 'messages_search_%'`,
    [],
  )

const planOf = async (database: Database, language: string) => {
  const rows = await database.transaction(async tx => {
    await tx.$executeRawUnsafe('set local enable_seqscan = off')
    return tx.$queryRawUnsafe<Record<string, string>[]>(
      `explain select 1 from messages m where message_vector('${language}', m.conversation_id, m.body) @@ 'x'::tsquery
        and m.deleted_at is null and m.kind <> 'SYSTEM'`,
    )
  })
  return rows.flatMap(row => Object.values(row)).join('\n')
}

test('each start sees that there is the index for its language, whole, and no other', async () => {
  const place = await makePlace()
  const startIn = async (searchLanguage: string | undefined, look: (database: Database) => Promise<void>) => {
    const database = await openDatabase({ ...place, ...(searchLanguage !== undefined && { searchLanguage }) })
    await look(database).finally(() => database.close())
  }
  const isOnly = (language: string) => async (database: Database) => {
    expect(await indexesOf(database)).toEqual([{ name: `messages_search_${language}`, valid: true }])
    expect(await planOf(database, language)).toContain(`messages_search_${language}`)
  }
  await startIn(undefined, isOnly('simple'))
  await startIn('german', isOnly('german'))
  await startIn('german', async database => {
    // As a start leaves it that is cut off while it makes the index.
    await database.call(
      `update pg_index set indisvalid = false where indexrelid = 'messages_search_german'::regclass`,
      [],
    )
  })
  await startIn('german', isOnly('german'))
  await expect(startIn('klingon', async () => {})).rejects.toThrow(/SEARCH_LANGUAGE: .* no language "klingon"/)
  await startIn('simple', isOnly('simple'))
}, 60_000)
