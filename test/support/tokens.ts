import jwt from 'jsonwebtoken'

export const TEST_SECRET = 'a secret for tests, of more than thirty-two characters'

export interface TestClaims {
  sub?: string
  name?: string
  email?: string
  roles?: string[] | string
  role?: string
  /** Seconds since 1970; in an hour unless given, null for a token without one. */
  exp?: number | null
  [claim: string]: unknown
}

/** HS256. Any claims, also wrong ones. */
export const signTestToken = (claims: TestClaims, secret = TEST_SECRET): string => {
  const { exp = Math.floor(Date.now() / 1000) + 3600, ...others } = claims
  return jwt.sign({ ...others, ...(exp === null ? {} : { exp }) }, secret, { algorithm: 'HS256' })
}

/** Runs out that many seconds from now (before now, if negative). */
export const tokenFor = (sub: string, { expiresIn = 3600, ...claims }: TestClaims & { expiresIn?: number } = {}) =>
  signTestToken({ sub, exp: Math.floor(Date.now() / 1000) + expiresIn, ...claims })
