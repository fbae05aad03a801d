import jwt, { type JwtHeader, type JwtPayload } from 'jsonwebtoken'
import type { Config } from '../config.js'
import { DomainError, unauthenticated } from '../errors.js'
import { isExternalId } from '../limits/ids.js'
import { codePoints, isInvisible, isStorable } from '../limits/text.js'
import { MAX_DISPLAY_NAME, MAX_EMAIL, type Role } from '../people/person.js'
import { keyFinders, type FindKey, type Key } from './token-keys.js'

/** What a valid token says. */
export interface TokenClaims {
  userId: string
  displayName: string | null
  email: string | null
  /** Null where the token says nothing of roles; empty where it names none that is known here. */
  roles: Role[] | null
  /** Until when it is taken as valid. */
  expiresAt: Date
}

export interface TokenVerifier {
  /** Throws UNAUTHENTICATED; UNAVAILABLE where the keys cannot be read. */
  verify(token: string): Promise<TokenClaims>
}

const CLOCK_TOLERANCE_SECONDS = 30
const LONGEST_TOKEN = 8_192

const ROLES: Readonly<Record<string, Role>> = {
  patient: 'PATIENT',
  professional: 'PROFESSIONAL',
  provider: 'PROFESSIONAL',
  doctor: 'PROFESSIONAL',
  therapist: 'PROFESSIONAL',
  admin: 'ADMIN',
}

/** As tokens name it, in upper or lower case. */
export const roleNamed = (name: string): Role | undefined => {
  const known = name.trim().toLowerCase()
  return Object.hasOwn(ROLES, known) ? ROLES[known] : undefined
}

const rolesOf = ({ roles: several, role: one }: JwtPayload): Role[] | null => {
  const claim: unknown = several ?? one ?? null
  if (claim === null) return null
  const named: unknown[] = Array.isArray(claim) ? claim : [claim]
  const roles = named.flatMap(name => (typeof name === 'string' ? (roleNamed(name) ?? []) : []))
  return [...new Set(roles)]
}

const textClaim = (value: unknown, max: number): string | null => {
  const text = typeof value === 'string' ? [...value].slice(0, max).join('') : ''
  return isStorable(text) && !isInvisible(text) ? text.trim() : null
}

/** A part of an address would be another address. */
const emailClaim = (value: unknown): string | null =>
  typeof value === 'string' && codePoints(value.trim()) > MAX_EMAIL ? null : textClaim(value, MAX_EMAIL)

const claimsOf = (payload: JwtPayload): TokenClaims => {
  const { sub, exp } = payload
  if (typeof sub !== 'string' || !isExternalId(sub)) throw unauthenticated('The token names no person.')
  if (typeof exp !== 'number' || !Number.isFinite(exp)) throw unauthenticated('The token must expire.')
  const expiry = exp * 1000
  // Taken as valid only because clocks differ: then until the tolerance is over.
  const until = expiry > Date.now() ? expiry : expiry + CLOCK_TOLERANCE_SECONDS * 1000
  return {
    userId: sub,
    displayName: textClaim(payload.name, MAX_DISPLAY_NAME),
    email: emailClaim(payload.email),
    roles: rolesOf(payload),
    expiresAt: new Date(Math.min(until, 8.64e15)),
  }
}

/** Undefined for what is no JWT. */
const headerOf = (token: string): JwtHeader | undefined => {
  try {
    const header: unknown = jwt.decode(token, { complete: true })?.header
    return typeof header === 'object' && header !== null ? (header as JwtHeader) : undefined
  } catch {
    // The payload is not JSON.
    return undefined
  }
}

export class JwtVerifier implements TokenVerifier {
  readonly #finders: FindKey[]

  constructor(private readonly config: Config['jwt']) {
    this.#finders = keyFinders(config)
  }

  async verify(token: string): Promise<TokenClaims> {
    if (token.length > LONGEST_TOKEN) throw unauthenticated()
    const header = headerOf(token)
    if (!header) throw unauthenticated('The token is not a JWT.')
    // RFC 7515, 4.1.11: extensions that must be understood, and none is.
    if ('crit' in header) throw unauthenticated('The token asks for more than is known here.')
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
