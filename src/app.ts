import { type Background, type BackgroundTimings, buildNotifier, buildPushWorker, buildWatches } from './background.js'
import { closeAll, orClose } from './close-all.js'
import type { Config } from './config.js'
import { Connections } from './connections/connections.js'
import { RunningCosts } from './connections/running-costs.js'
import { ChangeEvents } from './conversations/change-events.js'
import { ConversationStore } from './conversations/conversation.store.js'
import { StoredConversationWriter } from './conversations/conversation-writer.store.js'
import { InboxStore } from './conversations/inbox.store.js'
import { Inboxes } from './conversations/inboxes.js'
import { EmergencyStore } from './emergencies/emergency.store.js'
import { OpenEmergencyStore } from './emergencies/open-emergencies.store.js'
import { ConversationFeeds } from './events/conversation-feeds.js'
import { FeedStore } from './events/feed.store.js'
import type { PublishChanges } from './events/topics.js'
import { createLoaders } from './graphql/loaders.js'
import { RateLimits } from './limits/rate-limits.js'
import { MarkStore } from './messages/mark.store.js'
import { MessageStore } from './messages/message.store.js'
import { ReactionStore } from './messages/reaction.store.js'
import { ReceiptStore } from './messages/receipt.store.js'
import { ThreadStore } from './messages/thread.store.js'
import { Metrics } from './metrics/metrics.js'
import { OperationCounts } from './metrics/operation-counts.js'
import { Traffic } from './metrics/traffic.js'
import { NotificationStore } from './notifications/notification.store.js'
import { type Base, type GivenParts, openBase } from './open-base.js'
import { Cursors } from './paging/cursors.js'
import { CareRelationshipStore } from './people/care-relationship.store.js'
import { PeopleStore } from './people/people.store.js'
import { toDomainError } from './persistence/database-errors.js'
import { PRESENCE_TIMINGS, PresenceKeeper, type PresenceTimings } from './presence/presence-keeper.js'
import { PresenceStore } from './presence/presence.store.js'
import { PresenceWatcher } from './presence/presence-watcher.js'
import { TYPING_TIMINGS, TypingKeeper, type TypingTimings } from './presence/typing-keeper.js'
import type { Services } from './services.js'
import { AccessGrantStore } from './oversight/access-grant.store.js'
import { GrantWatch } from './oversight/grant-watch.js'
import { AuditLog, type AuditTimings } from './oversight/audit-log.js'
import { AuditStore } from './oversight/audit.store.js'
import { SearchStore } from './search/search.store.js'
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

/** What a test puts in the place of a part, or of its timings. */
export interface Overrides extends GivenParts, BackgroundTimings {
  presenceTimings?: PresenceTimings
  typingTimings?: TypingTimings
  auditTimings?: AuditTimings
}

/** Where neither is configured, outside production, a secret is made and kept. */
const verifierOf = (config: Config) => {
  const { jwt } = config
  const configured = jwt.secret ?? jwt.publicKey ?? jwt.jwksUrl
  return new JwtVerifier(configured === undefined ? { ...jwt, secret: loadSecret(config) } : jwt)
}

const buildStores = (
  { config, database, bus, installation }: Base,
  { notifier, pushWorker }: Pick<Background, 'notifier' | 'pushWorker'>,
) => {
  const publish: PublishChanges = (conversationId, range) => bus.publish('conversation', conversationId, range)
  const publishSends: PublishChanges = (conversationId, range) => {
    publish(conversationId, range)
    notifier.stored(conversationId, range)
  }
  const notifying = { pushes: config.notificationWebhook !== undefined, onNotified: () => pushWorker.queued() }
  return {
    people: new PeopleStore(database, config.openCareRelationships),
    careRelationships: new CareRelationshipStore(),
    conversations: new ConversationStore(database),
    writer: new StoredConversationWriter(database, bus, notifying),
    messages: new MessageStore(database, installation.contentHashKey, publishSends),
    marks: new MarkStore(database, publish),
    sessions: new SessionStore(database),
    notifications: new NotificationStore(database),
    emergencies: new EmergencyStore(database),
    openEmergencies: new OpenEmergencyStore(database),
    threads: new ThreadStore(database),
    receipts: new ReceiptStore(database),
    reactions: new ReactionStore(database),
    auditStore: new AuditStore(database),
    grants: new AccessGrantStore(database),
    search: new SearchStore(database, config.searchLanguage),
  }
}

interface LiveNeeds {
  people: PeopleStore
  connections: Connections
  traffic: Traffic
}

const buildLive = (base: Base, overrides: Overrides, { people, connections, traffic }: LiveNeeds) => {
  const { database, bus, logger } = base
  const { presenceTimings = PRESENCE_TIMINGS, typingTimings = TYPING_TIMINGS } = overrides
  const store = new PresenceStore(database, presenceTimings.deadAfterMs)
  const feeds = new ConversationFeeds(bus, new FeedStore(database), logger, {
    onAdded: messages => traffic.handOut(messages),
  })
  return {
    feeds,
    inboxes: new Inboxes({ bus, feeds, store: new InboxStore(database), logger }),
    presence: new PresenceKeeper({ store, bus, connections, logger }, presenceTimings),
    presenceWatcher: new PresenceWatcher({ store, people, bus, logger }, presenceTimings.checkEveryMs),
    typing: new TypingKeeper(bus, typingTimings),
  }
}

type Built = { services: Services; background: Background }

const buildServices = (base: Base, overrides: Overrides, tokens: TokenVerifier): Built => {
  const { config, logger, database, bus, redis, installation } = base
  const pushWorker = buildPushWorker(base, overrides)
  const notifier = buildNotifier(base, pushWorker, overrides)
  const stores = buildStores(base, { notifier, pushWorker })
  const watches = buildWatches(base, stores, pushWorker, overrides)
  const connections = new Connections(config.ws.maxConnections)
  const traffic = new Traffic()
  const operations = new OperationCounts()
  const audit = new AuditLog({ store: stores.auditStore, logger }, overrides.auditTimings)
  const cursors = new Cursors(installation.epoch)
  const live = buildLive(base, overrides, { people: stores.people, connections, traffic })
  const services: Services = {
    config,
    logger,
    bus,
    ...stores,
    ...live,
    ...watches,
    grantWatch: new GrantWatch({ grants: stores.grants, bus, logger }),
    cursors,
    changeEvents: new ChangeEvents(cursors),
    loaders: createLoaders(stores),
    limits: new RateLimits(config.rateLimits, redis),
    connections,
    costs: new RunningCosts(),
    audit,
    authenticator: new Authenticator({ config, tokens, people: stores.people }),
    health: new Health({
      database: async () => (await database.call('select 1', [], 2_000)).length === 1,
      bus: () => bus.healthy(),
    }),
    traffic,
    operations,
    metrics: new Metrics({
      ...stores,
      notifier,
      pushWorker,
      feeds: live.feeds,
      traffic,
      operations,
      connections,
      audit,
    }),
  }
  return { services, background: { notifier, pushWorker, ...watches } }
}

/** Nothing is shared between two apps of a process. */
export const createApp = async (config: Config, overrides: Overrides = {}): Promise<App> => {
  const tokens = verifierOf(config)
  const base = await openBase(config, overrides)
  const { services, background } = buildServices(base, overrides, tokens)
  const standings = new StandingWatch(services)
  const { notifier, emergencyWatch, pushWorker, notificationWatch } = background
  const { presence, presenceWatcher, typing, inboxes, feeds, metrics, audit, grantWatch } = services
  const stopParts = [
    () => standings.stop(),
    () => notifier.stop(),
    () => emergencyWatch.stop(),
    () => pushWorker.stop(),
    () => notificationWatch.stop(),
    () => grantWatch.stop(),
    () => typing.stop(),
    () => presence.stop(),
    () => presenceWatcher.stop(),
    () => inboxes.stop(),
    () => feeds.stop(),
    () => metrics.stop(),
    () => audit.stop(),
    () => base.close(),
  ]
  const creation = Server.create(services, error => toDomainError(error) ?? undefined)
  const server = await orClose(creation, () => closeAll(stopParts, base.logger))
  let closing: Promise<void> | undefined
  return {
    services,
    get url() {
      return server.url
    },
    start: async () => {
      await presence.start()
      audit.start()
      for (const part of [notifier, emergencyWatch, pushWorker]) part.start()
      await server.listen()
    },
    stop: () => (closing ??= closeAll([() => server.drain(), ...stopParts], base.logger)),
  }
}
