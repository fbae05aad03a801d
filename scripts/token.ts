import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigError, readConfig } from '../src/config.js'
import { signToken } from '../src/transport/sign-token.js'
import { roleNamed } from '../src/transport/token-verifier.js'

const [userId, ...roles] = process.argv.slice(2)

try {
  if (userId === undefined) throw new ConfigError('Usage: npm run token -- <userId> [role…]')
  const unknown = roles.find(role => roleNamed(role) === undefined)
  if (unknown !== undefined) throw new ConfigError(`"${unknown}" is no role: patient, professional or admin.`)
  const config = readConfig()
  const secret = join(config.dataDir, 'secret')
  const isNew = config.jwt.secret === undefined && !existsSync(secret)
  console.log(signToken(config, { sub: userId, ...(roles.length > 0 ? { roles } : {}) }))
  if (isNew)
    console.error(`Made ${secret}, which was not there: a server takes this token that starts with the same DATA_DIR.`)
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
