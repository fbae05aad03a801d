import { createPublicKey, type KeyObject } from 'node:crypto'
import jwt, { type Algorithm, type JwtHeader, type JwtPayload } from 'jsonwebtoken'
import jwksRsa from 'jwks-rsa'
import { ConfigError, type Config } from '../config.js'
import { DomainError, unauthenticated, unavailable } from '../errors.js'
import { isExternalId } from '../limits/ids.js'
import { cleanOptionalText, isStorable } from '../limits/text.js'
import type { Role } from '../people/person.js'

/** What a valid token says. */
export interface TokenClaims {
  userId: string
  displayName: string | null
  email: string | null
  /** Empty where the token names none. */
  roles: Role[]
  /** Until when it is taken as valid. */
  expiresAt: Date
}

export interface TokenVerifier {
  /** Throws UNAUTHENTICATED; UNAVAILABLE where the keys cannot be read. */
  verify(token: string): Promise<TokenClaims>
}

const CLOCK_TOLERANCE_SECONDS = 30
const LONGEST_TOKEN = 8_192
const LONGEST_NAME = 200
const LONGEST_EMAIL = 320
const JWKS_FRESH_MS = 10 * 60_000
const JWKS_REQUESTS_PER_MINUTE = 30
const JWKS_TIMEOUT_MS = 5_000

const ROLES: Readonly<Record<string, Role>> = {
  patient: 'PATIENT',
  professional: 'PROFESSIONAL',
  provider: 'PROFESSIONAL',
  doctor: 'PROFESSIONAL',
  therapist: 'PROFESSIONAL',
  admin: 'ADMIN',
}

/** A key, and the algorithms that it may verify: never a public key as the secret of HS256. */
interface Key {
  key: string | KeyObject
  algorithms: Algorithm[]
}

type FindKey = (header: JwtHeader) => Promise<Key | undefined>

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
      if (error instanceof Error && ['SigningKeyNotFoundError', 'JwksRateLimitError'].includes(error.name))
        return undefined
      throw unavailable('The keys that tokens are signed with cannot be read at present; try again.')
    }
  }
}

const keyFinders = ({ secret, publicKey, jwksUrl }: Config['jwt']): FindKey[] => [
  ...(secret === undefined
    ? []
    : [
        (header: JwtHeader) =>
          Promise.resolve(header.alg === 'HS256' ? { key: secret, algorithms: ['HS256' as const] } : undefined),
      ]),
  ...(publicKey === undefined ? [] : [publicKeyFinder(publicKey)]),
  ...(jwksUrl === undefined ? [] : [jwksFinder(jwksUrl)]),
]

const rolesOf = (claims: JwtPayload): Role[] => {
  const named: unknown[] = Array.isArray(claims.roles) ? claims.roles : [claims.role]
  const roles = named.flatMap(name => (typeof name === 'string' ? (ROLES[name.trim().toLowerCase()] ?? []) : []))
  return [...new Set(roles)]
}

const textClaim = (value: unknown, max: number): string | null => {
  if (typeof value !== 'string' || !isStorable(value)) return null
  return cleanOptionalText('token', [...value].slice(0, max).join(''), { max })
}

const claimsOf = (payload: JwtPayload): TokenClaims => {
  const { sub, exp } = payload
  if (typeof sub !== 'string' || !isExternalId(sub)) throw unauthenticated('The token names no person.')
  if (typeof exp !== 'number' || !Number.isFinite(exp)) throw unauthenticated('The token must expire.')
  const expiry = exp * 1000
  // Taken as valid only because clocks differ: then until the tolerance is over.
  const until = expiry > Date.now() ? expiry : expiry + CLOCK_TOLERANCE_SECONDS * 1000
  return {
    userId: sub,
    displayName: textClaim(payload.name, LONGEST_NAME),
    email: textClaim(payload.email, LONGEST_EMAIL),
    roles: rolesOf(payload),
    expiresAt: new Date(Math.min(until, 8.64e15)),
  }
}

export class JwtVerifier implements TokenVerifier {
  readonly #finders: FindKey[]

  constructor(private readonly config: Config['jwt']) {
    this.#finders = keyFinders(config)
  }

  async verify(token: string): Promise<TokenClaims> {
    if (token.length > LONGEST_TOKEN) throw unauthenticated()
    const header = jwt.decode(token, { complete: true })?.header
    if (!header) throw unauthenticated('The token is not a JWT.')
    for (const find of this.#finders) {
      const key = await find(header)
      if (key) return claimsOf(this.#check(token, key))
    }
    throw unauthenticated('The token is not signed by anyone known here.')
  }

  #check(token: string, { key, algorithms }: Key): JwtPayload {
    const { issuer, audience } = this.config
    try {
      const payload = jwt.verify(token, key, {
        algorithms,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        ...(issuer !== undefined && { issuer }),
        ...(audience !== undefined && { audience }),
      })
      if (typeof payload !== 'string') return payload
    } catch (error) {
      if (error instanceof jwt.TokenExpiredError) throw unauthenticated('The token has run out.')
      if (error instanceof DomainError) throw error
    }
    throw unauthenticated()
  }
}
