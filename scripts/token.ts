import { ConfigError, readConfig } from '../src/config.js'
import { signToken } from '../src/transport/sign-token.js'
import { roleNamed } from '../src/transport/token-verifier.js'

const [userId, ...roles] = process.argv.slice(2)

try {
  if (userId === undefined) throw new ConfigError('Usage: npm run token -- <userId> [role…]')
  const unknown = roles.find(role => roleNamed(role) === undefined)
  if (unknown !== undefined) throw new ConfigError(`"${unknown}" is no role: patient, professional or admin.`)
  console.log(signToken(readConfig(), { sub: userId, ...(roles.length > 0 ? { roles } : {}) }))
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
