import type { IncomingHttpHeaders } from 'node:http'
import type { Config } from '../config.js'

const first = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value)?.split(',')[0]?.trim()

/** A browser always says where a page comes from. No Origin: no browser. */
export const isAllowedOrigin = (
  headers: IncomingHttpHeaders,
  config: Pick<Config, 'corsOrigins' | 'trustProxy'>,
): boolean => {
  const { origin } = headers
  if (origin === undefined) return true
  if (config.corsOrigins.includes('*') || config.corsOrigins.includes(origin)) return true
  const host = (config.trustProxy ? first(headers['x-forwarded-host']) : undefined) ?? headers.host
  return URL.canParse(origin) && new URL(origin).host === host?.toLowerCase()
}
