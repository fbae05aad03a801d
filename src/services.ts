import type { AttachmentStore } from './attachments/attachment.store.js'
import type { AttachmentWatch } from './attachments/attachment-watch.js'
import type { Downloads } from './attachments/downloads.js'
import type { FileStorage } from './attachments/file-storage.js'
import type { InspectionWorker } from './attachments/inspection-worker.js'
import type { SentAttachmentStore } from './attachments/sent-attachments.store.js'
import type { UploadLeaseStore } from './attachments/upload-lease.store.js'
import type { UploadLeases } from './attachments/upload-leases.js'
import type { UploadStorage } from './attachments/upload-storage.js'
import type { UrlSigner } from './attachments/signed-urls.js'
import type { CallKeeper } from './calls/call-keeper.js'
import type { Config } from './config.js'
import type { Connections } from './connections/connections.js'
import type { RunningCosts } from './connections/running-costs.js'
import type { ChangeEvents } from './conversations/change-events.js'
import type { ConversationStore } from './conversations/conversation.store.js'
import type { ConversationWriter } from './conversations/conversation-writer.js'
import type { Inboxes } from './conversations/inboxes.js'
import type { EmergencyStore } from './emergencies/emergency.store.js'
import type { EmergencyWatch } from './emergencies/emergency-watch.js'
import type { OpenEmergencyStore } from './emergencies/open-emergencies.store.js'
import type { EventBus } from './events/event-bus.js'
import type { Feeds } from './events/feeds.js'
import type { Loaders } from './graphql/loaders.js'
import type { RateLimits } from './limits/rate-limits.js'
import type { LedgerCheckStore } from './billing/ledger-check.store.js'
import type { LedgerStore } from './billing/ledger.store.js'
import type { WalletWatch } from './billing/wallet-watch.js'
import type { PaymentStore } from './billing/payment.store.js'
import type { JobRunner } from './jobs/job-runner.js'
import type { Logger } from './logger.js'
import type { MarkStore } from './messages/mark.store.js'
import type { MessageStore } from './messages/message.store.js'
import type { ReactionStore } from './messages/reaction.store.js'
import type { ReceiptStore } from './messages/receipt.store.js'
import type { ThreadStore } from './messages/thread.store.js'
import type { Metrics } from './metrics/metrics.js'
import type { OperationCounts } from './metrics/operation-counts.js'
import type { Traffic } from './metrics/traffic.js'
import type { UploadTraffic } from './metrics/upload-traffic.js'
import type { NotificationStore } from './notifications/notification.store.js'
import type { NotificationWatch } from './notifications/notification-watch.js'
import type { Cursors } from './paging/cursors.js'
import type { CareRelationshipStore } from './people/care-relationship.store.js'
import type { PeopleStore } from './people/people.store.js'
import type { PresenceKeeper } from './presence/presence-keeper.js'
import type { PresenceWatcher } from './presence/presence-watcher.js'
import type { TypingKeeper } from './presence/typing-keeper.js'
import type { AccessGrantStore } from './oversight/access-grant.store.js'
import type { GrantWatch } from './oversight/grant-watch.js'
import type { AuditLog } from './oversight/audit-log.js'
import type { AuditStore } from './oversight/audit.store.js'
import type { ProfessionalProfileStore } from './professionals/professional-profile.store.js'
import type { LegalHoldStore } from './retention/legal-hold.store.js'
import type { RetentionStore } from './retention/retention.store.js'
import type { SearchStore } from './search/search.store.js'
import type { SessionActivityStore } from './sessions/session-activity.store.js'
import type { SessionStore } from './sessions/session.store.js'
import type { StayStore } from './sessions/stay.store.js'
import type { Authenticator } from './transport/authenticate.js'
import type { Health } from './transport/health.js'

/** Everything that a use-case may need; each names the part that it uses. Built in build-services.ts alone. */
export interface Services {
  config: Config
  logger: Logger
  bus: EventBus
  feeds: Feeds
  inboxes: Inboxes
  cursors: Cursors
  changeEvents: ChangeEvents
  loaders: Loaders
  limits: RateLimits
  people: PeopleStore
  careRelationships: CareRelationshipStore
  conversations: ConversationStore
  writer: ConversationWriter
  messages: MessageStore
  threads: ThreadStore
  receipts: ReceiptStore
  reactions: ReactionStore
  marks: MarkStore
  sessions: SessionStore
  sessionActivity: SessionActivityStore
  stays: StayStore
  profiles: ProfessionalProfileStore
  ledger: LedgerStore
  ledgerChecks: LedgerCheckStore
  payments: PaymentStore
  walletWatch: WalletWatch
  auditStore: AuditStore
  grants: AccessGrantStore
  grantWatch: GrantWatch
  audit: AuditLog
  retention: RetentionStore
  legalHolds: LegalHoldStore
  search: SearchStore
  notifications: NotificationStore
  notificationWatch: NotificationWatch
  emergencies: EmergencyStore
  openEmergencies: OpenEmergencyStore
  emergencyWatch: EmergencyWatch
  presence: PresenceKeeper
  presenceWatcher: PresenceWatcher
  typing: TypingKeeper
  calls: CallKeeper
  attachments: AttachmentStore
  attachmentWatch: AttachmentWatch
  files: FileStorage & UploadStorage
  inspectionWorker: InspectionWorker
  uploadLeaseStore: UploadLeaseStore
  uploadLeases: UploadLeases
  uploadTraffic: UploadTraffic
  urlSigner: UrlSigner
  sentAttachments: SentAttachmentStore
  downloads: Downloads
  connections: Connections
  costs: RunningCosts
  authenticator: Authenticator
  health: Health
  traffic: Traffic
  operations: OperationCounts
  metrics: Metrics
  jobs: JobRunner
}
