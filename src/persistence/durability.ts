import { ConfigError } from '../config.js'
import type { Database } from './database.js'

/** Throws if an acknowledged commit might not outlive a power loss. */
export const checkDurability = async (database: Pick<Database, 'call'>): Promise<void> => {
  const sql = `select name from unnest(array['fsync', 'synchronous_commit']) as name where current_setting(name) = 'off'`
  const off = (await database.call<{ name: string }>(sql, [])).map(row => row.name)
  if (off.length === 0) return
  throw new ConfigError(
    `The database runs with ${off.map(name => `${name}=off`).join(' and ')}: it may lose acknowledged messages. ` +
      'Set it on, or do without NODE_ENV=production.',
  )
}
