import { AttachmentStore } from './attachments/attachment.store.js'
import { SentAttachmentStore } from './attachments/sent-attachments.store.js'
import { UploadLeaseStore } from './attachments/upload-lease.store.js'
import type { Background } from './background.js'
import { LedgerCheckStore } from './billing/ledger-check.store.js'
import { LedgerStore } from './billing/ledger.store.js'
import { PaymentStore } from './billing/payment.store.js'
import { ConversationStore } from './conversations/conversation.store.js'
import { StoredConversationWriter } from './conversations/conversation-writer.store.js'
import { EmergencyStore } from './emergencies/emergency.store.js'
import { OpenEmergencyStore } from './emergencies/open-emergencies.store.js'
import type { PublishChanges } from './events/topics.js'
import { MarkStore } from './messages/mark.store.js'
import { MessageStore } from './messages/message.store.js'
import { ReactionStore } from './messages/reaction.store.js'
import { ReceiptStore } from './messages/receipt.store.js'
import { ThreadStore } from './messages/thread.store.js'
import { NotificationStore } from './notifications/notification.store.js'
import type { Base } from './open-base.js'
import { CareRelationshipStore } from './people/care-relationship.store.js'
import { PeopleStore } from './people/people.store.js'
import { AccessGrantStore } from './oversight/access-grant.store.js'
import { AuditStore } from './oversight/audit.store.js'
import { ProfessionalProfileStore } from './professionals/professional-profile.store.js'
import { LegalHoldStore } from './retention/legal-hold.store.js'
import { RetentionStore } from './retention/retention.store.js'
import { SearchStore } from './search/search.store.js'
import { SessionActivityStore } from './sessions/session-activity.store.js'
import { SessionStore } from './sessions/session.store.js'
import { StayStore } from './sessions/stay.store.js'

interface BuiltBefore extends Pick<Background, 'notifier' | 'pushWorker'> {
  /** How long after its last sign of life a process counts as dead. */
  deadAfterMs: number
}

/** What is stored, and who is told of it. */
export const buildStores = (
  { config, database, bus, installation }: Base,
  { notifier, pushWorker, deadAfterMs }: BuiltBefore,
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
    marks: new MarkStore(database, publish, userId => bus.publish('user', userId, { kind: 'notifications' })),
    sessions: new SessionStore(database),
    sessionActivity: new SessionActivityStore(database, deadAfterMs),
    stays: new StayStore(),
    profiles: new ProfessionalProfileStore(database),
    ledger: new LedgerStore(database),
    ledgerChecks: new LedgerCheckStore(database),
    payments: new PaymentStore(database),
    notifications: new NotificationStore(database),
    emergencies: new EmergencyStore(database),
    openEmergencies: new OpenEmergencyStore(database),
    threads: new ThreadStore(database),
    receipts: new ReceiptStore(database),
    reactions: new ReactionStore(database),
    auditStore: new AuditStore(database),
    grants: new AccessGrantStore(database),
    retention: new RetentionStore(database, publish),
    legalHolds: new LegalHoldStore(database),
    sentAttachments: new SentAttachmentStore(database),
    attachments: new AttachmentStore(database, bus),
    uploadLeaseStore: new UploadLeaseStore(database),
    search: new SearchStore(database, config.searchLanguage),
  }
}
