import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp, type App } from '../../src/app.js'
import { INSPECTION_TIMINGS } from '../../src/attachments/inspection-worker.js'
import type { Overrides } from '../../src/build-services.js'
import { readConfig, type Config } from '../../src/config.js'
import type { EventBus } from '../../src/events/event-bus.js'
import type { Database } from '../../src/persistence/database.js'
import { openDatabase } from '../../src/persistence/open-database.js'
import { cleanUp } from './cleanup.js'
import { createEmbeddedDatabase, createPostgresDatabase } from './database.js'
import { engine, testRedisUrl } from './engine.js'
import { TEST_SECRET } from './tokens.js'

type Changes<Part> = { [Name in keyof Part]?: Part[Name] extends unknown[] ? Part[Name] : Partial<Part[Name]> }
export type ConfigChanges = Changes<Config>

export interface StartOptions extends Overrides {
  /** Another server of the same installation. On embedded parts it shares the other's database and bus. */
  beside?: TestApp
}

export interface TestApp extends App {
  readonly config: Config
  /** To look at what is stored, and to do what no client can. */
  readonly database: Database
}

const defaults = {
  PORT: '0',
  JWT_SECRET: TEST_SECRET,
  RATE_LIMIT_MESSAGES_PER_MINUTE: '0',
  RATE_LIMIT_STARTS_PER_MINUTE: '0',
  RATE_LIMIT_SIGNALS_PER_MINUTE: '0',
  RATE_LIMIT_UPLOADS_PER_MINUTE: '0',
  LOG_LEVEL: 'silent',
}

/** Files stay PROCESSING: what is tested of uploads is not what becomes of them. */
const UNINSPECTED = { inspectionTimings: { ...INSPECTION_TIMINGS, lookEveryMs: null } }

const configWith = ({ jwt, ws, rateLimits, ...changes }: ConfigChanges): Config => {
  const config = readConfig({ ...defaults, DATA_DIR: join(tmpdir(), `colloquy-${randomUUID()}`) })
  return {
    ...config,
    ...(changes as Partial<Config>),
    jwt: { ...config.jwt, ...jwt },
    ws: { ...config.ws, ...ws },
    rateLimits: { ...config.rateLimits, ...rateLimits },
  }
}

/** The same part, which its owner closes. */
const borrowed = <Part extends Database | EventBus>(part: Part): Part =>
  new Proxy(part, {
    get: (target, name) => {
      if (name === 'close') return () => Promise.resolve()
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? (value.bind(target) as unknown) : value
    },
  })

const onEmbeddedParts = async (config: Config, { beside, ...overrides }: StartOptions) => ({
  config,
  overrides: {
    database: beside ? borrowed(beside.database) : await createEmbeddedDatabase(),
    ...(beside ? { bus: borrowed(beside.services.bus) } : {}),
    ...overrides,
  },
})

const ownDatabaseUrl = async () => {
  const { url, drop } = await createPostgresDatabase()
  cleanUp(drop)
  return url
}

const onPostgresAndRedis = async (given: Config, { beside, ...overrides }: StartOptions) => {
  const databaseUrl = given.databaseUrl ?? beside?.config.databaseUrl ?? (await ownDatabaseUrl())
  const config = { ...given, databaseUrl, redisUrl: given.redisUrl ?? testRedisUrl() }
  return { config, overrides: { database: await openDatabase(config), ...overrides } }
}

/**
 * The real server on a free port, on a migrated database of its own that holds the test admin alone; stopped after the
 * test. Rate limits are off unless given, and nothing is inspected. What a test puts in the place of a part, the app closes.
 */
export const startApp = async (changes: ConfigChanges = {}, chosen: StartOptions = {}): Promise<TestApp> => {
  const options = { ...UNINSPECTED, ...chosen }
  const { beside } = options
  const given = configWith({ ...(beside && { filesDir: beside.config.filesDir }), ...changes })
  if (!beside) cleanUp(() => rm(given.filesDir, { recursive: true, force: true }))
  const parts = await (engine === 'embedded' ? onEmbeddedParts(given, options) : onPostgresAndRedis(given, options))
  const app = await createApp(parts.config, parts.overrides)
  cleanUp(() => app.stop())
  await app.start()
  return Object.assign(Object.create(app) as App, { config: parts.config, database: parts.overrides.database })
}
