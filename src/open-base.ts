import { Redis } from 'ioredis'
import { FolderStorage } from './attachments/folder-storage.js'
import type { FileStorage } from './attachments/file-storage.js'
import type { UploadStorage } from './attachments/upload-storage.js'
import { closeAll, orClose } from './close-all.js'
import type { Config } from './config.js'
import type { EventBus } from './events/event-bus.js'
import { MemoryEventBus } from './events/memory-event-bus.js'
import { RedisEventBus } from './events/redis-event-bus.js'
import { createLogger, type Logger } from './logger.js'
import type { Database } from './persistence/database.js'
import { openDatabase } from './persistence/open-database.js'

/** What is put in the place of a part. It is closed with the others all the same. */
export interface GivenParts {
  logger?: Logger
  database?: Database
  bus?: EventBus
}

/** What everything else stands on. */
export interface Base {
  readonly config: Config
  readonly logger: Logger
  readonly database: Database
  readonly bus: EventBus
  readonly redis: Redis | undefined
  readonly files: FileStorage & UploadStorage
  readonly installation: Installation
  close(): Promise<void>
}

interface Installation {
  epoch: string
  contentHashKey: string
  fileUrlKey: string
}

const readInstallation = async (database: Database): Promise<Installation> => {
  const [row] = await database.call<Installation>(
    'select epoch, content_hash_key as "contentHashKey", file_url_key as "fileUrlKey" from installation',
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

const openBus = ({ redisUrl }: Config, prefix: string, logger: Logger): EventBus =>
  redisUrl === undefined
    ? new MemoryEventBus(error => logger.error({ error }, 'A listener to events failed'))
    : new RedisEventBus({ url: redisUrl, prefix, logger })

/** The client of object stores is large: it is loaded where there is one. */
const openFiles = async ({ s3, filesDir }: Config): Promise<FileStorage & UploadStorage> => {
  if (s3 === undefined) return new FolderStorage(filesDir)
  const { S3Storage } = await import('./attachments/s3-storage.js')
  return new S3Storage(s3)
}

/** The only place that builds adapters. */
export const openBase = async (config: Config, given: GivenParts): Promise<Base> => {
  const logger = given.logger ?? createLogger(config.logLevel)
  const opened: (() => unknown)[] = []
  const close = () => closeAll([...opened].reverse(), logger)
  const open = async (): Promise<Base> => {
    const database = given.database ?? (await openDatabase(config, logger))
    opened.push(() => database.close())
    const installation = await readInstallation(database)
    // Installations, and tests, share a Redis.
    const prefix = `colloquy:${installation.epoch}`
    const redis = config.redisUrl === undefined ? undefined : connectRedis(config.redisUrl, prefix, logger)
    opened.push(() => redis?.disconnect())
    const bus = given.bus ?? openBus(config, prefix, logger)
    opened.push(() => bus.close())
    const files = await openFiles(config)
    return { config, logger, database, bus, redis, files, installation, close }
  }
  return orClose(open(), close)
}
