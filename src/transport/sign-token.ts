import jwt from 'jsonwebtoken'
import { canSignTokens, ConfigError, type Config } from '../config.js'
import { loadSecret } from './secret.js'

/** What is signed. */
export interface NewToken {
  sub: string
  name?: string
  roles?: string[]
}

const LIFETIME = '12h'

export const signToken = (config: Config, { sub, ...claims }: NewToken): string => {
  if (!canSignTokens(config))
    throw new ConfigError(
      'Tokens are checked by JWT_PUBLIC_KEY or JWT_JWKS_URL here: who holds the private key signs them.',
    )
  const { issuer, audience } = config.jwt
  return jwt.sign(claims, loadSecret(config), {
    algorithm: 'HS256',
    subject: sub,
    expiresIn: LIFETIME,
    ...(issuer === undefined ? {} : { issuer }),
    ...(audience === undefined ? {} : { audience }),
  })
}
