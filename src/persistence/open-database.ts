import { ConfigError, type Config } from '../config.js'
import type { Logger } from '../logger.js'
import type { Database } from './database.js'
import { isConnectionLost } from './database-errors.js'
import { checkDurability } from './durability.js'
import { EmbeddedDatabase } from './embedded-database.js'
import { migrateEmbedded, migratePostgres } from './migrate.js'
import { PostgresDatabase } from './postgres-database.js'

type DatabaseConfig = Pick<Config, 'databaseUrl' | 'dataDir' | 'production'> & Partial<Pick<Config, 'searchLanguage'>>

/** An operator's matter, told in a line. Never the URL, which may hold a password. */
const unreachable = (error: unknown) =>
  isConnectionLost(error)
    ? new ConfigError(`The database does not answer (${(error as Error).message}): check DATABASE_URL.`)
    : error

const openPostgres = async (url: string, config: DatabaseConfig) => {
  const database = new PostgresDatabase(url)
  try {
    if (config.production) await checkDurability(database)
    return { database, applied: await migratePostgres(database, url, config) }
  } catch (error) {
    await database.close()
    throw unreachable(error)
  }
}

const openEmbedded = async ({ dataDir, searchLanguage }: DatabaseConfig) => {
  const database = await EmbeddedDatabase.open({ dataDir })
  try {
    return { database, applied: await migrateEmbedded(database, database.client, { searchLanguage }) }
  } catch (error) {
    await database.close()
    throw error
  }
}

/** PostgreSQL where it is configured, else PGlite in the data directory; migrated. */
export const openDatabase = async (config: DatabaseConfig, logger?: Pick<Logger, 'info'>): Promise<Database> => {
  const { database, applied } = config.databaseUrl
    ? await openPostgres(config.databaseUrl, config)
    : await openEmbedded(config)
  if (applied.length > 0) logger?.info({ migrations: applied }, 'migrated the database')
  return database
}
