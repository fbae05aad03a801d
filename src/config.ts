import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LimitsPerMinute } from './limits/rate-limits.js'

/** An object store that speaks S3. */
export interface S3Config {
  bucket: string
  region: string
  /** Undefined: Amazon's. */
  endpoint: string | undefined
  /** Undefined: found as Amazon's tools find them. */
  credentials: { accessKeyId: string; secretAccessKey: string } | undefined
}

export interface Config {
  production: boolean
  port: number
  host: string
  databaseUrl: string | undefined
  dataDir: string
  redisUrl: string | undefined
  jwt: {
    /** Undefined outside production where nothing is configured: one is made and kept in `dataDir`. */
    secret: string | undefined
    publicKey: string | undefined
    jwksUrl: string | undefined
    issuer: string | undefined
    audience: string | undefined
  }
  autoProvisionUsers: boolean
  openCareRelationships: boolean
  corsOrigins: string[]
  ws: { maxConnections: number; pingIntervalMs: number; pingTimeoutMs: number }
  maxMessageLength: number
  /** How long what was deleted can be restored. 0: always. */
  messageRecoveryDays: number
  /** How long messages are kept, with all that hangs on them. 0: for ever. */
  messageRetentionDays: number
  /** How long events stay in the audit log. 0: for ever. */
  auditRetentionDays: number
  /** Of a file that is uploaded. */
  maxAttachmentBytes: number
  /** The folder of the files, where there is no object store. */
  filesDir: string
  /** Undefined: the files are in the folder. */
  s3: S3Config | undefined
  /** A configuration of PostgreSQL's text search. */
  searchLanguage: string
  /** 0: no limit. */
  rateLimits: LimitsPerMinute
  /** Where files are looked through for malware. Undefined: they are not. */
  clamd: { host: string; port: number } | undefined
  /** Undefined: nothing is pushed. */
  notificationWebhook: { url: string; secret: string } | undefined
  /** What media go through. `turn` is undefined where there is no such server. */
  calls: { stunUrls: string[]; turn: { urls: string[]; secret: string } | undefined }
  /** How long without activity until a session expires. 0: never. */
  sessionIdleMs: number
  /** How long the participants have to acknowledge an emergency. */
  emergencyAckMs: number
  trustProxy: boolean
  /** Under which clients reach the servers, without a slash at the end. Undefined: what each request came to. */
  publicUrl: string | undefined
  introspection: boolean
  playground: boolean
  /** Made-up people, and a web application that gives whoever opens it their tokens. Never in production. */
  demo: boolean
  logLevel: string
  version: string
}

const MIB = 1024 * 1024

type Environment = Record<string, string | undefined>

export class ConfigError extends Error {}

const text = (env: Environment, name: string) => {
  const value = env[name]?.trim()
  return value === undefined || value === '' ? undefined : value
}

const whole = (
  env: Environment,
  name: string,
  fallback: number,
  unit: string,
  least = 0,
  most = Number.MAX_SAFE_INTEGER,
) => {
  const value = text(env, name)
  if (value === undefined) return fallback
  const digits = value.endsWith(unit) ? value.slice(0, value.length - unit.length).trim() : value
  const number = Number(digits)
  if (!/^\d+$/.test(digits) || number < least || number > most)
    throw new ConfigError(`${name} must be a whole number from ${least} to ${most}, and is "${value}".`)
  return number
}

const flag = (env: Environment, name: string, fallback: boolean) => {
  const value = text(env, name)?.toLowerCase()
  if (value === undefined) return fallback
  if (['1', 'true', 'on', 'yes'].includes(value)) return true
  if (['0', 'false', 'off', 'no'].includes(value)) return false
  throw new ConfigError(`${name} must be on or off, and is "${value}".`)
}

const list = (env: Environment, name: string) =>
  (text(env, name) ?? '')
    .split(',')
    .map(part => part.trim())
    .filter(Boolean)

const language = (env: Environment) => {
  const name = text(env, 'SEARCH_LANGUAGE')?.toLowerCase() ?? 'simple'
  if (!/^[a-z_]{1,40}$/.test(name))
    throw new ConfigError(`SEARCH_LANGUAGE must be a language's name, and is "${name}".`)
  return name
}

/** RFC 7518, 3.2: a key for HS256 is as long as its hash, or it can be guessed from a token. */
const SHORTEST_SECRET_BYTES = 32

/** Tokens are signed here only for trying things out: in production the host system signs them. */
export const canSignTokens = ({ jwt }: Pick<Config, 'jwt'>): boolean =>
  jwt.secret !== undefined || (jwt.publicKey === undefined && jwt.jwksUrl === undefined)

/** Whether nobody but this machine reaches it. */
const isLoopback = (host: string) => /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/i.test(host)

const refuseDemo = (config: Config) => {
  if (!config.demo) return
  if (config.production)
    throw new ConfigError('DEMO gives tokens to whoever asks: with NODE_ENV=production it cannot be on.')
  if (!canSignTokens(config))
    throw new ConfigError('DEMO gives tokens, which are signed with JWT_SECRET: without it, it cannot be on.')
}

const requireInProduction = (config: Config) => {
  if (!config.production) return
  const missing = []
  if (!config.databaseUrl) missing.push('DATABASE_URL')
  const { secret, publicKey, jwksUrl } = config.jwt
  if (!secret && !publicKey && !jwksUrl) missing.push('one of JWT_SECRET, JWT_PUBLIC_KEY, JWT_JWKS_URL')
  if (missing.length > 0) throw new ConfigError(`With NODE_ENV=production these are required: ${missing.join('; ')}.`)
  if (secret && Buffer.byteLength(secret) < SHORTEST_SECRET_BYTES)
    throw new ConfigError(`With NODE_ENV=production JWT_SECRET has at least ${SHORTEST_SECRET_BYTES} bytes.`)
}

const publicUrl = (env: Environment) => {
  const url = text(env, 'PUBLIC_URL')
  if (url === undefined) return undefined
  const { protocol, search, hash, href } = URL.canParse(url) ? new URL(url) : ({} as Partial<URL>)
  if (href === undefined || !/^https?:$/.test(protocol ?? '') || search || hash)
    throw new ConfigError(`PUBLIC_URL must be an http or https address, and is "${url}".`)
  return href.replace(/\/+$/, '')
}

const CLAMD_PORT = 3310

const clamdFrom = (env: Environment): Config['clamd'] => {
  const address = text(env, 'CLAMD_HOST')
  if (address === undefined) return undefined
  const [, host, port = CLAMD_PORT] = /^([\w.-]+|\[[\da-f:.]+\])(?::(\d{1,5}))?$/i.exec(address) ?? []
  if (host === undefined || Number(port) < 1 || Number(port) > 65535)
    throw new ConfigError(`CLAMD_HOST is an address such as clamd.example.org:3310, and not "${address}".`)
  return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) }
}

const webhookFrom = (env: Environment): Config['notificationWebhook'] => {
  const url = text(env, 'NOTIFICATION_WEBHOOK_URL')
  const secret = text(env, 'NOTIFICATION_WEBHOOK_SECRET')
  if (url === undefined) return undefined
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new ConfigError('NOTIFICATION_WEBHOOK_URL must be an http or https address.')
  if (secret === undefined || Buffer.byteLength(secret) < SHORTEST_SECRET_BYTES)
    throw new ConfigError(
      `With NOTIFICATION_WEBHOOK_URL, NOTIFICATION_WEBHOOK_SECRET has at least ${SHORTEST_SECRET_BYTES} bytes.`,
    )
  return { url, secret }
}

const s3From = (env: Environment): S3Config | undefined => {
  const bucket = text(env, 'S3_BUCKET')
  const endpoint = text(env, 'S3_ENDPOINT')
  const accessKeyId = text(env, 'S3_ACCESS_KEY_ID')
  const secretAccessKey = text(env, 'S3_SECRET_ACCESS_KEY')
  if (bucket === undefined) return undefined
  if (endpoint !== undefined && !/^https?:$/.test(URL.canParse(endpoint) ? new URL(endpoint).protocol : ''))
    throw new ConfigError('S3_ENDPOINT must be an http or https address.')
  if ((accessKeyId === undefined) !== (secretAccessKey === undefined))
    throw new ConfigError('S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY go together.')
  const credentials = accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : undefined
  return { bucket, region: text(env, 'S3_REGION') ?? 'us-east-1', endpoint, credentials }
}

const ICE_HOST = '(?:[\\w.-]+|\\[[\\da-f:.]+\\])(?::(\\d{1,5}))?'
const STUN_URL = new RegExp(`^stuns?:${ICE_HOST}$`, 'i')
const TURN_URL = new RegExp(`^turns?:${ICE_HOST}(?:\\?transport=(?:udp|tcp))?$`, 'i')

/** A browser refuses the whole list for one that it cannot read. */
const iceUrls = (env: Environment, name: string, pattern: RegExp, example: string) => {
  const urls = list(env, name)
  const wrong = urls.find(url => {
    const [whole, port = '1'] = pattern.exec(url) ?? []
    return whole === undefined || Number(port) < 1 || Number(port) > 65535
  })
  if (wrong !== undefined) throw new ConfigError(`${name} has addresses such as ${example}, and not "${wrong}".`)
  return urls
}

const callsFrom = (env: Environment): Config['calls'] => {
  const stunUrls = iceUrls(env, 'STUN_URLS', STUN_URL, 'stun:stun.example.org:3478')
  const urls = iceUrls(env, 'TURN_URLS', TURN_URL, 'turn:turn.example.org:3478?transport=udp')
  const secret = text(env, 'TURN_SECRET')
  if (urls.length === 0) return { stunUrls, turn: undefined }
  if (secret === undefined || Buffer.byteLength(secret) < SHORTEST_SECRET_BYTES)
    throw new ConfigError(`With TURN_URLS, TURN_SECRET has at least ${SHORTEST_SECRET_BYTES} bytes.`)
  return { stunUrls, turn: { urls, secret } }
}

const jwtFrom = (env: Environment): Config['jwt'] => ({
  secret: text(env, 'JWT_SECRET'),
  publicKey: text(env, 'JWT_PUBLIC_KEY')?.replaceAll('\\n', '\n'),
  jwksUrl: text(env, 'JWT_JWKS_URL'),
  issuer: text(env, 'JWT_ISSUER'),
  audience: text(env, 'JWT_AUDIENCE'),
})

const version = () =>
  (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }).version

/** The only reader of the environment. Throws ConfigError with a sentence that names the variable. */
export const readConfig = (env: Environment = process.env): Config => {
  const production = env.NODE_ENV === 'production'
  const playground = flag(env, 'PLAYGROUND', !production)
  const dataDir = text(env, 'DATA_DIR') ?? '.data'
  const host = text(env, 'HOST') ?? '127.0.0.1'
  const jwt = jwtFrom(env)
  const trustProxy = flag(env, 'TRUST_PROXY', false)
  const knownAs = publicUrl(env)
  const isOfOneMachine = isLoopback(host) && !trustProxy && knownAs === undefined
  const config: Config = {
    production,
    port: whole(env, 'PORT', 4000, '', 0, 65535),
    host,
    databaseUrl: text(env, 'DATABASE_URL'),
    dataDir,
    redisUrl: text(env, 'REDIS_URL'),
    jwt,
    autoProvisionUsers: flag(env, 'AUTO_PROVISION_USERS', !production),
    openCareRelationships: flag(env, 'OPEN_CARE_RELATIONSHIPS', false),
    corsOrigins: list(env, 'CORS_ORIGINS'),
    ws: {
      maxConnections: whole(env, 'WS_MAX_CONNECTIONS', 1000, ''),
      pingIntervalMs: whole(env, 'WS_PING_INTERVAL', 30, 's', 1, 3600) * 1000,
      pingTimeoutMs: whole(env, 'WS_PING_TIMEOUT', 10, 's', 1, 3600) * 1000,
    },
    maxMessageLength: whole(env, 'MAX_MESSAGE_LENGTH', 5000, '', 1, 20_000),
    messageRecoveryDays: whole(env, 'MESSAGE_RECOVERY_DAYS', 30, '', 0, 36_500),
    messageRetentionDays: whole(env, 'MESSAGE_RETENTION_DAYS', 0, '', 0, 36_500),
    auditRetentionDays: whole(env, 'AUDIT_RETENTION_DAYS', 2190, '', 0, 36_500),
    maxAttachmentBytes: whole(env, 'MAX_ATTACHMENT_BYTES', 100 * MIB, '', 1, 1024 * MIB),
    filesDir: text(env, 'FILES_DIR') ?? join(dataDir, 'files'),
    s3: s3From(env),
    searchLanguage: language(env),
    rateLimits: {
      messagesPerMinute: whole(env, 'RATE_LIMIT_MESSAGES_PER_MINUTE', 120, ''),
      startsPerMinute: whole(env, 'RATE_LIMIT_STARTS_PER_MINUTE', 20, ''),
      signalsPerMinute: whole(env, 'RATE_LIMIT_SIGNALS_PER_MINUTE', 600, ''),
      uploadsPerMinute: whole(env, 'RATE_LIMIT_UPLOADS_PER_MINUTE', 60, ''),
    },
    clamd: clamdFrom(env),
    notificationWebhook: webhookFrom(env),
    calls: callsFrom(env),
    sessionIdleMs: whole(env, 'SESSION_IDLE_MINUTES', 30, '', 0, 10_080) * 60_000,
    emergencyAckMs: whole(env, 'EMERGENCY_ACK_MINUTES', 5, '', 1, 1440) * 60_000,
    trustProxy,
    publicUrl: knownAs,
    introspection: flag(env, 'INTROSPECTION', !production || playground),
    playground,
    demo: flag(env, 'DEMO', !production && isOfOneMachine && canSignTokens({ jwt })),
    logLevel: text(env, 'LOG_LEVEL') ?? 'info',
    version: version(),
  }
  refuseDemo(config)
  requireInProduction(config)
  return config
}
