import { Redis } from 'ioredis'
import type { Config } from './config.js'
import { Connections } from './connections/connections.js'
import { ConversationStore } from './conversations/conversation.store.js'
import { StoredConversationWriter } from './conversations/conversation-writer.store.js'
import { InboxStore } from './conversations/inbox.store.js'
import { Inboxes } from './conversations/inboxes.js'
import { ConversationFeeds } from './events/conversation-feeds.js'
import type { EventBus } from './events/event-bus.js'
import { FeedStore } from './events/feed.store.js'
import { MemoryEventBus } from './events/memory-event-bus.js'
import { RedisEventBus } from './events/redis-event-bus.js'
import type { PublishChanges } from './events/topics.js'
import { createLoaders } from './graphql/loaders.js'
import { RateLimits } from './limits/rate-limits.js'
import { createLogger, type Logger } from './logger.js'
import { MarkStore } from './messages/mark.store.js'
import { MessageStore } from './messages/message.store.js'
import { Cursors } from './paging/cursors.js'
import { CareRelationshipStore } from './people/care-relationship.store.js'
import { PeopleStore } from './people/people.store.js'
import type { Database } from './persistence/database.js'
import { toDomainError } from './persistence/database-errors.js'
import { openDatabase } from './persistence/open-database.js'
import { PRESENCE_TIMINGS, PresenceKeeper, type PresenceTimings } from './presence/presence-keeper.js'
import { PresenceStore } from './presence/presence.store.js'
import { PresenceWatcher } from './presence/presence-watcher.js'
import { TYPING_TIMINGS, TypingKeeper, type TypingTimings } from './presence/typing-keeper.js'
import type { Services } from './services.js'
import { SessionStore } from './sessions/session.store.js'
import { Authenticator } from './transport/authenticate.js'
import { Health } from './transport/health.js'
import { loadSecret } from './transport/secret.js'
import { Server } from './transport/server.js'
import { StandingWatch } from './transport/standing-watch.js'
import { JwtVerifier, type TokenVerifier } from './transport/token-verifier.js'

export interface App {
  /** Once it listens. */
  readonly url: string
  readonly services: Services
  start(): Promise<void>
  /** Finishes what runs, 10 s at most. */
  stop(): Promise<void>
}

/** What a test puts in the place of a part. Those that are given are closed by the app all the same. */
export interface Overrides {
  logger?: Logger
  database?: Database
  bus?: EventBus
  presenceTimings?: PresenceTimings
  typingTimings?: TypingTimings
}

/** What everything else stands on. */
interface Base {
  config: Config
  logger: Logger
  database: Database
  bus: EventBus
  redis: Redis | undefined
  installation: Installation
  presenceTimings: PresenceTimings
  typingTimings: TypingTimings
}

interface Installation {
  epoch: string
  contentHashKey: string
}

const readInstallation = async (database: Database): Promise<Installation> => {
  const [row] = await database.call<Installation>(
    'select epoch, content_hash_key as "contentHashKey" from installation',
    [],
  )
  if (!row) throw new Error('The database was not set up: the table "installation" is empty.')
  return row
}

/** For rate limits; while it is down they are counted in memory. */
const connectRedis = (url: string, prefix: string, logger: Logger): Redis => {
  const redis = new Redis(url, {
    keyPrefix: `${prefix}:`,
    connectTimeout: 2_000,
    commandTimeout: 1_000,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: attempts => Math.min(50 * 2 ** Math.min(attempts, 5), 1_000),
  })
  redis.on('error', (error: Error) => logger.debug({ error }, 'The connection to Redis failed'))
  return redis
}

const openBase = async (config: Config, overrides: Overrides): Promise<Base> => {
  const logger = overrides.logger ?? createLogger(config.logLevel)
  const database = overrides.database ?? (await openDatabase(config, logger))
  try {
    const installation = await readInstallation(database)
    // Installations, and tests, share a Redis.
    const prefix = `colloquy:${installation.epoch}`
    const redis = config.redisUrl === undefined ? undefined : connectRedis(config.redisUrl, prefix, logger)
    const bus =
      overrides.bus ??
      (config.redisUrl === undefined
        ? new MemoryEventBus(error => logger.error({ error }, 'A listener to events failed'))
        : new RedisEventBus({ url: config.redisUrl, prefix, logger }))
    const { presenceTimings = PRESENCE_TIMINGS, typingTimings = TYPING_TIMINGS } = overrides
    return { config, logger, database, bus, redis, installation, presenceTimings, typingTimings }
  } catch (error) {
    await database.close()
    throw error
  }
}

/** Where neither is configured, outside production, a secret is made and kept. */
const verifierOf = (config: Config) => {
  const { jwt } = config
  const configured = jwt.secret ?? jwt.publicKey ?? jwt.jwksUrl
  return new JwtVerifier(configured === undefined ? { ...jwt, secret: loadSecret(config) } : jwt)
}

const buildStores = ({ config, database, bus, installation }: Base) => {
  const publish: PublishChanges = (conversationId, range) => bus.publish('conversation', conversationId, range)
  return {
    people: new PeopleStore(database, config.openCareRelationships),
    careRelationships: new CareRelationshipStore(),
    conversations: new ConversationStore(database),
    writer: new StoredConversationWriter(database, bus),
    messages: new MessageStore(database, installation.contentHashKey, publish),
    marks: new MarkStore(database, publish),
    sessions: new SessionStore(database),
  }
}

const buildLive = (base: Base, people: PeopleStore, connections: Connections) => {
  const { database, bus, logger, presenceTimings, typingTimings } = base
  const store = new PresenceStore(database, presenceTimings.deadAfterMs)
  const feeds = new ConversationFeeds(bus, new FeedStore(database), logger)
  return {
    feeds,
    inboxes: new Inboxes({ bus, feeds, store: new InboxStore(database), logger }),
    presence: new PresenceKeeper({ store, bus, connections, logger }, presenceTimings),
    presenceWatcher: new PresenceWatcher({ store, people, bus, logger }, presenceTimings.checkEveryMs),
    typing: new TypingKeeper(bus, typingTimings),
  }
}

const buildServices = (base: Base, tokens: TokenVerifier): Services => {
  const { config, logger, database, bus, redis, installation } = base
  const stores = buildStores(base)
  const connections = new Connections(config.ws.maxConnections)
  return {
    config,
    logger,
    bus,
    ...stores,
    ...buildLive(base, stores.people, connections),
    cursors: new Cursors(installation.epoch),
    loaders: createLoaders(stores),
    limits: new RateLimits(config.rateLimits, redis),
    connections,
    authenticator: new Authenticator({ config, tokens, people: stores.people }),
    health: new Health({
      database: async () => (await database.call('select 1', [], 2_000)).length === 1,
      bus: () => bus.healthy(),
    }),
  }
}

/** The only place that builds adapters. Nothing is shared between two apps of a process. */
export const createApp = async (config: Config, overrides: Overrides = {}): Promise<App> => {
  const tokens = verifierOf(config)
  const base = await openBase(config, overrides)
  const { bus, redis, database } = base
  const services = buildServices(base, tokens)
  const { connections, people, logger, presence, presenceWatcher, typing, inboxes, feeds } = services
  const standings = new StandingWatch({ config, connections, bus, people, logger })
  const server = await Server.create(services, error => toDomainError(error) ?? undefined)
  const close = async () => {
    await server.drain()
    await standings.stop()
    typing.stop()
    await presence.stop()
    await presenceWatcher.stop()
    inboxes.stop()
    await feeds.stop()
    redis?.disconnect()
    await bus.close()
    await database.close()
  }
  let closing: Promise<void> | undefined
  return {
    services,
    get url() {
      return server.url
    },
    start: async () => {
      await presence.start()
      await server.listen()
    },
    stop: () => (closing ??= close()),
  }
}
