import { ChildInspector } from './attachments/child-inspector.js'
import type { FileScanner } from './attachments/file-scanner.js'
import { INSPECTION_TIMINGS, type InspectionTimings, InspectionWorker } from './attachments/inspection-worker.js'
import { InspectionStore } from './attachments/inspection.store.js'
import { ScannedInspector } from './attachments/scanned-inspector.js'
import { AlertStore } from './emergencies/alerts.store.js'
import { EmergencyWatch } from './emergencies/emergency-watch.js'
import { escalate } from './emergencies/escalate.js'
import { MessageNotifier, NOTIFIER_TIMINGS, type NotifierTimings } from './notifications/message-notifier.js'
import { MessageNoticeStore } from './notifications/message-notices.store.js'
import { NotificationWatch } from './notifications/notification-watch.js'
import { PUSH_TIMINGS, type PushTimings, PushWorker } from './notifications/push-worker.js'
import { PushStore } from './notifications/push.store.js'
import { WebhookTransport } from './notifications/webhook-transport.js'
import type { JobRun, JobRuns } from './jobs/job-runs.js'
import type { Base } from './open-base.js'
import type { Services } from './services.js'

export interface BackgroundTimings {
  notifierTimings?: NotifierTimings
  pushTimings?: PushTimings
  inspectionTimings?: InspectionTimings
  /** How often notifications of the users here are looked for, and emergencies. */
  lookEveryMs?: number
}

/** What works by itself, beside what is asked. */
export interface Background {
  notifier: MessageNotifier
  pushWorker: PushWorker
  inspectionWorker: InspectionWorker
  emergencyWatch: EmergencyWatch
  notificationWatch: NotificationWatch
}

/** Before the stores, which tell it of what they stored. */
export const buildPushWorker = (
  { config, database, logger }: Base,
  jobRuns: JobRuns,
  { pushTimings = PUSH_TIMINGS }: BackgroundTimings,
) => {
  const transport = config.notificationWebhook ? new WebhookTransport(config.notificationWebhook) : null
  const onRun = (run: JobRun) => jobRuns.record('webhooks', run)
  return new PushWorker({ transport, store: new PushStore(database), onRun, logger }, pushTimings)
}

export const buildInspectionWorker = (
  { config, database, files, bus, logger }: Base,
  scanner: FileScanner | null,
  jobRuns: JobRuns,
  { inspectionTimings = INSPECTION_TIMINGS }: BackgroundTimings,
) => {
  const inspector = new ChildInspector()
  return new InspectionWorker(
    {
      store: new InspectionStore(database),
      storage: files,
      inspector: scanner ? new ScannedInspector(scanner, inspector) : inspector,
      maxBytes: config.maxAttachmentBytes,
      onSettled: id => bus.publish('attachment', id, { kind: 'changed' }),
      onRun: run => jobRuns.record('inspections', run),
      logger,
    },
    inspectionTimings,
  )
}

export const buildNotifier = (
  { config, database, bus, logger }: Base,
  pushWorker: PushWorker,
  jobRuns: JobRuns,
  { notifierTimings = NOTIFIER_TIMINGS }: BackgroundTimings,
) => {
  const store = new MessageNoticeStore(database, config.notificationWebhook !== undefined)
  const onRun = (run: JobRun) => jobRuns.record('notifications', run)
  return new MessageNotifier({ store, bus, logger, onAdded: () => pushWorker.queued(), onRun }, notifierTimings)
}

type Stores = Pick<Services, 'emergencies' | 'notifications' | 'writer'>

export const buildWatches = (
  { config, database, bus, logger }: Base,
  stores: Stores,
  pushWorker: PushWorker,
  jobRuns: JobRuns,
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
      onRun: (job, run) => jobRuns.record(job, run),
      logger,
    },
    lookEveryMs,
  ),
})
