import { AttachmentWatch } from './attachments/attachment-watch.js'
import { ClamdScanner } from './attachments/clamd-scanner.js'
import { Downloads, type DownloadTimings } from './attachments/downloads.js'
import type { UploadTimings } from './attachments/upload-lease.js'
import { UploadLeases } from './attachments/upload-leases.js'
import { UrlSigner } from './attachments/signed-urls.js'
import {
  type Background,
  type BackgroundTimings,
  buildInspectionWorker,
  buildNotifier,
  buildPushWorker,
  buildWatches,
} from './background.js'
import { buildStores } from './build-stores.js'
import { WalletWatch } from './billing/wallet-watch.js'
import { CALL_TIMINGS, CallKeeper, type CallTimings } from './calls/call-keeper.js'
import { CallListenerStore } from './calls/call-listeners.store.js'
import { Connections } from './connections/connections.js'
import { RunningCosts } from './connections/running-costs.js'
import { ChangeEvents } from './conversations/change-events.js'
import { InboxStore } from './conversations/inbox.store.js'
import { Inboxes } from './conversations/inboxes.js'
import { ConversationFeeds } from './events/conversation-feeds.js'
import { FeedStore } from './events/feed.store.js'
import { createLoaders } from './graphql/loaders.js'
import { listJobs } from './job-list.js'
import { JobRunner, type JobTimings } from './jobs/job-runner.js'
import { type JobRun, JobRuns } from './jobs/job-runs.js'
import { JobStore } from './jobs/job.store.js'
import { VacuumStore } from './jobs/vacuum.store.js'
import { RateLimits } from './limits/rate-limits.js'
import { Metrics } from './metrics/metrics.js'
import { OperationCounts } from './metrics/operation-counts.js'
import { Traffic } from './metrics/traffic.js'
import { UploadTraffic } from './metrics/upload-traffic.js'
import type { Base, GivenParts } from './open-base.js'
import { Cursors } from './paging/cursors.js'
import type { PeopleStore } from './people/people.store.js'
import { PRESENCE_TIMINGS, PresenceKeeper, type PresenceTimings } from './presence/presence-keeper.js'
import { PresenceStore } from './presence/presence.store.js'
import { PresenceWatcher } from './presence/presence-watcher.js'
import { TYPING_TIMINGS, TypingKeeper, type TypingTimings } from './presence/typing-keeper.js'
import type { Services } from './services.js'
import { AuditLog, type AuditTimings } from './oversight/audit-log.js'
import { GrantWatch } from './oversight/grant-watch.js'
import { Authenticator } from './transport/authenticate.js'
import { Health } from './transport/health.js'
import type { TokenVerifier } from './transport/token-verifier.js'

/** What a test puts in the place of a part, or of its timings. */
export interface Overrides extends GivenParts, BackgroundTimings {
  presenceTimings?: PresenceTimings
  typingTimings?: TypingTimings
  callTimings?: CallTimings
  uploadTimings?: UploadTimings
  downloadTimings?: DownloadTimings
  auditTimings?: AuditTimings
  jobTimings?: JobTimings
}

interface LiveNeeds {
  people: PeopleStore
  connections: Connections
  traffic: Traffic
}

const buildLive = (base: Base, overrides: Overrides, { people, connections, traffic }: LiveNeeds) => {
  const { database, bus, logger } = base
  const { presenceTimings = PRESENCE_TIMINGS, typingTimings = TYPING_TIMINGS, callTimings = CALL_TIMINGS } = overrides
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
    calls: new CallKeeper({ store: new CallListenerStore(database, callTimings.holdsForMs), bus, logger }, callTimings),
  }
}

interface Built {
  services: Services
  background: Background
}

export const buildServices = (base: Base, overrides: Overrides, tokens: TokenVerifier): Built => {
  const { config, logger, database, bus, redis, files, installation } = base
  const { presenceTimings = PRESENCE_TIMINGS } = overrides
  const jobRuns = new JobRuns()
  const pushWorker = buildPushWorker(base, jobRuns, overrides)
  const scanner = config.clamd ? new ClamdScanner(config.clamd) : null
  const inspectionWorker = buildInspectionWorker(base, scanner, jobRuns, overrides)
  const notifier = buildNotifier(base, pushWorker, jobRuns, overrides)
  const stores = buildStores(base, { notifier, pushWorker, deadAfterMs: presenceTimings.deadAfterMs })
  const watches = buildWatches(base, stores, pushWorker, jobRuns, overrides)
  const connections = new Connections(config.ws.maxConnections)
  const traffic = new Traffic()
  const uploadTraffic = new UploadTraffic()
  const operations = new OperationCounts()
  const onChained = (run: JobRun) => jobRuns.record('audit-chain', run)
  const audit = new AuditLog({ store: stores.auditStore, logger, onChained }, overrides.auditTimings)
  const working = { config, files, ...stores, ...watches, audit, pushWorker, inspectionWorker, notifier }
  const jobs = listJobs({ ...working, vacuums: new VacuumStore(database) })
  const cursors = new Cursors(installation.epoch)
  const live = buildLive(base, overrides, { people: stores.people, connections, traffic })
  const services: Services = {
    config,
    logger,
    bus,
    ...stores,
    ...live,
    ...watches,
    files,
    inspectionWorker,
    attachmentWatch: new AttachmentWatch({ store: stores.attachments, bus, logger }, overrides.lookEveryMs),
    uploadLeases: new UploadLeases({ store: stores.uploadLeaseStore, bus, logger }, overrides.uploadTimings),
    uploadTraffic,
    urlSigner: new UrlSigner(installation.fileUrlKey),
    downloads: new Downloads({ ...stores, audit, logger }, overrides.downloadTimings),
    walletWatch: new WalletWatch(bus, overrides.lookEveryMs),
    grantWatch: new GrantWatch({ grants: stores.grants, bus, logger }),
    cursors,
    changeEvents: new ChangeEvents(cursors),
    loaders: createLoaders(stores),
    limits: new RateLimits(config.rateLimits, redis),
    connections,
    costs: new RunningCosts(),
    audit,
    authenticator: new Authenticator({ config, tokens, people: stores.people }),
    health: new Health(
      {
        database: async () => (await database.call('select 1', [], 2_000)).length === 1,
        bus: () => bus.healthy(),
      },
      scanner && (() => scanner.answers()),
    ),
    traffic,
    operations,
    metrics: new Metrics({
      ...stores,
      notifier,
      pushWorker,
      feeds: live.feeds,
      calls: live.calls,
      traffic,
      uploadTraffic,
      operations,
      connections,
      audit,
      jobRuns,
    }),
    jobs: new JobRunner({ jobs, store: new JobStore(database), runs: jobRuns, logger }, overrides.jobTimings),
  }
  return { services, background: { notifier, pushWorker, inspectionWorker, ...watches } }
}
