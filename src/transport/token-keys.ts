import { createPublicKey, type KeyObject } from 'node:crypto'
import type { Algorithm, JwtHeader } from 'jsonwebtoken'
import jwksRsa from 'jwks-rsa'
import { ConfigError, type Config } from '../config.js'
import { unavailable } from '../errors.js'

const JWKS_FRESH_MS = 10 * 60_000
const JWKS_REQUESTS_PER_MINUTE = 30
const JWKS_TIMEOUT_MS = 5_000

// Also where unknown ones were asked for too often.
const UNKNOWN_KEY = new Set(['SigningKeyNotFoundError', 'JwksRateLimitError'])

/** A key, and the algorithms that it may verify: never a public key as the secret of HS256. */
export interface Key {
  key: string | KeyObject
  algorithms: Algorithm[]
}

/** The key for a token of that header; undefined: not one of these. */
export type FindKey = (header: JwtHeader) => Promise<Key | undefined>

const algorithmOf = (key: KeyObject): Algorithm | undefined => {
  if (key.asymmetricKeyType === 'rsa') return 'RS256'
  return key.asymmetricKeyDetails?.namedCurve === 'prime256v1' ? 'ES256' : undefined
}

const publicKeyFinder = (pem: string): FindKey => {
  const key = readPublicKey(pem)
  const algorithm = algorithmOf(key)
  if (!algorithm) throw new ConfigError('JWT_PUBLIC_KEY must be an RSA key or an EC key on the curve P-256.')
  const known: Key = { key, algorithms: [algorithm] }
  return header => Promise.resolve(header.alg === algorithm ? known : undefined)
}

const readPublicKey = (pem: string) => {
  try {
    return createPublicKey(pem)
  } catch {
    throw new ConfigError('JWT_PUBLIC_KEY must be a public key in PEM.')
  }
}

const jwksFinder = (jwksUri: string): FindKey => {
  const client = jwksRsa({
    jwksUri,
    timeout: JWKS_TIMEOUT_MS,
    cache: true,
    cacheMaxEntries: 20,
    cacheMaxAge: JWKS_FRESH_MS,
    rateLimit: true,
    jwksRequestsPerMinute: JWKS_REQUESTS_PER_MINUTE,
  })
  return async header => {
    if (header.alg !== 'RS256' && header.alg !== 'ES256') return undefined
    try {
      const key = createPublicKey((await client.getSigningKey(header.kid)).getPublicKey())
      const algorithm = algorithmOf(key)
      return algorithm && { key, algorithms: [algorithm] }
    } catch (error) {
      if (UNKNOWN_KEY.has((error as Error).name)) return undefined
      throw unavailable('The keys that tokens are signed with cannot be read at present; try again.')
    }
  }
}

/** In the order in which they are asked. */
export const keyFinders = ({ secret, publicKey, jwksUrl }: Config['jwt']): FindKey[] => [
  ...(secret === undefined
    ? []
    : [
        (header: JwtHeader) =>
          Promise.resolve(header.alg === 'HS256' ? { key: secret, algorithms: ['HS256' as const] } : undefined),
      ]),
  ...(publicKey === undefined ? [] : [publicKeyFinder(publicKey)]),
  ...(jwksUrl === undefined ? [] : [jwksFinder(jwksUrl)]),
]
