import { AlertStore } from './emergencies/alerts.store.js'
import { EmergencyWatch } from './emergencies/emergency-watch.js'
import { escalate } from './emergencies/escalate.js'
import { MessageNotifier, NOTIFIER_TIMINGS, type NotifierTimings } from './notifications/message-notifier.js'
import { MessageNoticeStore } from './notifications/message-notices.store.js'
import { NotificationWatch } from './notifications/notification-watch.js'
import { PUSH_TIMINGS, type PushTimings, PushWorker } from './notifications/push-worker.js'
import { PushStore } from './notifications/push.store.js'
import { WebhookTransport } from './notifications/webhook-transport.js'
import type { Base } from './open-base.js'
import type { Services } from './services.js'
import { expireSessions } from './sessions/expire-sessions.js'
import { SessionExpiry } from './sessions/session-expiry.js'

export interface BackgroundTimings {
  notifierTimings?: NotifierTimings
  pushTimings?: PushTimings
  /** How often notifications of the users here are looked for, emergencies, and idle sessions. */
  lookEveryMs?: number
}

/** What works by itself, beside what is asked. */
export interface Background {
  notifier: MessageNotifier
  pushWorker: PushWorker
  emergencyWatch: EmergencyWatch
  notificationWatch: NotificationWatch
  sessionExpiry: SessionExpiry
}

/** Before the stores, which tell it of what they stored. */
export const buildPushWorker = (
  { config, database, logger }: Base,
  { pushTimings = PUSH_TIMINGS }: BackgroundTimings,
) => {
  const transport = config.notificationWebhook ? new WebhookTransport(config.notificationWebhook) : null
  return new PushWorker({ transport, store: new PushStore(database), logger }, pushTimings)
}

export const buildNotifier = (
  { config, database, bus, logger }: Base,
  pushWorker: PushWorker,
  { notifierTimings = NOTIFIER_TIMINGS }: BackgroundTimings,
) => {
  const store = new MessageNoticeStore(database, config.notificationWebhook !== undefined)
  return new MessageNotifier({ store, bus, logger, onAdded: () => pushWorker.queued() }, notifierTimings)
}

export const buildSessionExpiry = (services: Services, { lookEveryMs }: BackgroundTimings) =>
  new SessionExpiry({ expire: isStopped => expireSessions(services, isStopped), logger: services.logger }, lookEveryMs)

type Stores = Pick<Services, 'emergencies' | 'notifications' | 'writer'>

export const buildWatches = (
  { config, database, bus, logger }: Base,
  stores: Stores,
  pushWorker: PushWorker,
  { lookEveryMs }: BackgroundTimings,
) => ({
  notificationWatch: new NotificationWatch({ store: stores.notifications, bus, logger }, lookEveryMs),
  emergencyWatch: new EmergencyWatch(
    {
      alerts: new AlertStore(database, config.notificationWebhook !== undefined),
      escalate: emergency => escalate(stores, emergency),
      ackMs: config.emergencyAckMs,
      bus,
      onAlerted: () => pushWorker.queued(),
      logger,
    },
    lookEveryMs,
  ),
})
