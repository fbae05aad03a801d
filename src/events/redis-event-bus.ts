import { randomUUID } from 'node:crypto'
import { RedisPubSub } from 'graphql-redis-subscriptions'
import { Redis, type RedisOptions } from 'ioredis'
import type { Logger } from '../logger.js'
import { decodeEvent, encodeEvent } from './codec.js'
import type { EventBus, Unsubscribe } from './event-bus.js'
import { MemoryEventBus } from './memory-event-bus.js'
import { RedisHeartbeat } from './redis-heartbeat.js'
import { RedisSubscriber } from './redis-subscriber.js'
import type { TopicKind, Topics } from './topics.js'
import { WriteBatch } from '../write-batch.js'

export interface RedisEventBusOptions {
  url: string
  /** Before every topic's name: installations, and tests, share a Redis. */
  prefix: string
  logger: Logger
  heartbeatMs?: number
}

interface Topic {
  users: number
  subscription: Promise<number>
}

const PUBLISH_LIMIT_MS = 2_000
const MAX_PUBLISHING = 10_000

const connection: RedisOptions = {
  connectTimeout: 2_000,
  // A half-open connection answers no FIN.
  disconnectTimeout: 100,
  keepAlive: 10_000,
  retryStrategy: attempts => Math.min(50 * 2 ** Math.min(attempts, 5), 1_000),
}

/** Between processes. Events of this process reach its own listeners straight, and again through nobody. */
export class RedisEventBus implements EventBus {
  private readonly origin = randomUUID()
  private readonly originBytes = Buffer.from(this.origin)
  private readonly logger: Logger
  private readonly prefix: string
  private readonly local: MemoryEventBus
  private readonly publisherClient: Redis
  private readonly subscriberClient: Redis
  private readonly subscriber: RedisSubscriber
  private readonly pubSub: RedisPubSub
  private readonly topics = new Map<string, Topic>()
  private readonly interruptions = new Set<() => void>()
  private readonly heartbeat: RedisHeartbeat
  private readonly writes = new WriteBatch()
  private publishing = 0

  constructor({ url, prefix, logger, heartbeatMs = 2_000 }: RedisEventBusOptions) {
    this.prefix = prefix
    this.logger = logger
    this.local = new MemoryEventBus(error => logger.error({ error }, 'A listener to events failed.'))
    this.publisherClient = this.connect(url, {
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      commandTimeout: PUBLISH_LIMIT_MS,
    })
    // RedisSubscriber subscribes again by itself: the failure of ioredis's own attempt would end the process.
    this.subscriberClient = this.connect(url, { autoResubscribe: false, maxRetriesPerRequest: null })
    this.subscriber = new RedisSubscriber(this.subscriberClient, logger, () => this.interrupted())
    this.pubSub = new RedisPubSub({
      publisher: this.publisherClient,
      // It uses no more of the connection than this.
      subscriber: this.subscriber as unknown as Redis,
      serializer: (text: string) => text,
      deserializer: (bytes: Buffer | string) => bytes,
    })
    const beatTopic = `${prefix}:heartbeat:${this.origin}`
    this.heartbeat = new RedisHeartbeat({
      everyMs: heartbeatMs,
      send: () => this.beat(beatTopic),
      onLost: () => this.reconnect(),
    })
    void this.pubSub.subscribe(beatTopic, () => this.heartbeat.cameBack())
    this.heartbeat.start()
  }

  publish<K extends TopicKind>(kind: K, id: string, event: Topics[K]): void {
    this.local.publish(kind, id, event)
    this.send(this.nameOf(kind, id), encodeEvent(event))
  }

  async subscribe<K extends TopicKind>(
    kind: K,
    id: string,
    listener: (event: Topics[K]) => void,
  ): Promise<Unsubscribe> {
    const stopListening = this.local.listen(kind, id, listener)
    const name = this.nameOf(kind, id)
    const topic = this.topics.get(name) ?? this.addTopic(name, bytes => this.receive(kind, id, bytes))
    topic.users += 1
    await topic.subscription
    let subscribed = true
    return () => {
      if (!subscribed) return
      subscribed = false
      stopListening()
      topic.users -= 1
      if (topic.users > 0) return
      this.topics.delete(name)
      void topic.subscription.then(subscription => this.pubSub.unsubscribe(subscription))
    }
  }

  onInterrupted(listener: () => void): Unsubscribe {
    this.interruptions.add(listener)
    return () => this.interruptions.delete(listener)
  }

  async healthy(): Promise<boolean> {
    if (this.subscriberClient.status !== 'ready' || this.heartbeat.lost) return false
    return this.publisherClient.ping().then(
      () => true,
      () => false,
    )
  }

  async close(): Promise<void> {
    this.heartbeat.stop()
    await this.local.close()
    this.publisherClient.disconnect()
    this.subscriberClient.disconnect()
  }

  private connect(url: string, options: RedisOptions): Redis {
    const client = new Redis(url, { ...connection, ...options })
    client.on('error', (error: Error) => this.logger.debug({ error }, 'The connection to Redis failed.'))
    client.on('ready', () => this.logger.info({}, 'Connected to Redis.'))
    client.on('reconnecting', () => this.logger.warn({}, 'Reconnecting to Redis.'))
    return client
  }

  private addTopic(name: string, receive: (bytes: Buffer) => void): Topic {
    const topic: Topic = { users: 0, subscription: this.pubSub.subscribe(name, receive) }
    this.topics.set(name, topic)
    return topic
  }

  private send(name: string, text: string): void {
    // What Redis does not take is lost: the feeds read it from the database.
    if (this.publisherClient.status !== 'ready' || this.publishing >= MAX_PUBLISHING) return
    this.publishing += 1
    this.writes.join(this.publisherClient.stream)
    const sent = () => (this.publishing -= 1)
    this.pubSub.publish(name, this.origin + text).then(sent, sent)
  }

  private receive(kind: TopicKind, id: string, bytes: Buffer): void {
    const { length } = this.originBytes
    if (bytes.subarray(0, length).equals(this.originBytes)) return
    const event = decodeEvent(kind, bytes.toString('utf8', length))
    if (event) this.local.deliver(kind, id, event)
    else this.logger.warn({ kind }, 'An event was malformed and dropped.')
  }

  private beat(topic: string): void {
    this.subscriber.retry()
    this.send(topic, '')
  }

  private reconnect(): void {
    for (const client of [this.publisherClient, this.subscriberClient])
      if (client.status === 'ready' || client.status === 'connect') client.disconnect(true)
  }

  private interrupted(): void {
    this.heartbeat.forget()
    for (const listener of this.interruptions) listener()
  }

  private nameOf(kind: TopicKind, id: string) {
    return `${this.prefix}:${kind}:${id}`
  }
}
