// Made from schema.graphql by "npm run codegen".

/** Of each interface and union. */
export const POSSIBLE_TYPES: Record<string, string[]> = {
  ConversationEvent: ['MessageChanged', 'ParticipantChanged', 'ConversationChanged', 'CaughtUp', 'ResyncRequired'],
  InboxEvent: ['InboxLive', 'ConversationChanged', 'ConversationRemoved'],
}

/** Lists that come in pages, and the arguments that make each another list. */
export const PAGINATED: Record<string, Record<string, string[]>> = {
  Message: { replies: [] },
  Conversation: { messages: [], sessions: [] },
  Session: { messages: [] },
  Query: {
    chatUsers: ['search'],
    conversations: ['filter'],
    openEmergencies: [],
    unreadMessages: ['conversationId'],
    userHistory: ['userId', 'direction'],
    history: ['conversationId'],
    accessReport: [],
    accessGrants: ['subjectId', 'adminId', 'active'],
    auditLog: ['filter'],
    notifications: ['unreadOnly'],
    contacts: ['role', 'search'],
    onlineUsers: [],
    legalHolds: ['conversationId'],
    searchMessages: ['query', 'conversationId'],
    sessions: ['filter'],
  },
  Wallet: { transactions: ['currency'] },
}

/** Lists that come whole: what comes replaces what was there, also where it is less. */
export const REPLACED: Record<string, Record<string, true>> = {
  Message: { attachments: true, reactions: true, receipts: true, revisions: true },
  ProfessionalProfile: { rates: true },
  Conversation: { participants: true, permissions: true },
  Session: { participants: true },
  Call: { iceServers: true },
  SessionParticipant: { stays: true },
  ReactionGroup: { users: true },
  Query: { presences: true },
  Wallet: { balances: true },
  UnreadCounts: { conversations: true },
  MessageMatch: { excerpt: true },
  MarkNotificationsReadPayload: { notifications: true },
  NotifyPayload: { notifications: true },
  UpsertUsersPayload: { users: true },
}

/** Without an id, and one of each. */
export const SINGLETONS: string[] = ['AuditVerification', 'ServiceStatus']

/** Without an id: a part of what they stand in. */
export const VALUES: string[] = [
  'AppointmentCard',
  'CallSignal',
  'CaughtUp',
  'ConversationChanged',
  'ConversationRemoved',
  'ExcerptPart',
  'IceServer',
  'InboxLive',
  'LegalHold',
  'LegalHoldEntry',
  'MessageChanged',
  'MessageMatch',
  'MessageRevision',
  'Money',
  'OwnPermission',
  'ParticipantChanged',
  'PrescriptionCard',
  'ReactionGroup',
  'Receipt',
  'ResyncRequired',
  'RolePermission',
  'SessionParticipant',
  'SessionRate',
  'SessionStay',
  'Typing',
]

/** Of each subscription: an event replaces the one before it. */
export const SUBSCRIPTIONS: string[] = [
  'attachmentUpdated',
  'callSignal',
  'walletChanged',
  'inboxEvents',
  'unreadCountsChanged',
  'conversationEvents',
  'messageAdded',
  'messageUpdated',
  'receiptAdvanced',
  'notificationAdded',
  'presence',
  'typing',
  'sessionUpdated',
]
