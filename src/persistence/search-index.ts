import { ConfigError } from '../config.js'

/** Runs a statement outside of any transaction, for however long it takes. */
type Run = (sql: string, parameters?: unknown[]) => Promise<unknown[]>

const PREFIX = 'messages_search_'

/**
 * What the search in that language needs. Without an index a search reads every message; with one of another language
 * every message is written twice as dearly. Only one process may do it at a time.
 */
export const prepareSearchIndex = async (run: Run, language: string, concurrently: boolean): Promise<void> => {
  const known = await run('select 1 from pg_ts_config where cfgname = $1', [language])
  if (known.length === 0) throw new ConfigError(`SEARCH_LANGUAGE: this database knows no language "${language}".`)
  const name = `${PREFIX}${language}`
  const found = (await run(
    `select c.relname as name, i.indisvalid as valid from pg_index i join pg_class c on c.oid = i.indexrelid
      where i.indrelid = 'messages'::regclass and starts_with(c.relname, $1)`,
    [PREFIX],
  )) as { name: string; valid: boolean }[]
  const how = concurrently ? 'concurrently' : ''
  const current = found.find(index => index.name === name)
  // Where the start that made it was cut off.
  if (current && !current.valid) await run(`drop index ${how} ${name}`)
  if (!current?.valid)
    await run(`create index ${how} ${name} on messages
      using gin (message_vector('${language}', conversation_id, body)) where deleted_at is null and kind <> 'SYSTEM'`)
  for (const index of found) if (index !== current) await run(`drop index ${how} ${index.name}`)
}

/** Whether there is nothing to prepare. */
export const isSearchIndexed = async (run: Run, language: string): Promise<boolean> => {
  const found = await run(
    `select 1 from pg_index i join pg_class c on c.oid = i.indexrelid
      where i.indrelid = 'messages'::regclass and starts_with(c.relname, $1)
      having count(*) = 1 and bool_and(i.indisvalid and c.relname = $2)`,
    [PREFIX, `${PREFIX}${language}`],
  )
  return found.length > 0
}
