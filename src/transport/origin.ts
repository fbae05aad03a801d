import type { IncomingHttpHeaders } from 'node:http'
import { isIP } from 'node:net'
import type { Config } from '../config.js'

const HOST = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i

const FORWARDED = /^(?:forwarded|via|x-real-ip|x-forwarded-.+)$/

const first = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value)?.split(',')[0]?.trim()

/** The host that the client asked for. */
const hostOf = (headers: IncomingHttpHeaders, trustProxy: boolean) =>
  (trustProxy ? first(headers['x-forwarded-host']) : undefined) ?? headers.host

/** A browser always says where a page comes from. No Origin: no browser. */
export const isAllowedOrigin = (
  headers: IncomingHttpHeaders,
  config: Pick<Config, 'corsOrigins' | 'trustProxy'>,
): boolean => {
  const { origin } = headers
  if (origin === undefined) return true
  if (config.corsOrigins.includes('*') || config.corsOrigins.includes(origin)) return true
  return URL.canParse(origin) && new URL(origin).host === hostOf(headers, config.trustProxy)?.toLowerCase()
}

const isOwn = (host: string, publicUrl: string | undefined) => {
  if (!HOST.test(host)) return false
  const name = host.replace(/:\d+$/, '').replace(/^\[|\]$/g, '')
  return name === 'localhost' || isIP(name) > 0 || (publicUrl !== undefined && host === new URL(publicUrl).host)
}

/**
 * Not by a name of somebody else's, who may let it point here: an address, localhost, or what PUBLIC_URL says. A page can
 * set X-Forwarded-Host, but never Host: both have to be.
 */
export const isOwnHost = (headers: IncomingHttpHeaders, { publicUrl }: Pick<Config, 'publicUrl'>): boolean =>
  [headers.host ?? '', ...String(headers['x-forwarded-host'] ?? headers.host).split(',')].every(host =>
    isOwn(host.trim().toLowerCase(), publicUrl),
  )

/** By a proxy that says so. */
export const isForwarded = (headers: IncomingHttpHeaders): boolean =>
  Object.keys(headers).some(name => FORWARDED.test(name))

/** Under which the client reaches this server, without a slash at the end. */
export const baseUrlOf = (
  headers: IncomingHttpHeaders,
  { publicUrl, trustProxy, host, port }: Pick<Config, 'publicUrl' | 'trustProxy' | 'host' | 'port'>,
): string => {
  if (publicUrl !== undefined) return publicUrl
  const asked = hostOf(headers, trustProxy)
  const secure = trustProxy && /^(?:https|wss)$/i.test(first(headers['x-forwarded-proto']) ?? '')
  return `${secure ? 'https' : 'http'}://${asked !== undefined && HOST.test(asked) ? asked : `${host}:${port}`}`
}
