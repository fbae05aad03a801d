import { randomBytes, randomUUID } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigError, type Config } from '../config.js'

const isErrno = (error: unknown, code: string) => error instanceof Error && 'code' in error && error.code === code

const readSecret = (file: string) => {
  try {
    const secret = readFileSync(file, 'utf8').trim()
    if (secret === '') throw new ConfigError(`${file} is empty: delete it, and a new secret is made.`)
    return secret
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined
    throw error
  }
}

/** A link appears whole or not at all, so that of two processes that start at once both use the same secret. */
const makeSecret = (dataDir: string, file: string) => {
  mkdirSync(dataDir, { recursive: true })
  const draft = join(dataDir, `secret.${randomUUID()}`)
  writeFileSync(draft, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' })
  try {
    linkSync(draft, file)
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw error
  } finally {
    unlinkSync(draft)
  }
}

/** The secret that tokens are signed with: the configured one or, outside production, one made once and kept in `dataDir`. */
export const loadSecret = (config: Pick<Config, 'production' | 'dataDir' | 'jwt'>): string => {
  if (config.jwt.secret !== undefined) return config.jwt.secret
  if (config.production) throw new ConfigError('With NODE_ENV=production JWT_SECRET is required to sign tokens.')
  const file = join(config.dataDir, 'secret')
  const kept = readSecret(file)
  if (kept !== undefined) return kept
  makeSecret(config.dataDir, file)
  return readSecret(file) ?? loadSecret(config)
}
