/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] }
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never }
import type { TypedDocumentNode as DocumentNode } from '@apollo/client'
import { gql } from '@apollo/client'
/** The value of `extensions.code` on every error. Clients switch on it; messages are for people. */
export type ErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'BAD_USER_INPUT'
  | 'CONFLICT'
  | 'RATE_LIMITED'
  | 'PROFESSIONAL_UNAVAILABLE'
  | 'INTERNAL_SERVER_ERROR'
  | 'UNAVAILABLE'
  | 'GRAPHQL_PARSE_FAILED'
  | 'GRAPHQL_VALIDATION_FAILED'
  | 'BAD_REQUEST'
  | 'OPERATION_RESOLUTION_FAILURE'
  | 'PERSISTED_QUERY_NOT_FOUND'
  | 'PERSISTED_QUERY_NOT_SUPPORTED'

/** The value of `extensions.reason` on a CONFLICT. */
export type ConflictReason =
  | 'CARE_RELATIONSHIP_ENDED'
  | 'CONVERSATION_NOT_ACTIVE'
  | 'SESSION_ALREADY_ACTIVE'
  | 'SESSION_OVER'
  | 'SESSION_NOT_OVER'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'MESSAGE_DELETED'
  | 'ATTACHMENT_NOT_READY'
  | 'ATTACHMENT_SENT'

/** What happened to a message. */
export type MessageChange =
  /** It is new. */
  | 'ADDED'
  /** It was edited, deleted or otherwise changed. */
  | 'UPDATED'

/** What a person may be. One person may be several. */
export type Role =
  /** Someone who seeks care. */
  | 'PATIENT'
  /** Someone who gives care. */
  | 'PROFESSIONAL'
  /** Someone who runs the host system; takes part in no DIRECT conversation. */
  | 'ADMIN'

/** What a message holds. */
export type MessageKind =
  /** Text. */
  | 'TEXT'
  /** Images, with a text or without. */
  | 'IMAGE'
  /** Files, with a text or without. */
  | 'FILE'
  /** A voice note, with a text or without. */
  | 'VOICE'
  /** Written by the server: what happened in the conversation. */
  | 'SYSTEM'
  /** An appointment card. */
  | 'APPOINTMENT'
  /** A prescription card. */
  | 'PRESCRIPTION'

/** How far a file has come. */
export type AttachmentStatus =
  /** Its bytes are not all there. */
  | 'UPLOADING'
  /** Its bytes are there, and are being looked at. */
  | 'PROCESSING'
  /** It can be sent, and read by who may. */
  | 'READY'
  /** It was refused and is gone; `rejection` says why. */
  | 'REJECTED'

/** Why a file was refused. */
export type AttachmentRejection =
  /** Files of this type are not taken. */
  | 'TYPE_NOT_ALLOWED'
  /** It is not of the type that it was said to be. */
  | 'TYPE_MISMATCH'
  /** It holds more than is taken: so many pixels, for instance. */
  | 'TOO_LARGE'
  /** It cannot be read. */
  | 'MALFORMED'
  /** The scanner found something in it. */
  | 'MALWARE'

/** What others see of a person. */
export type PresenceStatus =
  /** Online and reachable. */
  | 'AVAILABLE'
  /** Online, and not to be disturbed. */
  | 'BUSY'
  /** Online, and not at the device. */
  | 'AWAY'
  /** No connection is alive. */
  | 'OFFLINE'

/** How a consultation is held. */
export type SessionType =
  /** In writing. */
  | 'CHAT'
  /** By voice. */
  | 'VOICE'
  /** By video. */
  | 'VIDEO'

/** What kind of conversation it is. */
export type ConversationKind =
  /** One patient and one professional; there is one for each pair. */
  | 'DIRECT'
  /** Several people. */
  | 'GROUP'
  /** A user and the support desk. */
  | 'SUPPORT'

/** What may be done in a conversation. */
export type ConversationStatus =
  /** Open. */
  | 'ACTIVE'
  /** Put away; a new message brings it back. */
  | 'ARCHIVED'
  /** Takes no new messages. */
  | 'BLOCKED'
  /** Removed from the lists; takes no new messages. */
  | 'DELETED'

/** Where a consultation stands. */
export type SessionStatus =
  /** It is running. */
  | 'ACTIVE'
  /** Somebody ended it, or something without which it does not go on: `endReason` says which. */
  | 'ENDED'
  /** It ended by itself, after a time without activity. */
  | 'EXPIRED'

/** Why money moved. */
export type TransactionKind =
  /** It came in from outside. */
  | 'TOP_UP'
  /** A patient paid for a session. */
  | 'SESSION_CHARGE'
  /** A professional was paid for a session. */
  | 'SESSION_EARNING'
  /** A session’s charge, or a part of it, was given back. */
  | 'REFUND'

/** What a conversation is for. */
export type RoomType =
  /** Therapy. */
  | 'THERAPY'
  /** A consultation. */
  | 'CONSULTATION'
  /** What cannot wait. */
  | 'EMERGENCY'
  /** Anything else. */
  | 'GENERAL'

/** How far a message has come. */
export type DeliveryStatus =
  /** It is stored. */
  | 'SENT'
  /** It has arrived at a device. */
  | 'DELIVERED'
  /** It was read. */
  | 'READ'

/** Which conversations. All conditions must hold. */
export type ConversationFilter = {
  /** Those in one of these. Only ACTIVE ones where it is omitted or null. */
  statuses?: Array<ConversationStatus> | null | undefined
  /** Those of one of these kinds; all without it. */
  kinds?: Array<ConversationKind> | null | undefined
  /** Those that this user takes part in as well. */
  participantId?: string | null | undefined
  /** Only those with unread messages. */
  unreadOnly?: boolean | null | undefined
  /** Matches a part of the title or of the other participants’ names, in upper or lower case. Up to 200 characters. */
  search?: string | null | undefined
}

/** How what was asked for ended. */
export type AuditOutcome =
  /** It was done. */
  | 'ALLOWED'
  /** It was refused. */
  | 'DENIED'

/** What is given has to hold together. */
export type AuditFilter = {
  /** Who did it. */
  actorId?: string | null | undefined
  /** Whose data it was, as `AuditEvent.subjectUser` has it. */
  subjectUserId?: string | null | undefined
  /** The conversation that it was about. */
  conversationId?: string | null | undefined
  /** One of these actions, as `AuditEvent.action` has them: up to 100 names. What is none is BAD_USER_INPUT. */
  actions?: Array<string> | null | undefined
  /** The access grant under which it was read, or that was given or ended. */
  accessGrantId?: string | null | undefined
  /** Not before that. */
  from?: string | null | undefined
  /** Before that. */
  to?: string | null | undefined
}

/** What a notification tells of. */
export type NotificationKind =
  /** Something is unread in a conversation: one for each conversation until it is read. Not of an emergency, which has its own. */
  | 'MESSAGE'
  /** A session has started. */
  | 'SESSION_STARTED'
  /** A session has ended or expired. */
  | 'SESSION_ENDED'
  /** The charge of a session, or a part of it, was given back: to who paid, and to the professional who had earned it. */
  | 'SESSION_REFUNDED'
  /** A message was flagged as an emergency. It stays unread until it is put away, or the emergency acknowledged by the viewer. */
  | 'EMERGENCY'
  /** Nobody acknowledged an emergency in time; to all admins. */
  | 'EMERGENCY_ESCALATED'
  /** Somebody brought the viewer into a group. */
  | 'ADDED_TO_CONVERSATION'
  /** An admin may read the viewer’s messages for some time. */
  | 'ACCESS_GRANTED'
  /** From the host system; its title says it. */
  | 'SYSTEM'

/** Which sessions. All conditions must hold. */
export type SessionFilter = {
  /** Those in one of these; all without it. */
  statuses?: Array<SessionStatus> | null | undefined
  /** Those of one of these types; all without it. */
  types?: Array<SessionType> | null | undefined
  /** Those of this conversation. */
  conversationId?: string | null | undefined
}

/** What carries a request. */
export type Transport =
  /** A plain request. */
  | 'HTTP'
  /** An event stream. */
  | 'SSE'
  /** A socket that speaks graphql-transport-ws. */
  | 'WEBSOCKET'

/** What is to be uploaded, and where it is to be sent. */
export type CreateUploadInput = {
  /** Where it is to be sent: it can be sent nowhere else. */
  conversationId: string
  /** Its path, control characters and what is longer than 255 bytes in UTF-8 are taken off; something has to be left. */
  fileName: string
  /** In bytes: from 1 to `MAX_ATTACHMENT_BYTES`, 100 MiB unless configured. */
  sizeBytes: number
  /** JPEG, PNG, WebP or GIF; PDF, plain text, DOCX or XLSX; MP3, M4A, OGG, WebM or WAV audio; MP4 or WebM video. As `audio/webm;codecs=opus` or under other usual names, too. */
  mediaType: string
  /** Of a recording, in seconds, more than 0 and up to 86400: shown until it is found out. */
  durationSeconds?: number | null | undefined
}

/** What to tell the others in a call. */
export type SignalInput = {
  /** A VOICE or VIDEO session that is ACTIVE and that the viewer is in: in a group they join it first. */
  sessionId: string
  /** What it is. */
  kind: SignalKind
  /** SDP or ICE candidate, as the browser made it: up to 64 KiB in UTF-8, handed on as it is. A HANGUP needs none. */
  payload?: string | null | undefined
  /** One other participant; without it, all others. Who is none is NOT_FOUND. */
  toUserId?: string | null | undefined
}

/** What one browser tells another in a call. */
export type SignalKind =
  /** A description of media that the sender offers: SDP. */
  | 'OFFER'
  /** The answer to an OFFER: SDP. */
  | 'ANSWER'
  /** A way to reach the sender: an ICE candidate. */
  | 'CANDIDATE'
  /** The sender leaves the call; the session goes on. */
  | 'HANGUP'

/** An amount of money. */
export type MoneyInput = {
  /** In the currency's smallest unit, at least 1. */
  amountMinor: number
  /** A code of ISO 4217, in capital letters: EUR. */
  currency: string
}

/** What is given back, and why. */
export type RefundInput = {
  /** A session that has ended. While it is ACTIVE, CONFLICT: SESSION_NOT_OVER. */
  sessionId: string
  /** The whole of what is left, without it. More than that, or another currency, is BAD_USER_INPUT. */
  amount?: MoneyInput | null | undefined
  /** For both sides to read: 1 to 500 characters. */
  reason: string
  /** Whose payment; needed with an amount where several paid for a group’s session. */
  userId?: string | null | undefined
  /** The host system’s own name for this refund: 1 to 200 characters. Repeated for the same session and amount it does nothing; for others, CONFLICT: IDEMPOTENCY_KEY_REUSED. Without it, each call gives back. */
  reference?: string | null | undefined
}

/** With whom. */
export type StartConversationInput = {
  /** The other person. Unknown or inactive: NOT_FOUND; oneself: BAD_USER_INPUT; never related: FORBIDDEN. */
  userId: string
  /** The viewer’s own role. Needed where both could be patient or professional to each other (BAD_USER_INPUT without it); a role that does not fit is FORBIDDEN. */
  asRole?: Role | null | undefined
}

/** What a role may do; what is omitted or null stays as it is. */
export type RolePermissionsInput = {
  /** The conversation. */
  conversationId: string
  /** The role. */
  role: Role
  /** Whether its participants may send. */
  canSend?: boolean | null | undefined
  /** Whether its participants see what was before; taken, they see nothing older than that moment. Given, or given back, it counts what they have not read of the old messages as unread. */
  canViewHistory?: boolean | null | undefined
}

/** What one participant may do, whatever their role may; what is omitted stays as it is. */
export type ParticipantPermissionsInput = {
  /** The conversation. */
  conversationId: string
  /** The participant. Who takes no part: NOT_FOUND. */
  userId: string
  /** Whether they may send; null: as their role. */
  canSend?: boolean | null | undefined
  /** Whether they see what was before; null: as their role. Given, or given back, it counts what they have not read of the old messages as unread. */
  canViewHistory?: boolean | null | undefined
}

/** The viewer’s own; what is omitted stays as it is. */
export type NotificationSettingsInput = {
  /** The conversation. */
  conversationId: string
  /** Whether there are notifications of it; null: yes. */
  enabled?: boolean | null | undefined
  /** None until then; null: no such time. */
  mutedUntil?: string | null | undefined
}

/** A new GROUP conversation, in which the viewer takes part. */
export type CreateGroupInput = {
  /** Who else: a professional names colleagues and patients in their care, an admin anyone; at most 499, and not oneself. `contacts` has no colleagues: their ids are the host system’s to give. */
  participantIds: Array<string>
  /** What it is called: 1 to 200 characters. */
  title: string
  /** What it is for. */
  roomType?: RoomType | null | undefined
  /** What it is about: up to 2,000 characters. */
  description?: string | null | undefined
  /** Up to 20 words of up to 50 characters, each once. */
  tags?: Array<string> | null | undefined
}

/** Whose SUPPORT conversation. */
export type StartSupportInput = {
  /** Admins only. */
  userId?: string | null | undefined
}

/** What is omitted stays as it is, and null clears. */
export type UpdateConversationInput = {
  /** The conversation. */
  conversationId: string
  /** What it is called: 1 to 200 characters. */
  title?: string | null | undefined
  /** What it is about: up to 2,000 characters. */
  description?: string | null | undefined
  /** Up to 20 words of up to 50 characters, each once. */
  tags?: Array<string> | null | undefined
  /** What it is for; null makes it GENERAL. */
  roomType?: RoomType | null | undefined
}

/** A status for a conversation. */
export type SetConversationStatusInput = {
  /** The conversation. */
  conversationId: string
  /** The status. */
  status: ConversationStatus
}

/** People in a GROUP conversation. */
export type ParticipantsInput = {
  /** The conversation. */
  conversationId: string
  /** The people: at most 500. */
  userIds: Array<string>
}

/** A message. */
export type EmergencyInput = {
  /** The message. What the viewer may not see is NOT_FOUND. */
  messageId: string
}

/** How far the viewer has come in a conversation. */
export type MarkInput = {
  /** The conversation. */
  conversationId: string
  /** That message and all before it; without it, everything at the time of the request. */
  throughMessageId?: string | null | undefined
}

/** A new message: `conversationId` or `recipientId`, not both. */
export type SendMessageInput = {
  /** The conversation to send into. */
  conversationId?: string | null | undefined
  /** The DIRECT conversation with that user, created if need be; with the errors of `startConversation`. */
  recipientId?: string | null | undefined
  /** The text: 1 to 5,000 characters (Unicode code points) unless the server is configured otherwise; white space around it is removed. A message with a card or with attachments may do without. Stored as it is, never HTML-escaped: escape it where it is shown. */
  body?: string | null | undefined
  /** What is sent. IMAGE holds images alone, FILE whatever may be uploaded, VOICE one sound: see `attachmentIds`. */
  kind?: SendableKind | null | undefined
  /** The sender’s own key for this message: 1 to 128 characters, unique among the sender’s messages in the conversation. Repeating a send with it never stores a second message. */
  clientMessageId?: string | null | undefined
  /** Only for a person with several profiles, and only the one that this conversation knows them by. */
  asRole?: Role | null | undefined
  /** The host system’s id of an appointment: 1 to 128 characters. */
  appointmentId?: string | null | undefined
  /** The host system’s id of a service: 1 to 128 characters. */
  serviceId?: string | null | undefined
  /** As `flagEmergency`, from the beginning. */
  emergency?: boolean | null | undefined
  /** The message that this answers, of the same conversation. One that the sender may not see is NOT_FOUND; a deleted one CONFLICT (MESSAGE_DELETED). */
  replyToId?: string | null | undefined
  /** For IMAGE and FILE messages 1 to 10, for VOICE one, in the order in which they are shown; with another kind, or twice the same, BAD_USER_INPUT. READY ones that the sender uploaded to this conversation and has not sent yet: of others NOT_FOUND, sent or rejected ones BAD_USER_INPUT, CONFLICT (ATTACHMENT_NOT_READY) until they are READY. */
  attachmentIds?: Array<string> | null | undefined
  /** For APPOINTMENT messages, which need it; with another kind it is BAD_USER_INPUT. */
  appointment?: AppointmentCardInput | null | undefined
  /** Professionals only, and not in a SUPPORT conversation: else FORBIDDEN. For PRESCRIPTION messages, which need it; with another kind it is BAD_USER_INPUT. */
  prescription?: PrescriptionCardInput | null | undefined
}

/** What a person may send. */
export type SendableKind =
  /** Text. */
  | 'TEXT'
  /** Images, with a text or without. */
  | 'IMAGE'
  /** Files, with a text or without. */
  | 'FILE'
  /** A voice note, with a text or without. */
  | 'VOICE'
  /** An appointment card. */
  | 'APPOINTMENT'
  /** A prescription card. */
  | 'PRESCRIPTION'

/** An appointment to show in the conversation. */
export type AppointmentCardInput = {
  /** The host system’s id of the appointment: 1 to 128 characters. */
  appointmentId: string
  /** What it is called: 1 to 200 characters, shown as it is. */
  title: string
  /** When it begins. */
  startsAt: string
  /** When it ends: not before it begins. */
  endsAt?: string | null | undefined
  /** Where it takes place: 1 to 200 characters, shown as it is. */
  location?: string | null | undefined
}

/** A prescription to show in the conversation. */
export type PrescriptionCardInput = {
  /** The host system’s id of the prescription: 1 to 128 characters. */
  prescriptionId: string
  /** What is to be taken: 1 to 200 characters, shown as it is. */
  medication: string
  /** How much of it, and how often: 1 to 200 characters, shown as it is. */
  dosage: string
  /** What else is to be minded: 1 to 2,000 characters. */
  instructions?: string | null | undefined
}

/** A new text for a message of one’s own. */
export type EditMessageInput = {
  /** The message. */
  messageId: string
  /** The new text, with the limits of `SendMessageInput.body`; never empty, also where the message holds a card or attachments. */
  body: string
}

/** A message to delete. */
export type DeleteMessageInput = {
  /** The message. */
  messageId: string
}

/** A deleted message to bring back. */
export type RestoreMessageInput = {
  /** The message. */
  messageId: string
}

/** A reaction to a message. */
export type ReactionInput = {
  /** The message. */
  messageId: string
  /** One emoji of those that Unicode recommends for interchange, whether with its variation selectors or without; anything else is BAD_USER_INPUT. */
  emoji: string
}

/** Whose data, why, and for how long. */
export type RequestAccessInput = {
  /** The person. Unknown: NOT_FOUND; oneself: BAD_USER_INPUT. */
  subjectId: string
  /** 10 to 500 characters, which the subject reads. */
  reason: string
  /** 5 to 240. */
  minutes: number
}

/** A grant to end. */
export type EndAccessInput = {
  /** The grant. Unknown: NOT_FOUND. */
  id: string
}

/** Which notifications. */
export type MarkNotificationsReadInput = {
  /** The viewer’s own, at most 100: what is not theirs is NOT_FOUND, and then none is marked. All without it. */
  ids?: Array<string> | null | undefined
}

/** That the viewer types, or stopped. */
export type SetTypingInput = {
  /** A conversation in which the viewer may send. */
  conversationId: string
  /** True: for the next 6 seconds. False: no more. */
  isTyping: boolean
}

/** Whether new sessions may be opened. */
export type SetAcceptingInput = {
  /** False: `createSession` is PROFESSIONAL_UNAVAILABLE. What runs goes on. */
  accepting: boolean
}

/** A hold to set, or to lift. */
export type LegalHoldInput = {
  /** The conversation, whatever its status. Unknown: NOT_FOUND. */
  conversationId: string
  /** True: it keeps everything from now on. False: it does not any more. */
  hold: boolean
  /** Why: 10 to 500 characters, kept for good, for admins alone. */
  reason: string
}

/** `withUserId` or `conversationId`; both or neither is BAD_USER_INPUT. */
export type CreateSessionInput = {
  /** A patient names a professional, a professional a patient. Their DIRECT conversation is created if need be, with the errors of `startConversation`. */
  withUserId?: string | null | undefined
  /** A group, by one of its professionals. A DIRECT conversation will do as well; a SUPPORT conversation has no sessions: FORBIDDEN. */
  conversationId?: string | null | undefined
  /** How it is held. */
  type: SessionType
  /** The viewer’s own role, as for `startConversation`; another than the conversation knows them by is FORBIDDEN. */
  asRole?: Role | null | undefined
  /** The host system’s id of the appointment: up to 128 characters. */
  appointmentId?: string | null | undefined
  /** The host system’s id of the service: up to 128 characters. */
  serviceId?: string | null | undefined
}

/** Which session, and why. */
export type EndSessionInput = {
  /** The session. */
  sessionId: string
  /** For both to read: up to 500 characters. */
  reason?: string | null | undefined
}

/** Which session. */
export type SessionPresenceInput = {
  /** The session. */
  sessionId: string
}

/** A new token for the connection that carries the request. */
export type RenewTokenInput = {
  /** The new token, with or without "Bearer ". Its subject must be the same: FORBIDDEN. */
  token: string
}

export type MessagePartsFragment = {
  __typename: 'Message'
  id: string
  conversationId: string
  seq: number
  cursor: string
  kind: MessageKind
  body: string | null
  clientMessageId: string | null
  createdAt: string
  editedAt: string | null
  deletedAt: string | null
  senderRole: Role | null
  deliveryStatus: DeliveryStatus
  sender: { __typename: 'User'; id: string; displayName: string } | null
  replyTo: {
    __typename: 'Message'
    id: string
    body: string | null
    deletedAt: string | null
    sender: { __typename: 'User'; id: string; displayName: string } | null
  } | null
  reactions: Array<{ __typename: 'ReactionGroup'; emoji: string; count: number; viewerReacted: boolean }>
  attachments: Array<{
    __typename: 'Attachment'
    id: string
    fileName: string
    mediaType: string
    sizeBytes: number
    width: number | null
    height: number | null
    durationSeconds: number | null
    url: string | null
    thumbnailUrl: string | null
    urlExpiresAt: string | null
  }>
  emergency: {
    __typename: 'Emergency'
    id: string
    flaggedAt: string
    acknowledgedAt: string | null
    escalatedAt: string | null
  } | null
}

export type AttachmentPartsFragment = {
  __typename: 'Attachment'
  id: string
  fileName: string
  mediaType: string
  sizeBytes: number
  width: number | null
  height: number | null
  durationSeconds: number | null
  url: string | null
  thumbnailUrl: string | null
  urlExpiresAt: string | null
}

export type ParticipantPartsFragment = {
  __typename: 'Participant'
  id: string
  role: Role
  joinedAt: string
  leftAt: string | null
  deliveredThrough: number
  readThrough: number
  canSend: boolean
  user: { __typename: 'User'; id: string; displayName: string }
}

export type ConversationPartsFragment = {
  __typename: 'Conversation'
  id: string
  kind: ConversationKind
  status: ConversationStatus
  title: string | null
  unreadCount: number
  lastActivityAt: string
  counterpart: { __typename: 'User'; id: string; displayName: string } | null
  lastMessage: {
    __typename: 'Message'
    id: string
    conversationId: string
    seq: number
    cursor: string
    kind: MessageKind
    body: string | null
    clientMessageId: string | null
    createdAt: string
    editedAt: string | null
    deletedAt: string | null
    senderRole: Role | null
    deliveryStatus: DeliveryStatus
    sender: { __typename: 'User'; id: string; displayName: string } | null
    replyTo: {
      __typename: 'Message'
      id: string
      body: string | null
      deletedAt: string | null
      sender: { __typename: 'User'; id: string; displayName: string } | null
    } | null
    reactions: Array<{ __typename: 'ReactionGroup'; emoji: string; count: number; viewerReacted: boolean }>
    attachments: Array<{
      __typename: 'Attachment'
      id: string
      fileName: string
      mediaType: string
      sizeBytes: number
      width: number | null
      height: number | null
      durationSeconds: number | null
      url: string | null
      thumbnailUrl: string | null
      urlExpiresAt: string | null
    }>
    emergency: {
      __typename: 'Emergency'
      id: string
      flaggedAt: string
      acknowledgedAt: string | null
      escalatedAt: string | null
    } | null
  } | null
}

export type RoomPartsFragment = {
  __typename: 'Conversation'
  roomType: RoomType
  description: string | null
  tags: Array<string>
  id: string
  kind: ConversationKind
  status: ConversationStatus
  title: string | null
  unreadCount: number
  lastActivityAt: string
  viewer: {
    __typename: 'Participant'
    notificationsEnabled: boolean | null
    mutedUntil: string | null
    id: string
    role: Role
    joinedAt: string
    leftAt: string | null
    deliveredThrough: number
    readThrough: number
    canSend: boolean
    user: { __typename: 'User'; id: string; displayName: string }
  } | null
  counterpart: { __typename: 'User'; id: string; displayName: string } | null
  lastMessage: {
    __typename: 'Message'
    id: string
    conversationId: string
    seq: number
    cursor: string
    kind: MessageKind
    body: string | null
    clientMessageId: string | null
    createdAt: string
    editedAt: string | null
    deletedAt: string | null
    senderRole: Role | null
    deliveryStatus: DeliveryStatus
    sender: { __typename: 'User'; id: string; displayName: string } | null
    replyTo: {
      __typename: 'Message'
      id: string
      body: string | null
      deletedAt: string | null
      sender: { __typename: 'User'; id: string; displayName: string } | null
    } | null
    reactions: Array<{ __typename: 'ReactionGroup'; emoji: string; count: number; viewerReacted: boolean }>
    attachments: Array<{
      __typename: 'Attachment'
      id: string
      fileName: string
      mediaType: string
      sizeBytes: number
      width: number | null
      height: number | null
      durationSeconds: number | null
      url: string | null
      thumbnailUrl: string | null
      urlExpiresAt: string | null
    }>
    emergency: {
      __typename: 'Emergency'
      id: string
      flaggedAt: string
      acknowledgedAt: string | null
      escalatedAt: string | null
    } | null
  } | null
}

export type NotificationPartsFragment = {
  __typename: 'Notification'
  id: string
  kind: NotificationKind
  urgent: boolean
  title: string
  createdAt: string
  readAt: string | null
  actor: { __typename: 'User'; id: string; displayName: string } | null
  conversation: { __typename: 'Conversation'; id: string; title: string | null } | null
  message: { __typename: 'Message'; id: string; cursor: string } | null
}

export type SessionPartsFragment = {
  __typename: 'Session'
  id: string
  type: SessionType
  status: SessionStatus
  startedAt: string
  endedAt: string | null
  endReason: string | null
  durationSeconds: number
  conversation: { __typename: 'Conversation'; id: string }
  patient: { __typename: 'User'; id: string; displayName: string } | null
  professional: { __typename: 'User'; id: string; displayName: string }
  participants: Array<{
    __typename: 'SessionParticipant'
    role: Role
    leftAt: string | null
    user: { __typename: 'User'; id: string; displayName: string }
  }>
  rate: { __typename: 'Money'; amountMinor: number; currency: string } | null
  cost: { __typename: 'Money'; amountMinor: number; currency: string } | null
  viewerCost: { __typename: 'Money'; amountMinor: number; currency: string } | null
  viewerRefunded: { __typename: 'Money'; amountMinor: number; currency: string } | null
  refunded: { __typename: 'Money'; amountMinor: number; currency: string } | null
}

export type MoneyPartsFragment = { __typename: 'Money'; amountMinor: number; currency: string }

export type ProfessionalsQueryVariables = Exact<{ [key: string]: never }>

export type ProfessionalsQuery = {
  contacts: {
    __typename: 'UserConnection'
    edges: Array<{
      __typename: 'UserEdge'
      node: {
        __typename: 'User'
        id: string
        displayName: string
        professional: {
          __typename: 'ProfessionalProfile'
          id: string
          specialty: string | null
          acceptingSessions: boolean
          sessionTypes: Array<SessionType>
          rates: Array<{
            __typename: 'SessionRate'
            type: SessionType
            perMinute: { __typename: 'Money'; amountMinor: number; currency: string }
          }>
        } | null
      }
    }>
  }
}

export type WalletQueryVariables = Exact<{
  userId?: string | null | undefined
  currency?: string | null | undefined
  after?: string | null | undefined
}>

export type WalletQuery = {
  wallet: {
    __typename: 'Wallet'
    id: string
    balances: Array<{ __typename: 'Money'; amountMinor: number; currency: string }>
    transactions: {
      __typename: 'TransactionConnection'
      edges: Array<{
        __typename: 'TransactionEdge'
        node: {
          __typename: 'Transaction'
          id: string
          kind: TransactionKind
          description: string
          createdAt: string
          sessionId: string | null
          amount: { __typename: 'Money'; amountMinor: number; currency: string }
          balanceAfter: { __typename: 'Money'; amountMinor: number; currency: string }
        }
      }>
      pageInfo: { __typename: 'PageInfo'; hasNextPage: boolean; endCursor: string | null }
    }
  }
}

export type SessionQueryVariables = Exact<{
  sessionId: string
}>

export type SessionQuery = {
  session: {
    __typename: 'Session'
    id: string
    type: SessionType
    status: SessionStatus
    startedAt: string
    endedAt: string | null
    endReason: string | null
    durationSeconds: number
    conversation: { __typename: 'Conversation'; id: string }
    patient: { __typename: 'User'; id: string; displayName: string } | null
    professional: { __typename: 'User'; id: string; displayName: string }
    participants: Array<{
      __typename: 'SessionParticipant'
      role: Role
      leftAt: string | null
      user: { __typename: 'User'; id: string; displayName: string }
    }>
    rate: { __typename: 'Money'; amountMinor: number; currency: string } | null
    cost: { __typename: 'Money'; amountMinor: number; currency: string } | null
    viewerCost: { __typename: 'Money'; amountMinor: number; currency: string } | null
    viewerRefunded: { __typename: 'Money'; amountMinor: number; currency: string } | null
    refunded: { __typename: 'Money'; amountMinor: number; currency: string } | null
  } | null
}

export type SessionsQueryVariables = Exact<{
  filter?: SessionFilter | null | undefined
  first?: number | null | undefined
  after?: string | null | undefined
}>

export type SessionsQuery = {
  sessions: {
    __typename: 'SessionConnection'
    edges: Array<{
      __typename: 'SessionEdge'
      cursor: string
      node: {
        __typename: 'Session'
        id: string
        type: SessionType
        status: SessionStatus
        startedAt: string
        endedAt: string | null
        endReason: string | null
        durationSeconds: number
        conversation: { __typename: 'Conversation'; id: string }
        patient: { __typename: 'User'; id: string; displayName: string } | null
        professional: { __typename: 'User'; id: string; displayName: string }
        participants: Array<{
          __typename: 'SessionParticipant'
          role: Role
          leftAt: string | null
          user: { __typename: 'User'; id: string; displayName: string }
        }>
        rate: { __typename: 'Money'; amountMinor: number; currency: string } | null
        cost: { __typename: 'Money'; amountMinor: number; currency: string } | null
        viewerCost: { __typename: 'Money'; amountMinor: number; currency: string } | null
        viewerRefunded: { __typename: 'Money'; amountMinor: number; currency: string } | null
        refunded: { __typename: 'Money'; amountMinor: number; currency: string } | null
      }
    }>
    pageInfo: { __typename: 'PageInfo'; hasNextPage: boolean; endCursor: string | null }
  }
}

export type InboxQueryVariables = Exact<{
  filter?: ConversationFilter | null | undefined
  first?: number | null | undefined
  after?: string | null | undefined
}>

export type InboxQuery = {
  conversations: {
    __typename: 'ConversationConnection'
    edges: Array<{
      __typename: 'ConversationEdge'
      cursor: string
      node: {
        __typename: 'Conversation'
        id: string
        kind: ConversationKind
        status: ConversationStatus
        title: string | null
        unreadCount: number
        lastActivityAt: string
        counterpart: { __typename: 'User'; id: string; displayName: string } | null
        lastMessage: {
          __typename: 'Message'
          id: string
          conversationId: string
          seq: number
          cursor: string
          kind: MessageKind
          body: string | null
          clientMessageId: string | null
          createdAt: string
          editedAt: string | null
          deletedAt: string | null
          senderRole: Role | null
          deliveryStatus: DeliveryStatus
          sender: { __typename: 'User'; id: string; displayName: string } | null
          replyTo: {
            __typename: 'Message'
            id: string
            body: string | null
            deletedAt: string | null
            sender: { __typename: 'User'; id: string; displayName: string } | null
          } | null
          reactions: Array<{ __typename: 'ReactionGroup'; emoji: string; count: number; viewerReacted: boolean }>
          attachments: Array<{
            __typename: 'Attachment'
            id: string
            fileName: string
            mediaType: string
            sizeBytes: number
            width: number | null
            height: number | null
            durationSeconds: number | null
            url: string | null
            thumbnailUrl: string | null
            urlExpiresAt: string | null
          }>
          emergency: {
            __typename: 'Emergency'
            id: string
            flaggedAt: string
            acknowledgedAt: string | null
            escalatedAt: string | null
          } | null
        } | null
      }
    }>
    pageInfo: { __typename: 'PageInfo'; hasNextPage: boolean; endCursor: string | null }
  }
}

export type HistoryQueryVariables = Exact<{
  conversationId: string
  last?: number | null | undefined
  before?: string | null | undefined
  firstPage?: boolean | null | undefined
}>

export type HistoryQuery = {
  history: {
    __typename: 'MessageConnection'
    eventCursor?: string | null
    edges: Array<{
      __typename: 'MessageEdge'
      cursor: string
      node: {
        __typename: 'Message'
        id: string
        conversationId: string
        seq: number
        cursor: string
        kind: MessageKind
        body: string | null
        clientMessageId: string | null
        createdAt: string
        editedAt: string | null
        deletedAt: string | null
        senderRole: Role | null
        deliveryStatus: DeliveryStatus
        sender: { __typename: 'User'; id: string; displayName: string } | null
        replyTo: {
          __typename: 'Message'
          id: string
          body: string | null
          deletedAt: string | null
          sender: { __typename: 'User'; id: string; displayName: string } | null
        } | null
        reactions: Array<{ __typename: 'ReactionGroup'; emoji: string; count: number; viewerReacted: boolean }>
        attachments: Array<{
          __typename: 'Attachment'
          id: string
          fileName: string
          mediaType: string
          sizeBytes: number
          width: number | null
          height: number | null
          durationSeconds: number | null
          url: string | null
          thumbnailUrl: string | null
          urlExpiresAt: string | null
        }>
        emergency: {
          __typename: 'Emergency'
          id: string
          flaggedAt: string
          acknowledgedAt: string | null
          escalatedAt: string | null
        } | null
      }
    }>
    pageInfo: {
      __typename: 'PageInfo'
      hasNextPage: boolean
      hasPreviousPage: boolean
      startCursor: string | null
      endCursor: string | null
    }
  } | null
}

export type UnreadCountsQueryVariables = Exact<{ [key: string]: never }>

export type UnreadCountsQuery = {
  unreadCounts: {
    __typename: 'UnreadCounts'
    id: string
    total: number
    notifications: number
    conversations: Array<{ __typename: 'Conversation'; id: string; unreadCount: number }>
  }
}

export type RoomQueryVariables = Exact<{
  conversationId: string
}>

export type RoomQuery = {
  conversation: {
    __typename: 'Conversation'
    roomType: RoomType
    description: string | null
    tags: Array<string>
    id: string
    kind: ConversationKind
    status: ConversationStatus
    title: string | null
    unreadCount: number
    lastActivityAt: string
    participants: Array<{
      __typename: 'Participant'
      id: string
      role: Role
      joinedAt: string
      leftAt: string | null
      deliveredThrough: number
      readThrough: number
      canSend: boolean
      user: { __typename: 'User'; id: string; displayName: string }
    }>
    viewer: {
      __typename: 'Participant'
      notificationsEnabled: boolean | null
      mutedUntil: string | null
      id: string
      role: Role
      joinedAt: string
      leftAt: string | null
      deliveredThrough: number
      readThrough: number
      canSend: boolean
      user: { __typename: 'User'; id: string; displayName: string }
    } | null
    counterpart: { __typename: 'User'; id: string; displayName: string } | null
    lastMessage: {
      __typename: 'Message'
      id: string
      conversationId: string
      seq: number
      cursor: string
      kind: MessageKind
      body: string | null
      clientMessageId: string | null
      createdAt: string
      editedAt: string | null
      deletedAt: string | null
      senderRole: Role | null
      deliveryStatus: DeliveryStatus
      sender: { __typename: 'User'; id: string; displayName: string } | null
      replyTo: {
        __typename: 'Message'
        id: string
        body: string | null
        deletedAt: string | null
        sender: { __typename: 'User'; id: string; displayName: string } | null
      } | null
      reactions: Array<{ __typename: 'ReactionGroup'; emoji: string; count: number; viewerReacted: boolean }>
      attachments: Array<{
        __typename: 'Attachment'
        id: string
        fileName: string
        mediaType: string
        sizeBytes: number
        width: number | null
        height: number | null
        durationSeconds: number | null
        url: string | null
        thumbnailUrl: string | null
        urlExpiresAt: string | null
      }>
      emergency: {
        __typename: 'Emergency'
        id: string
        flaggedAt: string
        acknowledgedAt: string | null
        escalatedAt: string | null
      } | null
    } | null
  } | null
}

export type ReceiptsQueryVariables = Exact<{
  messageId: string
}>

export type ReceiptsQuery = {
  message: {
    __typename: 'Message'
    id: string
    receipts: Array<{
      __typename: 'Receipt'
      status: DeliveryStatus
      deliveredAt: string | null
      readAt: string | null
      user: { __typename: 'User'; id: string; displayName: string }
    }>
  } | null
}

export type ThreadQueryVariables = Exact<{
  messageId: string
  first?: number | null | undefined
  after?: string | null | undefined
}>

export type ThreadQuery = {
  message: {
    __typename: 'Message'
    id: string
    replies: {
      __typename: 'MessageConnection'
      edges: Array<{
        __typename: 'MessageEdge'
        cursor: string
        node: {
          __typename: 'Message'
          id: string
          conversationId: string
          seq: number
          cursor: string
          kind: MessageKind
          body: string | null
          clientMessageId: string | null
          createdAt: string
          editedAt: string | null
          deletedAt: string | null
          senderRole: Role | null
          deliveryStatus: DeliveryStatus
          sender: { __typename: 'User'; id: string; displayName: string } | null
          replyTo: {
            __typename: 'Message'
            id: string
            body: string | null
            deletedAt: string | null
            sender: { __typename: 'User'; id: string; displayName: string } | null
          } | null
          reactions: Array<{ __typename: 'ReactionGroup'; emoji: string; count: number; viewerReacted: boolean }>
          attachments: Array<{
            __typename: 'Attachment'
            id: string
            fileName: string
            mediaType: string
            sizeBytes: number
            width: number | null
            height: number | null
            durationSeconds: number | null
            url: string | null
            thumbnailUrl: string | null
            urlExpiresAt: string | null
          }>
          emergency: {
            __typename: 'Emergency'
            id: string
            flaggedAt: string
            acknowledgedAt: string | null
            escalatedAt: string | null
          } | null
        }
      }>
      pageInfo: { __typename: 'PageInfo'; hasNextPage: boolean; endCursor: string | null }
    }
  } | null
}

export type RevisionsQueryVariables = Exact<{
  messageId: string
}>

export type RevisionsQuery = {
  message: {
    __typename: 'Message'
    id: string
    revisions: Array<{ __typename: 'MessageRevision'; revision: number; body: string; createdAt: string }> | null
  } | null
}

export type NotificationsQueryVariables = Exact<{
  unreadOnly?: boolean | null | undefined
  first?: number | null | undefined
  after?: string | null | undefined
}>

export type NotificationsQuery = {
  notifications: {
    __typename: 'NotificationConnection'
    edges: Array<{
      __typename: 'NotificationEdge'
      cursor: string
      node: {
        __typename: 'Notification'
        id: string
        kind: NotificationKind
        urgent: boolean
        title: string
        createdAt: string
        readAt: string | null
        actor: { __typename: 'User'; id: string; displayName: string } | null
        conversation: { __typename: 'Conversation'; id: string; title: string | null } | null
        message: { __typename: 'Message'; id: string; cursor: string } | null
      }
    }>
    pageInfo: { __typename: 'PageInfo'; hasNextPage: boolean; endCursor: string | null }
  }
}

export type OpenEmergenciesQueryVariables = Exact<{
  first?: number | null | undefined
  after?: string | null | undefined
}>

export type OpenEmergenciesQuery = {
  openEmergencies: {
    __typename: 'MessageConnection'
    edges: Array<{
      __typename: 'MessageEdge'
      cursor: string
      node: {
        __typename: 'Message'
        id: string
        conversationId: string
        seq: number
        cursor: string
        kind: MessageKind
        body: string | null
        clientMessageId: string | null
        createdAt: string
        editedAt: string | null
        deletedAt: string | null
        senderRole: Role | null
        deliveryStatus: DeliveryStatus
        sender: { __typename: 'User'; id: string; displayName: string } | null
        replyTo: {
          __typename: 'Message'
          id: string
          body: string | null
          deletedAt: string | null
          sender: { __typename: 'User'; id: string; displayName: string } | null
        } | null
        reactions: Array<{ __typename: 'ReactionGroup'; emoji: string; count: number; viewerReacted: boolean }>
        attachments: Array<{
          __typename: 'Attachment'
          id: string
          fileName: string
          mediaType: string
          sizeBytes: number
          width: number | null
          height: number | null
          durationSeconds: number | null
          url: string | null
          thumbnailUrl: string | null
          urlExpiresAt: string | null
        }>
        emergency: {
          __typename: 'Emergency'
          id: string
          flaggedAt: string
          acknowledgedAt: string | null
          escalatedAt: string | null
        } | null
      }
    }>
    pageInfo: { __typename: 'PageInfo'; hasNextPage: boolean; endCursor: string | null }
  }
}

export type SearchMessagesQueryVariables = Exact<{
  query: string
  conversationId?: string | null | undefined
  first?: number | null | undefined
  after?: string | null | undefined
}>

export type SearchMessagesQuery = {
  searchMessages: {
    __typename: 'MessageMatchConnection'
    edges: Array<{
      __typename: 'MessageMatchEdge'
      cursor: string
      node: {
        __typename: 'MessageMatch'
        excerpt: Array<{ __typename: 'ExcerptPart'; text: string; match: boolean }>
        message: {
          __typename: 'Message'
          id: string
          conversationId: string
          seq: number
          cursor: string
          kind: MessageKind
          body: string | null
          clientMessageId: string | null
          createdAt: string
          editedAt: string | null
          deletedAt: string | null
          senderRole: Role | null
          deliveryStatus: DeliveryStatus
          sender: { __typename: 'User'; id: string; displayName: string } | null
          replyTo: {
            __typename: 'Message'
            id: string
            body: string | null
            deletedAt: string | null
            sender: { __typename: 'User'; id: string; displayName: string } | null
          } | null
          reactions: Array<{ __typename: 'ReactionGroup'; emoji: string; count: number; viewerReacted: boolean }>
          attachments: Array<{
            __typename: 'Attachment'
            id: string
            fileName: string
            mediaType: string
            sizeBytes: number
            width: number | null
            height: number | null
            durationSeconds: number | null
            url: string | null
            thumbnailUrl: string | null
            urlExpiresAt: string | null
          }>
          emergency: {
            __typename: 'Emergency'
            id: string
            flaggedAt: string
            acknowledgedAt: string | null
            escalatedAt: string | null
          } | null
        }
      }
    }>
    pageInfo: { __typename: 'PageInfo'; hasNextPage: boolean; endCursor: string | null }
  }
}

export type AroundQueryVariables = Exact<{
  conversationId: string
  cursor: string
  count: number
}>

export type AroundQuery = {
  before: {
    __typename: 'MessageConnection'
    edges: Array<{
      __typename: 'MessageEdge'
      node: {
        __typename: 'Message'
        id: string
        conversationId: string
        seq: number
        cursor: string
        kind: MessageKind
        body: string | null
        clientMessageId: string | null
        createdAt: string
        editedAt: string | null
        deletedAt: string | null
        senderRole: Role | null
        deliveryStatus: DeliveryStatus
        sender: { __typename: 'User'; id: string; displayName: string } | null
        replyTo: {
          __typename: 'Message'
          id: string
          body: string | null
          deletedAt: string | null
          sender: { __typename: 'User'; id: string; displayName: string } | null
        } | null
        reactions: Array<{ __typename: 'ReactionGroup'; emoji: string; count: number; viewerReacted: boolean }>
        attachments: Array<{
          __typename: 'Attachment'
          id: string
          fileName: string
          mediaType: string
          sizeBytes: number
          width: number | null
          height: number | null
          durationSeconds: number | null
          url: string | null
          thumbnailUrl: string | null
          urlExpiresAt: string | null
        }>
        emergency: {
          __typename: 'Emergency'
          id: string
          flaggedAt: string
          acknowledgedAt: string | null
          escalatedAt: string | null
        } | null
      }
    }>
  } | null
  after: {
    __typename: 'MessageConnection'
    edges: Array<{
      __typename: 'MessageEdge'
      node: {
        __typename: 'Message'
        id: string
        conversationId: string
        seq: number
        cursor: string
        kind: MessageKind
        body: string | null
        clientMessageId: string | null
        createdAt: string
        editedAt: string | null
        deletedAt: string | null
        senderRole: Role | null
        deliveryStatus: DeliveryStatus
        sender: { __typename: 'User'; id: string; displayName: string } | null
        replyTo: {
          __typename: 'Message'
          id: string
          body: string | null
          deletedAt: string | null
          sender: { __typename: 'User'; id: string; displayName: string } | null
        } | null
        reactions: Array<{ __typename: 'ReactionGroup'; emoji: string; count: number; viewerReacted: boolean }>
        attachments: Array<{
          __typename: 'Attachment'
          id: string
          fileName: string
          mediaType: string
          sizeBytes: number
          width: number | null
          height: number | null
          durationSeconds: number | null
          url: string | null
          thumbnailUrl: string | null
          urlExpiresAt: string | null
        }>
        emergency: {
          __typename: 'Emergency'
          id: string
          flaggedAt: string
          acknowledgedAt: string | null
          escalatedAt: string | null
        } | null
      }
    }>
  } | null
}

export type ChatUsersQueryVariables = Exact<{
  search?: string | null | undefined
  first?: number | null | undefined
  after?: string | null | undefined
}>

export type ChatUsersQuery = {
  chatUsers: {
    __typename: 'ChatUserConnection'
    edges: Array<{
      __typename: 'ChatUserEdge'
      cursor: string
      node: {
        __typename: 'ChatUser'
        id: string
        unreadCount: number
        lastMessageAt: string | null
        user: { __typename: 'User'; id: string; displayName: string }
        conversation: { __typename: 'Conversation'; id: string }
        lastMessage: { __typename: 'Message'; id: string; body: string | null } | null
      }
    }>
    pageInfo: { __typename: 'PageInfo'; hasNextPage: boolean; endCursor: string | null }
  }
}

export type StartConversationMutationVariables = Exact<{
  input: StartConversationInput
}>

export type StartConversationMutation = {
  startConversation: {
    __typename: 'StartConversationPayload'
    created: boolean
    conversation: {
      __typename: 'Conversation'
      id: string
      kind: ConversationKind
      status: ConversationStatus
      title: string | null
      unreadCount: number
      lastActivityAt: string
      counterpart: { __typename: 'User'; id: string; displayName: string } | null
      lastMessage: {
        __typename: 'Message'
        id: string
        conversationId: string
        seq: number
        cursor: string
        kind: MessageKind
        body: string | null
        clientMessageId: string | null
        createdAt: string
        editedAt: string | null
        deletedAt: string | null
        senderRole: Role | null
        deliveryStatus: DeliveryStatus
        sender: { __typename: 'User'; id: string; displayName: string } | null
        replyTo: {
          __typename: 'Message'
          id: string
          body: string | null
          deletedAt: string | null
          sender: { __typename: 'User'; id: string; displayName: string } | null
        } | null
        reactions: Array<{ __typename: 'ReactionGroup'; emoji: string; count: number; viewerReacted: boolean }>
        attachments: Array<{
          __typename: 'Attachment'
          id: string
          fileName: string
          mediaType: string
          sizeBytes: number
          width: number | null
          height: number | null
          durationSeconds: number | null
          url: string | null
          thumbnailUrl: string | null
          urlExpiresAt: string | null
        }>
        emergency: {
          __typename: 'Emergency'
          id: string
          flaggedAt: string
          acknowledgedAt: string | null
          escalatedAt: string | null
        } | null
      } | null
    }
  } | null
}

export type SendMessageMutationVariables = Exact<{
  input: SendMessageInput
}>

export type SendMessageMutation = {
  sendMessage: {
    __typename: 'MessagePayload'
    message: {
      __typename: 'Message'
      id: string
      conversationId: string
      seq: number
      cursor: string
      kind: MessageKind
      body: string | null
      clientMessageId: string | null
      createdAt: string
      editedAt: string | null
      deletedAt: string | null
      senderRole: Role | null
      deliveryStatus: DeliveryStatus
      sender: { __typename: 'User'; id: string; displayName: string } | null
      replyTo: {
        __typename: 'Message'
        id: string
        body: string | null
        deletedAt: string | null
        sender: { __typename: 'User'; id: string; displayName: string } | null
      } | null
      reactions: Array<{ __typename: 'ReactionGroup'; emoji: string; count: number; viewerReacted: boolean }>
      attachments: Array<{
        __typename: 'Attachment'
        id: string
        fileName: string
        mediaType: string
        sizeBytes: number
        width: number | null
        height: number | null
        durationSeconds: number | null
        url: string | null
        thumbnailUrl: string | null
        urlExpiresAt: string | null
      }>
      emergency: {
        __typename: 'Emergency'
        id: string
        flaggedAt: string
        acknowledgedAt: string | null
        escalatedAt: string | null
      } | null
    }
  } | null
}

export type MarkReadMutationVariables = Exact<{
  input: MarkInput
}>

export type MarkReadMutation = {
  markRead: {
    __typename: 'MarkPayload'
    conversation: { __typename: 'Conversation'; id: string; unreadCount: number }
    participant: { __typename: 'Participant'; id: string; deliveredThrough: number; readThrough: number }
  } | null
}

export type MarkDeliveredMutationVariables = Exact<{
  input: MarkInput
}>

export type MarkDeliveredMutation = {
  markDelivered: {
    __typename: 'MarkPayload'
    participant: { __typename: 'Participant'; id: string; deliveredThrough: number; readThrough: number }
  } | null
}

export type EditMessageMutationVariables = Exact<{
  input: EditMessageInput
}>

export type EditMessageMutation = {
  editMessage: {
    __typename: 'MessagePayload'
    message: {
      __typename: 'Message'
      id: string
      conversationId: string
      seq: number
      cursor: string
      kind: MessageKind
      body: string | null
      clientMessageId: string | null
      createdAt: string
      editedAt: string | null
      deletedAt: string | null
      senderRole: Role | null
      deliveryStatus: DeliveryStatus
      sender: { __typename: 'User'; id: string; displayName: string } | null
      replyTo: {
        __typename: 'Message'
        id: string
        body: string | null
        deletedAt: string | null
        sender: { __typename: 'User'; id: string; displayName: string } | null
      } | null
      reactions: Array<{ __typename: 'ReactionGroup'; emoji: string; count: number; viewerReacted: boolean }>
      attachments: Array<{
        __typename: 'Attachment'
        id: string
        fileName: string
        mediaType: string
        sizeBytes: number
        width: number | null
        height: number | null
        durationSeconds: number | null
        url: string | null
        thumbnailUrl: string | null
        urlExpiresAt: string | null
      }>
      emergency: {
        __typename: 'Emergency'
        id: string
        flaggedAt: string
        acknowledgedAt: string | null
        escalatedAt: string | null
      } | null
    }
  } | null
}

export type DeleteMessageMutationVariables = Exact<{
  input: DeleteMessageInput
}>

export type DeleteMessageMutation = {
  deleteMessage: {
    __typename: 'MessagePayload'
    message: {
      __typename: 'Message'
      id: string
      conversationId: string
      seq: number
      cursor: string
      kind: MessageKind
      body: string | null
      clientMessageId: string | null
      createdAt: string
      editedAt: string | null
      deletedAt: string | null
      senderRole: Role | null
      deliveryStatus: DeliveryStatus
      sender: { __typename: 'User'; id: string; displayName: string } | null
      replyTo: {
        __typename: 'Message'
        id: string
        body: string | null
        deletedAt: string | null
        sender: { __typename: 'User'; id: string; displayName: string } | null
      } | null
      reactions: Array<{ __typename: 'ReactionGroup'; emoji: string; count: number; viewerReacted: boolean }>
      attachments: Array<{
        __typename: 'Attachment'
        id: string
        fileName: string
        mediaType: string
        sizeBytes: number
        width: number | null
        height: number | null
        durationSeconds: number | null
        url: string | null
        thumbnailUrl: string | null
        urlExpiresAt: string | null
      }>
      emergency: {
        __typename: 'Emergency'
        id: string
        flaggedAt: string
        acknowledgedAt: string | null
        escalatedAt: string | null
      } | null
    }
  } | null
}

export type RestoreMessageMutationVariables = Exact<{
  input: RestoreMessageInput
}>

export type RestoreMessageMutation = {
  restoreMessage: {
    __typename: 'MessagePayload'
    message: {
      __typename: 'Message'
      id: string
      conversationId: string
      seq: number
      cursor: string
      kind: MessageKind
      body: string | null
      clientMessageId: string | null
      createdAt: string
      editedAt: string | null
      deletedAt: string | null
      senderRole: Role | null
      deliveryStatus: DeliveryStatus
      sender: { __typename: 'User'; id: string; displayName: string } | null
      replyTo: {
        __typename: 'Message'
        id: string
        body: string | null
        deletedAt: string | null
        sender: { __typename: 'User'; id: string; displayName: string } | null
      } | null
      reactions: Array<{ __typename: 'ReactionGroup'; emoji: string; count: number; viewerReacted: boolean }>
      attachments: Array<{
        __typename: 'Attachment'
        id: string
        fileName: string
        mediaType: string
        sizeBytes: number
        width: number | null
        height: number | null
        durationSeconds: number | null
        url: string | null
        thumbnailUrl: string | null
        urlExpiresAt: string | null
      }>
      emergency: {
        __typename: 'Emergency'
        id: string
        flaggedAt: string
        acknowledgedAt: string | null
        escalatedAt: string | null
      } | null
    }
  } | null
}

export type ReactMutationVariables = Exact<{
  input: ReactionInput
}>

export type ReactMutation = {
  react: {
    __typename: 'MessagePayload'
    message: {
      __typename: 'Message'
      id: string
      conversationId: string
      seq: number
      cursor: string
      kind: MessageKind
      body: string | null
      clientMessageId: string | null
      createdAt: string
      editedAt: string | null
      deletedAt: string | null
      senderRole: Role | null
      deliveryStatus: DeliveryStatus
      sender: { __typename: 'User'; id: string; displayName: string } | null
      replyTo: {
        __typename: 'Message'
        id: string
        body: string | null
        deletedAt: string | null
        sender: { __typename: 'User'; id: string; displayName: string } | null
      } | null
      reactions: Array<{ __typename: 'ReactionGroup'; emoji: string; count: number; viewerReacted: boolean }>
      attachments: Array<{
        __typename: 'Attachment'
        id: string
        fileName: string
        mediaType: string
        sizeBytes: number
        width: number | null
        height: number | null
        durationSeconds: number | null
        url: string | null
        thumbnailUrl: string | null
        urlExpiresAt: string | null
      }>
      emergency: {
        __typename: 'Emergency'
        id: string
        flaggedAt: string
        acknowledgedAt: string | null
        escalatedAt: string | null
      } | null
    }
  } | null
}

export type UnreactMutationVariables = Exact<{
  input: ReactionInput
}>

export type UnreactMutation = {
  unreact: {
    __typename: 'MessagePayload'
    message: {
      __typename: 'Message'
      id: string
      conversationId: string
      seq: number
      cursor: string
      kind: MessageKind
      body: string | null
      clientMessageId: string | null
      createdAt: string
      editedAt: string | null
      deletedAt: string | null
      senderRole: Role | null
      deliveryStatus: DeliveryStatus
      sender: { __typename: 'User'; id: string; displayName: string } | null
      replyTo: {
        __typename: 'Message'
        id: string
        body: string | null
        deletedAt: string | null
        sender: { __typename: 'User'; id: string; displayName: string } | null
      } | null
      reactions: Array<{ __typename: 'ReactionGroup'; emoji: string; count: number; viewerReacted: boolean }>
      attachments: Array<{
        __typename: 'Attachment'
        id: string
        fileName: string
        mediaType: string
        sizeBytes: number
        width: number | null
        height: number | null
        durationSeconds: number | null
        url: string | null
        thumbnailUrl: string | null
        urlExpiresAt: string | null
      }>
      emergency: {
        __typename: 'Emergency'
        id: string
        flaggedAt: string
        acknowledgedAt: string | null
        escalatedAt: string | null
      } | null
    }
  } | null
}

export type CreateGroupMutationVariables = Exact<{
  input: CreateGroupInput
}>

export type CreateGroupMutation = {
  createGroup: {
    __typename: 'ConversationPayload'
    conversation: {
      __typename: 'Conversation'
      roomType: RoomType
      description: string | null
      tags: Array<string>
      id: string
      kind: ConversationKind
      status: ConversationStatus
      title: string | null
      unreadCount: number
      lastActivityAt: string
      viewer: {
        __typename: 'Participant'
        notificationsEnabled: boolean | null
        mutedUntil: string | null
        id: string
        role: Role
        joinedAt: string
        leftAt: string | null
        deliveredThrough: number
        readThrough: number
        canSend: boolean
        user: { __typename: 'User'; id: string; displayName: string }
      } | null
      counterpart: { __typename: 'User'; id: string; displayName: string } | null
      lastMessage: {
        __typename: 'Message'
        id: string
        conversationId: string
        seq: number
        cursor: string
        kind: MessageKind
        body: string | null
        clientMessageId: string | null
        createdAt: string
        editedAt: string | null
        deletedAt: string | null
        senderRole: Role | null
        deliveryStatus: DeliveryStatus
        sender: { __typename: 'User'; id: string; displayName: string } | null
        replyTo: {
          __typename: 'Message'
          id: string
          body: string | null
          deletedAt: string | null
          sender: { __typename: 'User'; id: string; displayName: string } | null
        } | null
        reactions: Array<{ __typename: 'ReactionGroup'; emoji: string; count: number; viewerReacted: boolean }>
        attachments: Array<{
          __typename: 'Attachment'
          id: string
          fileName: string
          mediaType: string
          sizeBytes: number
          width: number | null
          height: number | null
          durationSeconds: number | null
          url: string | null
          thumbnailUrl: string | null
          urlExpiresAt: string | null
        }>
        emergency: {
          __typename: 'Emergency'
          id: string
          flaggedAt: string
          acknowledgedAt: string | null
          escalatedAt: string | null
        } | null
      } | null
    }
  } | null
}

export type StartSupportMutationVariables = Exact<{
  input?: StartSupportInput | null | undefined
}>

export type StartSupportMutation = {
  startSupportConversation: {
    __typename: 'StartConversationPayload'
    created: boolean
    conversation: {
      __typename: 'Conversation'
      roomType: RoomType
      description: string | null
      tags: Array<string>
      id: string
      kind: ConversationKind
      status: ConversationStatus
      title: string | null
      unreadCount: number
      lastActivityAt: string
      viewer: {
        __typename: 'Participant'
        notificationsEnabled: boolean | null
        mutedUntil: string | null
        id: string
        role: Role
        joinedAt: string
        leftAt: string | null
        deliveredThrough: number
        readThrough: number
        canSend: boolean
        user: { __typename: 'User'; id: string; displayName: string }
      } | null
      counterpart: { __typename: 'User'; id: string; displayName: string } | null
      lastMessage: {
        __typename: 'Message'
        id: string
        conversationId: string
        seq: number
        cursor: string
        kind: MessageKind
        body: string | null
        clientMessageId: string | null
        createdAt: string
        editedAt: string | null
        deletedAt: string | null
        senderRole: Role | null
        deliveryStatus: DeliveryStatus
        sender: { __typename: 'User'; id: string; displayName: string } | null
        replyTo: {
          __typename: 'Message'
          id: string
          body: string | null
          deletedAt: string | null
          sender: { __typename: 'User'; id: string; displayName: string } | null
        } | null
        reactions: Array<{ __typename: 'ReactionGroup'; emoji: string; count: number; viewerReacted: boolean }>
        attachments: Array<{
          __typename: 'Attachment'
          id: string
          fileName: string
          mediaType: string
          sizeBytes: number
          width: number | null
          height: number | null
          durationSeconds: number | null
          url: string | null
          thumbnailUrl: string | null
          urlExpiresAt: string | null
        }>
        emergency: {
          __typename: 'Emergency'
          id: string
          flaggedAt: string
          acknowledgedAt: string | null
          escalatedAt: string | null
        } | null
      } | null
    }
  } | null
}

export type UpdateConversationMutationVariables = Exact<{
  input: UpdateConversationInput
}>

export type UpdateConversationMutation = {
  updateConversation: {
    __typename: 'ConversationPayload'
    conversation: {
      __typename: 'Conversation'
      roomType: RoomType
      description: string | null
      tags: Array<string>
      id: string
      kind: ConversationKind
      status: ConversationStatus
      title: string | null
      unreadCount: number
      lastActivityAt: string
      viewer: {
        __typename: 'Participant'
        notificationsEnabled: boolean | null
        mutedUntil: string | null
        id: string
        role: Role
        joinedAt: string
        leftAt: string | null
        deliveredThrough: number
        readThrough: number
        canSend: boolean
        user: { __typename: 'User'; id: string; displayName: string }
      } | null
      counterpart: { __typename: 'User'; id: string; displayName: string } | null
      lastMessage: {
        __typename: 'Message'
        id: string
        conversationId: string
        seq: number
        cursor: string
        kind: MessageKind
        body: string | null
        clientMessageId: string | null
        createdAt: string
        editedAt: string | null
        deletedAt: string | null
        senderRole: Role | null
        deliveryStatus: DeliveryStatus
        sender: { __typename: 'User'; id: string; displayName: string } | null
        replyTo: {
          __typename: 'Message'
          id: string
          body: string | null
          deletedAt: string | null
          sender: { __typename: 'User'; id: string; displayName: string } | null
        } | null
        reactions: Array<{ __typename: 'ReactionGroup'; emoji: string; count: number; viewerReacted: boolean }>
        attachments: Array<{
          __typename: 'Attachment'
          id: string
          fileName: string
          mediaType: string
          sizeBytes: number
          width: number | null
          height: number | null
          durationSeconds: number | null
          url: string | null
          thumbnailUrl: string | null
          urlExpiresAt: string | null
        }>
        emergency: {
          __typename: 'Emergency'
          id: string
          flaggedAt: string
          acknowledgedAt: string | null
          escalatedAt: string | null
        } | null
      } | null
    }
  } | null
}

export type SetConversationStatusMutationVariables = Exact<{
  input: SetConversationStatusInput
}>

export type SetConversationStatusMutation = {
  setConversationStatus: {
    __typename: 'ConversationPayload'
    conversation: {
      __typename: 'Conversation'
      roomType: RoomType
      description: string | null
      tags: Array<string>
      id: string
      kind: ConversationKind
      status: ConversationStatus
      title: string | null
      unreadCount: number
      lastActivityAt: string
      viewer: {
        __typename: 'Participant'
        notificationsEnabled: boolean | null
        mutedUntil: string | null
        id: string
        role: Role
        joinedAt: string
        leftAt: string | null
        deliveredThrough: number
        readThrough: number
        canSend: boolean
        user: { __typename: 'User'; id: string; displayName: string }
      } | null
      counterpart: { __typename: 'User'; id: string; displayName: string } | null
      lastMessage: {
        __typename: 'Message'
        id: string
        conversationId: string
        seq: number
        cursor: string
        kind: MessageKind
        body: string | null
        clientMessageId: string | null
        createdAt: string
        editedAt: string | null
        deletedAt: string | null
        senderRole: Role | null
        deliveryStatus: DeliveryStatus
        sender: { __typename: 'User'; id: string; displayName: string } | null
        replyTo: {
          __typename: 'Message'
          id: string
          body: string | null
          deletedAt: string | null
          sender: { __typename: 'User'; id: string; displayName: string } | null
        } | null
        reactions: Array<{ __typename: 'ReactionGroup'; emoji: string; count: number; viewerReacted: boolean }>
        attachments: Array<{
          __typename: 'Attachment'
          id: string
          fileName: string
          mediaType: string
          sizeBytes: number
          width: number | null
          height: number | null
          durationSeconds: number | null
          url: string | null
          thumbnailUrl: string | null
          urlExpiresAt: string | null
        }>
        emergency: {
          __typename: 'Emergency'
          id: string
          flaggedAt: string
          acknowledgedAt: string | null
          escalatedAt: string | null
        } | null
      } | null
    }
  } | null
}

export type AddParticipantsMutationVariables = Exact<{
  input: ParticipantsInput
}>

export type AddParticipantsMutation = {
  addParticipants: {
    __typename: 'ConversationPayload'
    conversation: {
      __typename: 'Conversation'
      id: string
      participants: Array<{
        __typename: 'Participant'
        id: string
        role: Role
        joinedAt: string
        leftAt: string | null
        deliveredThrough: number
        readThrough: number
        canSend: boolean
        user: { __typename: 'User'; id: string; displayName: string }
      }>
    }
  } | null
}

export type RemoveParticipantsMutationVariables = Exact<{
  input: ParticipantsInput
}>

export type RemoveParticipantsMutation = {
  removeParticipants: {
    __typename: 'ConversationPayload'
    conversation: {
      __typename: 'Conversation'
      id: string
      participants: Array<{
        __typename: 'Participant'
        id: string
        role: Role
        joinedAt: string
        leftAt: string | null
        deliveredThrough: number
        readThrough: number
        canSend: boolean
        user: { __typename: 'User'; id: string; displayName: string }
      }>
    }
  } | null
}

export type LeaveGroupMutationVariables = Exact<{
  input: ParticipantsInput
}>

export type LeaveGroupMutation = {
  removeParticipants: {
    __typename: 'ConversationPayload'
    conversation: {
      __typename: 'Conversation'
      roomType: RoomType
      description: string | null
      tags: Array<string>
      id: string
      kind: ConversationKind
      status: ConversationStatus
      title: string | null
      unreadCount: number
      lastActivityAt: string
      viewer: {
        __typename: 'Participant'
        notificationsEnabled: boolean | null
        mutedUntil: string | null
        id: string
        role: Role
        joinedAt: string
        leftAt: string | null
        deliveredThrough: number
        readThrough: number
        canSend: boolean
        user: { __typename: 'User'; id: string; displayName: string }
      } | null
      counterpart: { __typename: 'User'; id: string; displayName: string } | null
      lastMessage: {
        __typename: 'Message'
        id: string
        conversationId: string
        seq: number
        cursor: string
        kind: MessageKind
        body: string | null
        clientMessageId: string | null
        createdAt: string
        editedAt: string | null
        deletedAt: string | null
        senderRole: Role | null
        deliveryStatus: DeliveryStatus
        sender: { __typename: 'User'; id: string; displayName: string } | null
        replyTo: {
          __typename: 'Message'
          id: string
          body: string | null
          deletedAt: string | null
          sender: { __typename: 'User'; id: string; displayName: string } | null
        } | null
        reactions: Array<{ __typename: 'ReactionGroup'; emoji: string; count: number; viewerReacted: boolean }>
        attachments: Array<{
          __typename: 'Attachment'
          id: string
          fileName: string
          mediaType: string
          sizeBytes: number
          width: number | null
          height: number | null
          durationSeconds: number | null
          url: string | null
          thumbnailUrl: string | null
          urlExpiresAt: string | null
        }>
        emergency: {
          __typename: 'Emergency'
          id: string
          flaggedAt: string
          acknowledgedAt: string | null
          escalatedAt: string | null
        } | null
      } | null
    }
  } | null
}

export type SetRolePermissionsMutationVariables = Exact<{
  input: RolePermissionsInput
}>

export type SetRolePermissionsMutation = {
  setRolePermissions: {
    __typename: 'ConversationPayload'
    conversation: {
      __typename: 'Conversation'
      id: string
      permissions: Array<{ __typename: 'RolePermission'; role: Role; canSend: boolean; canViewHistory: boolean }>
    }
  } | null
}

export type SetParticipantPermissionsMutationVariables = Exact<{
  input: ParticipantPermissionsInput
}>

export type SetParticipantPermissionsMutation = {
  setParticipantPermissions: {
    __typename: 'ConversationPayload'
    conversation: {
      __typename: 'Conversation'
      id: string
      participants: Array<{
        __typename: 'Participant'
        id: string
        role: Role
        joinedAt: string
        leftAt: string | null
        deliveredThrough: number
        readThrough: number
        canSend: boolean
        user: { __typename: 'User'; id: string; displayName: string }
      }>
    }
  } | null
}

export type UpdateNotificationSettingsMutationVariables = Exact<{
  input: NotificationSettingsInput
}>

export type UpdateNotificationSettingsMutation = {
  updateNotificationSettings: {
    __typename: 'ConversationPayload'
    conversation: {
      __typename: 'Conversation'
      id: string
      viewer: {
        __typename: 'Participant'
        id: string
        notificationsEnabled: boolean | null
        mutedUntil: string | null
      } | null
    }
  } | null
}

export type MarkNotificationsReadMutationVariables = Exact<{
  input?: MarkNotificationsReadInput | null | undefined
}>

export type MarkNotificationsReadMutation = {
  markNotificationsRead: {
    __typename: 'MarkNotificationsReadPayload'
    notifications: Array<{ __typename: 'Notification'; id: string; readAt: string | null }>
    unreadCounts: { __typename: 'UnreadCounts'; id: string; notifications: number }
  } | null
}

export type FlagEmergencyMutationVariables = Exact<{
  input: EmergencyInput
}>

export type FlagEmergencyMutation = {
  flagEmergency: {
    __typename: 'MessagePayload'
    message: {
      __typename: 'Message'
      id: string
      conversationId: string
      seq: number
      cursor: string
      kind: MessageKind
      body: string | null
      clientMessageId: string | null
      createdAt: string
      editedAt: string | null
      deletedAt: string | null
      senderRole: Role | null
      deliveryStatus: DeliveryStatus
      sender: { __typename: 'User'; id: string; displayName: string } | null
      replyTo: {
        __typename: 'Message'
        id: string
        body: string | null
        deletedAt: string | null
        sender: { __typename: 'User'; id: string; displayName: string } | null
      } | null
      reactions: Array<{ __typename: 'ReactionGroup'; emoji: string; count: number; viewerReacted: boolean }>
      attachments: Array<{
        __typename: 'Attachment'
        id: string
        fileName: string
        mediaType: string
        sizeBytes: number
        width: number | null
        height: number | null
        durationSeconds: number | null
        url: string | null
        thumbnailUrl: string | null
        urlExpiresAt: string | null
      }>
      emergency: {
        __typename: 'Emergency'
        id: string
        flaggedAt: string
        acknowledgedAt: string | null
        escalatedAt: string | null
      } | null
    }
  } | null
}

export type AcknowledgeEmergencyMutationVariables = Exact<{
  input: EmergencyInput
}>

export type AcknowledgeEmergencyMutation = {
  acknowledgeEmergency: {
    __typename: 'MessagePayload'
    message: {
      __typename: 'Message'
      id: string
      conversationId: string
      seq: number
      cursor: string
      kind: MessageKind
      body: string | null
      clientMessageId: string | null
      createdAt: string
      editedAt: string | null
      deletedAt: string | null
      senderRole: Role | null
      deliveryStatus: DeliveryStatus
      sender: { __typename: 'User'; id: string; displayName: string } | null
      replyTo: {
        __typename: 'Message'
        id: string
        body: string | null
        deletedAt: string | null
        sender: { __typename: 'User'; id: string; displayName: string } | null
      } | null
      reactions: Array<{ __typename: 'ReactionGroup'; emoji: string; count: number; viewerReacted: boolean }>
      attachments: Array<{
        __typename: 'Attachment'
        id: string
        fileName: string
        mediaType: string
        sizeBytes: number
        width: number | null
        height: number | null
        durationSeconds: number | null
        url: string | null
        thumbnailUrl: string | null
        urlExpiresAt: string | null
      }>
      emergency: {
        __typename: 'Emergency'
        id: string
        flaggedAt: string
        acknowledgedAt: string | null
        escalatedAt: string | null
      } | null
    }
  } | null
}

export type RenewTokenMutationVariables = Exact<{
  input: RenewTokenInput
}>

export type RenewTokenMutation = {
  renewToken: {
    __typename: 'RenewTokenPayload'
    connection: { __typename: 'ConnectionInfo'; transport: Transport; expiresAt: string | null }
  } | null
}

export type SetTypingMutationVariables = Exact<{
  input: SetTypingInput
}>

export type SetTypingMutation = {
  setTyping: { __typename: 'SetTypingPayload'; typing: { __typename: 'Typing'; expiresAt: string | null } } | null
}

export type CreateSessionMutationVariables = Exact<{
  input: CreateSessionInput
}>

export type CreateSessionMutation = {
  createSession: {
    __typename: 'SessionPayload'
    session: {
      __typename: 'Session'
      id: string
      type: SessionType
      status: SessionStatus
      startedAt: string
      endedAt: string | null
      endReason: string | null
      durationSeconds: number
      conversation: { __typename: 'Conversation'; id: string }
      patient: { __typename: 'User'; id: string; displayName: string } | null
      professional: { __typename: 'User'; id: string; displayName: string }
      participants: Array<{
        __typename: 'SessionParticipant'
        role: Role
        leftAt: string | null
        user: { __typename: 'User'; id: string; displayName: string }
      }>
      rate: { __typename: 'Money'; amountMinor: number; currency: string } | null
      cost: { __typename: 'Money'; amountMinor: number; currency: string } | null
      viewerCost: { __typename: 'Money'; amountMinor: number; currency: string } | null
      viewerRefunded: { __typename: 'Money'; amountMinor: number; currency: string } | null
      refunded: { __typename: 'Money'; amountMinor: number; currency: string } | null
    }
  } | null
}

export type JoinSessionMutationVariables = Exact<{
  input: SessionPresenceInput
}>

export type JoinSessionMutation = {
  joinSession: {
    __typename: 'SessionPayload'
    session: {
      __typename: 'Session'
      id: string
      type: SessionType
      status: SessionStatus
      startedAt: string
      endedAt: string | null
      endReason: string | null
      durationSeconds: number
      conversation: { __typename: 'Conversation'; id: string }
      patient: { __typename: 'User'; id: string; displayName: string } | null
      professional: { __typename: 'User'; id: string; displayName: string }
      participants: Array<{
        __typename: 'SessionParticipant'
        role: Role
        leftAt: string | null
        user: { __typename: 'User'; id: string; displayName: string }
      }>
      rate: { __typename: 'Money'; amountMinor: number; currency: string } | null
      cost: { __typename: 'Money'; amountMinor: number; currency: string } | null
      viewerCost: { __typename: 'Money'; amountMinor: number; currency: string } | null
      viewerRefunded: { __typename: 'Money'; amountMinor: number; currency: string } | null
      refunded: { __typename: 'Money'; amountMinor: number; currency: string } | null
    }
  } | null
}

export type LeaveSessionMutationVariables = Exact<{
  input: SessionPresenceInput
}>

export type LeaveSessionMutation = {
  leaveSession: {
    __typename: 'SessionPayload'
    session: {
      __typename: 'Session'
      id: string
      type: SessionType
      status: SessionStatus
      startedAt: string
      endedAt: string | null
      endReason: string | null
      durationSeconds: number
      conversation: { __typename: 'Conversation'; id: string }
      patient: { __typename: 'User'; id: string; displayName: string } | null
      professional: { __typename: 'User'; id: string; displayName: string }
      participants: Array<{
        __typename: 'SessionParticipant'
        role: Role
        leftAt: string | null
        user: { __typename: 'User'; id: string; displayName: string }
      }>
      rate: { __typename: 'Money'; amountMinor: number; currency: string } | null
      cost: { __typename: 'Money'; amountMinor: number; currency: string } | null
      viewerCost: { __typename: 'Money'; amountMinor: number; currency: string } | null
      viewerRefunded: { __typename: 'Money'; amountMinor: number; currency: string } | null
      refunded: { __typename: 'Money'; amountMinor: number; currency: string } | null
    }
  } | null
}

export type EndSessionMutationVariables = Exact<{
  input: EndSessionInput
}>

export type EndSessionMutation = {
  endSession: {
    __typename: 'SessionPayload'
    session: {
      __typename: 'Session'
      id: string
      type: SessionType
      status: SessionStatus
      startedAt: string
      endedAt: string | null
      endReason: string | null
      durationSeconds: number
      conversation: { __typename: 'Conversation'; id: string }
      patient: { __typename: 'User'; id: string; displayName: string } | null
      professional: { __typename: 'User'; id: string; displayName: string }
      participants: Array<{
        __typename: 'SessionParticipant'
        role: Role
        leftAt: string | null
        user: { __typename: 'User'; id: string; displayName: string }
      }>
      rate: { __typename: 'Money'; amountMinor: number; currency: string } | null
      cost: { __typename: 'Money'; amountMinor: number; currency: string } | null
      viewerCost: { __typename: 'Money'; amountMinor: number; currency: string } | null
      viewerRefunded: { __typename: 'Money'; amountMinor: number; currency: string } | null
      refunded: { __typename: 'Money'; amountMinor: number; currency: string } | null
    }
  } | null
}

export type SetAcceptingMutationVariables = Exact<{
  input: SetAcceptingInput
}>

export type SetAcceptingMutation = {
  setAccepting: {
    __typename: 'UserPayload'
    user: {
      __typename: 'User'
      id: string
      professional: { __typename: 'ProfessionalProfile'; id: string; acceptingSessions: boolean } | null
    }
  } | null
}

export type RefundSessionMutationVariables = Exact<{
  input: RefundInput
}>

export type RefundSessionMutation = {
  refundSession: {
    __typename: 'SessionPayload'
    session: {
      __typename: 'Session'
      id: string
      cost: { __typename: 'Money'; amountMinor: number; currency: string } | null
      refunded: { __typename: 'Money'; amountMinor: number; currency: string } | null
    }
  } | null
}

export type MessageAddedSubscriptionVariables = Exact<{
  conversationId: string
  after?: string | null | undefined
}>

export type MessageAddedSubscription = {
  messageAdded: {
    __typename: 'Message'
    id: string
    conversationId: string
    seq: number
    cursor: string
    kind: MessageKind
    body: string | null
    clientMessageId: string | null
    createdAt: string
    editedAt: string | null
    deletedAt: string | null
    senderRole: Role | null
    deliveryStatus: DeliveryStatus
    sender: { __typename: 'User'; id: string; displayName: string } | null
    replyTo: {
      __typename: 'Message'
      id: string
      body: string | null
      deletedAt: string | null
      sender: { __typename: 'User'; id: string; displayName: string } | null
    } | null
    reactions: Array<{ __typename: 'ReactionGroup'; emoji: string; count: number; viewerReacted: boolean }>
    attachments: Array<{
      __typename: 'Attachment'
      id: string
      fileName: string
      mediaType: string
      sizeBytes: number
      width: number | null
      height: number | null
      durationSeconds: number | null
      url: string | null
      thumbnailUrl: string | null
      urlExpiresAt: string | null
    }>
    emergency: {
      __typename: 'Emergency'
      id: string
      flaggedAt: string
      acknowledgedAt: string | null
      escalatedAt: string | null
    } | null
  }
}

export type ConversationEventsSubscriptionVariables = Exact<{
  conversationId: string
  after?: string | null | undefined
}>

export type ConversationEventsSubscription = {
  conversationEvents:
    | {
        __typename: 'MessageChanged'
        change: MessageChange
        cursor: string
        message: {
          __typename: 'Message'
          id: string
          conversationId: string
          seq: number
          cursor: string
          kind: MessageKind
          body: string | null
          clientMessageId: string | null
          createdAt: string
          editedAt: string | null
          deletedAt: string | null
          senderRole: Role | null
          deliveryStatus: DeliveryStatus
          sender: { __typename: 'User'; id: string; displayName: string } | null
          replyTo: {
            __typename: 'Message'
            id: string
            body: string | null
            deletedAt: string | null
            sender: { __typename: 'User'; id: string; displayName: string } | null
          } | null
          reactions: Array<{ __typename: 'ReactionGroup'; emoji: string; count: number; viewerReacted: boolean }>
          attachments: Array<{
            __typename: 'Attachment'
            id: string
            fileName: string
            mediaType: string
            sizeBytes: number
            width: number | null
            height: number | null
            durationSeconds: number | null
            url: string | null
            thumbnailUrl: string | null
            urlExpiresAt: string | null
          }>
          emergency: {
            __typename: 'Emergency'
            id: string
            flaggedAt: string
            acknowledgedAt: string | null
            escalatedAt: string | null
          } | null
        }
      }
    | {
        __typename: 'ParticipantChanged'
        cursor: string
        participant: { __typename: 'Participant'; id: string; deliveredThrough: number; readThrough: number }
      }
    | {
        __typename: 'ConversationChanged'
        cursor: string
        conversation: {
          __typename: 'Conversation'
          id: string
          kind: ConversationKind
          status: ConversationStatus
          title: string | null
          unreadCount: number
          lastActivityAt: string
          counterpart: { __typename: 'User'; id: string; displayName: string } | null
          lastMessage: {
            __typename: 'Message'
            id: string
            conversationId: string
            seq: number
            cursor: string
            kind: MessageKind
            body: string | null
            clientMessageId: string | null
            createdAt: string
            editedAt: string | null
            deletedAt: string | null
            senderRole: Role | null
            deliveryStatus: DeliveryStatus
            sender: { __typename: 'User'; id: string; displayName: string } | null
            replyTo: {
              __typename: 'Message'
              id: string
              body: string | null
              deletedAt: string | null
              sender: { __typename: 'User'; id: string; displayName: string } | null
            } | null
            reactions: Array<{ __typename: 'ReactionGroup'; emoji: string; count: number; viewerReacted: boolean }>
            attachments: Array<{
              __typename: 'Attachment'
              id: string
              fileName: string
              mediaType: string
              sizeBytes: number
              width: number | null
              height: number | null
              durationSeconds: number | null
              url: string | null
              thumbnailUrl: string | null
              urlExpiresAt: string | null
            }>
            emergency: {
              __typename: 'Emergency'
              id: string
              flaggedAt: string
              acknowledgedAt: string | null
              escalatedAt: string | null
            } | null
          } | null
        }
      }
    | { __typename: 'CaughtUp'; cursor: string }
    | { __typename: 'ResyncRequired'; cursor: string }
}

export type EmergenciesUpdatedSubscriptionVariables = Exact<{ [key: string]: never }>

export type EmergenciesUpdatedSubscription = {
  messageUpdated: {
    __typename: 'Message'
    id: string
    deletedAt: string | null
    emergency: { __typename: 'Emergency'; id: string; acknowledgedAt: string | null } | null
  }
}

export type RoomEventsSubscriptionVariables = Exact<{
  conversationId: string
  after?: string | null | undefined
}>

export type RoomEventsSubscription = {
  conversationEvents:
    | { __typename: 'MessageChanged'; cursor: string }
    | {
        __typename: 'ParticipantChanged'
        cursor: string
        participant: {
          __typename: 'Participant'
          id: string
          role: Role
          joinedAt: string
          leftAt: string | null
          deliveredThrough: number
          readThrough: number
          canSend: boolean
          user: { __typename: 'User'; id: string; displayName: string }
        }
      }
    | {
        __typename: 'ConversationChanged'
        cursor: string
        conversation: {
          __typename: 'Conversation'
          roomType: RoomType
          description: string | null
          tags: Array<string>
          id: string
          kind: ConversationKind
          status: ConversationStatus
          title: string | null
          unreadCount: number
          lastActivityAt: string
          viewer: {
            __typename: 'Participant'
            notificationsEnabled: boolean | null
            mutedUntil: string | null
            id: string
            role: Role
            joinedAt: string
            leftAt: string | null
            deliveredThrough: number
            readThrough: number
            canSend: boolean
            user: { __typename: 'User'; id: string; displayName: string }
          } | null
          counterpart: { __typename: 'User'; id: string; displayName: string } | null
          lastMessage: {
            __typename: 'Message'
            id: string
            conversationId: string
            seq: number
            cursor: string
            kind: MessageKind
            body: string | null
            clientMessageId: string | null
            createdAt: string
            editedAt: string | null
            deletedAt: string | null
            senderRole: Role | null
            deliveryStatus: DeliveryStatus
            sender: { __typename: 'User'; id: string; displayName: string } | null
            replyTo: {
              __typename: 'Message'
              id: string
              body: string | null
              deletedAt: string | null
              sender: { __typename: 'User'; id: string; displayName: string } | null
            } | null
            reactions: Array<{ __typename: 'ReactionGroup'; emoji: string; count: number; viewerReacted: boolean }>
            attachments: Array<{
              __typename: 'Attachment'
              id: string
              fileName: string
              mediaType: string
              sizeBytes: number
              width: number | null
              height: number | null
              durationSeconds: number | null
              url: string | null
              thumbnailUrl: string | null
              urlExpiresAt: string | null
            }>
            emergency: {
              __typename: 'Emergency'
              id: string
              flaggedAt: string
              acknowledgedAt: string | null
              escalatedAt: string | null
            } | null
          } | null
        }
      }
    | { __typename: 'CaughtUp'; cursor: string }
    | { __typename: 'ResyncRequired'; cursor: string }
}

export type InboxEventsSubscriptionVariables = Exact<{ [key: string]: never }>

export type InboxEventsSubscription = {
  inboxEvents:
    | { __typename: 'InboxLive' }
    | {
        __typename: 'ConversationChanged'
        conversation: {
          __typename: 'Conversation'
          id: string
          kind: ConversationKind
          status: ConversationStatus
          title: string | null
          unreadCount: number
          lastActivityAt: string
          counterpart: { __typename: 'User'; id: string; displayName: string } | null
          lastMessage: {
            __typename: 'Message'
            id: string
            conversationId: string
            seq: number
            cursor: string
            kind: MessageKind
            body: string | null
            clientMessageId: string | null
            createdAt: string
            editedAt: string | null
            deletedAt: string | null
            senderRole: Role | null
            deliveryStatus: DeliveryStatus
            sender: { __typename: 'User'; id: string; displayName: string } | null
            replyTo: {
              __typename: 'Message'
              id: string
              body: string | null
              deletedAt: string | null
              sender: { __typename: 'User'; id: string; displayName: string } | null
            } | null
            reactions: Array<{ __typename: 'ReactionGroup'; emoji: string; count: number; viewerReacted: boolean }>
            attachments: Array<{
              __typename: 'Attachment'
              id: string
              fileName: string
              mediaType: string
              sizeBytes: number
              width: number | null
              height: number | null
              durationSeconds: number | null
              url: string | null
              thumbnailUrl: string | null
              urlExpiresAt: string | null
            }>
            emergency: {
              __typename: 'Emergency'
              id: string
              flaggedAt: string
              acknowledgedAt: string | null
              escalatedAt: string | null
            } | null
          } | null
        }
      }
    | { __typename: 'ConversationRemoved'; conversationId: string }
}

export type NotificationAddedSubscriptionVariables = Exact<{ [key: string]: never }>

export type NotificationAddedSubscription = {
  notificationAdded: {
    __typename: 'Notification'
    id: string
    kind: NotificationKind
    urgent: boolean
    title: string
    createdAt: string
    readAt: string | null
    actor: { __typename: 'User'; id: string; displayName: string } | null
    conversation: { __typename: 'Conversation'; id: string; title: string | null } | null
    message: { __typename: 'Message'; id: string; cursor: string } | null
  }
}

export type UnreadNotificationsSubscriptionVariables = Exact<{ [key: string]: never }>

export type UnreadNotificationsSubscription = {
  unreadCountsChanged: { __typename: 'UnreadCounts'; id: string; notifications: number }
}

export type UnreadCountsChangedSubscriptionVariables = Exact<{ [key: string]: never }>

export type UnreadCountsChangedSubscription = {
  unreadCountsChanged: {
    __typename: 'UnreadCounts'
    id: string
    total: number
    notifications: number
    conversations: Array<{ __typename: 'Conversation'; id: string; unreadCount: number }>
  }
}

export type TypingSubscriptionVariables = Exact<{
  conversationId: string
}>

export type TypingSubscription = {
  typing: { __typename: 'Typing'; isTyping: boolean; user: { __typename: 'User'; id: string; displayName: string } }
}

export type WalletChangedSubscriptionVariables = Exact<{ [key: string]: never }>

export type WalletChangedSubscription = {
  walletChanged: {
    __typename: 'Wallet'
    id: string
    balances: Array<{ __typename: 'Money'; amountMinor: number; currency: string }>
  }
}

export type PresenceSubscriptionVariables = Exact<{
  userIds?: Array<string> | string | null | undefined
}>

export type PresenceSubscription = {
  presence: {
    __typename: 'Presence'
    id: string
    online: boolean
    status: PresenceStatus
    lastSeenAt: string | null
    acceptingSessions: boolean | null
  }
}

export type SessionUpdatedSubscriptionVariables = Exact<{ [key: string]: never }>

export type SessionUpdatedSubscription = {
  sessionUpdated: {
    __typename: 'Session'
    id: string
    type: SessionType
    status: SessionStatus
    startedAt: string
    endedAt: string | null
    endReason: string | null
    durationSeconds: number
    conversation: { __typename: 'Conversation'; id: string }
    patient: { __typename: 'User'; id: string; displayName: string } | null
    professional: { __typename: 'User'; id: string; displayName: string }
    participants: Array<{
      __typename: 'SessionParticipant'
      role: Role
      leftAt: string | null
      user: { __typename: 'User'; id: string; displayName: string }
    }>
    rate: { __typename: 'Money'; amountMinor: number; currency: string } | null
    cost: { __typename: 'Money'; amountMinor: number; currency: string } | null
    viewerCost: { __typename: 'Money'; amountMinor: number; currency: string } | null
    viewerRefunded: { __typename: 'Money'; amountMinor: number; currency: string } | null
    refunded: { __typename: 'Money'; amountMinor: number; currency: string } | null
  }
}

export type GrantPartsFragment = {
  __typename: 'AccessGrant'
  id: string
  reason: string
  grantedAt: string
  expiresAt: string
  endedAt: string | null
  admin: { __typename: 'User'; id: string; displayName: string }
  subject: { __typename: 'User'; id: string; displayName: string }
}

export type RequestAccessMutationVariables = Exact<{
  input: RequestAccessInput
}>

export type RequestAccessMutation = {
  requestAccess: {
    __typename: 'AccessGrantPayload'
    accessGrant: {
      __typename: 'AccessGrant'
      id: string
      reason: string
      grantedAt: string
      expiresAt: string
      endedAt: string | null
      admin: { __typename: 'User'; id: string; displayName: string }
      subject: { __typename: 'User'; id: string; displayName: string }
    }
  } | null
}

export type EndAccessMutationVariables = Exact<{
  input: EndAccessInput
}>

export type EndAccessMutation = {
  endAccess: {
    __typename: 'AccessGrantPayload'
    accessGrant: {
      __typename: 'AccessGrant'
      id: string
      reason: string
      grantedAt: string
      expiresAt: string
      endedAt: string | null
      admin: { __typename: 'User'; id: string; displayName: string }
      subject: { __typename: 'User'; id: string; displayName: string }
    }
  } | null
}

export type UserHistoryQueryVariables = Exact<{
  userId: string
  first?: number | null | undefined
  after?: string | null | undefined
}>

export type UserHistoryQuery = {
  userHistory: {
    __typename: 'MessageConnection'
    edges: Array<{
      __typename: 'MessageEdge'
      node: {
        __typename: 'Message'
        id: string
        conversationId: string
        seq: number
        cursor: string
        kind: MessageKind
        body: string | null
        clientMessageId: string | null
        createdAt: string
        editedAt: string | null
        deletedAt: string | null
        senderRole: Role | null
        deliveryStatus: DeliveryStatus
        sender: { __typename: 'User'; id: string; displayName: string } | null
        replyTo: {
          __typename: 'Message'
          id: string
          body: string | null
          deletedAt: string | null
          sender: { __typename: 'User'; id: string; displayName: string } | null
        } | null
        reactions: Array<{ __typename: 'ReactionGroup'; emoji: string; count: number; viewerReacted: boolean }>
        attachments: Array<{
          __typename: 'Attachment'
          id: string
          fileName: string
          mediaType: string
          sizeBytes: number
          width: number | null
          height: number | null
          durationSeconds: number | null
          url: string | null
          thumbnailUrl: string | null
          urlExpiresAt: string | null
        }>
        emergency: {
          __typename: 'Emergency'
          id: string
          flaggedAt: string
          acknowledgedAt: string | null
          escalatedAt: string | null
        } | null
      }
    }>
    pageInfo: { __typename: 'PageInfo'; hasNextPage: boolean; endCursor: string | null }
  } | null
}

export type AccessReportQueryVariables = Exact<{
  first?: number | null | undefined
  after?: string | null | undefined
}>

export type AccessReportQuery = {
  accessReport: {
    __typename: 'AccessGrantConnection'
    edges: Array<{
      __typename: 'AccessGrantEdge'
      node: {
        __typename: 'AccessGrant'
        id: string
        reason: string
        grantedAt: string
        expiresAt: string
        endedAt: string | null
        admin: { __typename: 'User'; id: string; displayName: string }
        subject: { __typename: 'User'; id: string; displayName: string }
      }
    }>
    pageInfo: { __typename: 'PageInfo'; hasNextPage: boolean; endCursor: string | null }
  }
}

export type AccessGrantsQueryVariables = Exact<{
  subjectId?: string | null | undefined
  adminId?: string | null | undefined
  active?: boolean | null | undefined
  first?: number | null | undefined
  after?: string | null | undefined
}>

export type AccessGrantsQuery = {
  accessGrants: {
    __typename: 'AccessGrantConnection'
    edges: Array<{
      __typename: 'AccessGrantEdge'
      node: {
        __typename: 'AccessGrant'
        id: string
        reason: string
        grantedAt: string
        expiresAt: string
        endedAt: string | null
        admin: { __typename: 'User'; id: string; displayName: string }
        subject: { __typename: 'User'; id: string; displayName: string }
      }
    }>
    pageInfo: { __typename: 'PageInfo'; hasNextPage: boolean; endCursor: string | null }
  }
}

export type AuditLogQueryVariables = Exact<{
  filter?: AuditFilter | null | undefined
  first?: number | null | undefined
  after?: string | null | undefined
}>

export type AuditLogQuery = {
  auditLog: {
    __typename: 'AuditEventConnection'
    edges: Array<{
      __typename: 'AuditEventEdge'
      node: {
        __typename: 'AuditEvent'
        sequence: number
        at: string
        action: string
        outcome: AuditOutcome
        conversationId: string | null
        actor: { __typename: 'User'; id: string; displayName: string } | null
        subjectUser: { __typename: 'User'; id: string; displayName: string } | null
        accessGrant: { __typename: 'AccessGrant'; id: string } | null
      }
    }>
    pageInfo: { __typename: 'PageInfo'; hasNextPage: boolean; endCursor: string | null }
  }
}

export type VerifyAuditLogQueryVariables = Exact<{ [key: string]: never }>

export type VerifyAuditLogQuery = {
  verifyAuditLog: {
    __typename: 'AuditVerification'
    intact: boolean
    firstBrokenSequence: number | null
    overdue: number
  }
}

export type CallQueryVariables = Exact<{
  sessionId: string
}>

export type CallQuery = {
  session: {
    __typename: 'Session'
    id: string
    call: {
      __typename: 'Call'
      id: string
      expiresAt: string
      iceServers: Array<{
        __typename: 'IceServer'
        urls: Array<string>
        username: string | null
        credential: string | null
      }>
    } | null
  } | null
}

export type SendSignalMutationVariables = Exact<{
  input: SignalInput
}>

export type SendSignalMutation = { sendSignal: { __typename: 'SendSignalPayload'; recipients: number } | null }

export type CallSignalSubscriptionVariables = Exact<{
  sessionId: string
}>

export type CallSignalSubscription = {
  callSignal: {
    __typename: 'CallSignal'
    sessionId: string
    kind: SignalKind
    payload: string | null
    from: { __typename: 'User'; id: string; displayName: string }
  }
}

export type CreateUploadMutationVariables = Exact<{
  input: CreateUploadInput
}>

export type CreateUploadMutation = {
  createUpload: {
    __typename: 'CreateUploadPayload'
    uploadUrl: string
    expiresAt: string
    attachment: { __typename: 'Attachment'; id: string }
  } | null
}

export type AttachmentUpdatedSubscriptionVariables = Exact<{
  id: string
}>

export type AttachmentUpdatedSubscription = {
  attachmentUpdated: {
    __typename: 'Attachment'
    id: string
    status: AttachmentStatus
    rejection: AttachmentRejection | null
  }
}

export type AttachmentQueryVariables = Exact<{
  id: string
}>

export type AttachmentQuery = {
  attachment: {
    __typename: 'Attachment'
    id: string
    fileName: string
    mediaType: string
    sizeBytes: number
    width: number | null
    height: number | null
    durationSeconds: number | null
    url: string | null
    thumbnailUrl: string | null
    urlExpiresAt: string | null
  } | null
}

export type SetLegalHoldMutationVariables = Exact<{
  input: LegalHoldInput
}>

export type SetLegalHoldMutation = {
  setLegalHold: {
    __typename: 'ConversationPayload'
    conversation: {
      __typename: 'Conversation'
      id: string
      legalHold: {
        __typename: 'LegalHold'
        reason: string
        at: string
        setBy: { __typename: 'User'; id: string; displayName: string }
      } | null
    }
  } | null
}

export const AttachmentPartsFragmentDoc = gql`
  fragment AttachmentParts on Attachment {
    id
    fileName
    mediaType
    sizeBytes
    width
    height
    durationSeconds
    url
    thumbnailUrl
    urlExpiresAt
  }
` as unknown as DocumentNode<AttachmentPartsFragment, unknown>
export const MessagePartsFragmentDoc = gql`
  fragment MessageParts on Message {
    id
    conversationId
    seq
    cursor
    kind
    body
    clientMessageId
    createdAt
    editedAt
    deletedAt
    sender {
      id
      displayName
    }
    senderRole
    replyTo {
      id
      body
      deletedAt
      sender {
        id
        displayName
      }
    }
    reactions {
      emoji
      count
      viewerReacted
    }
    attachments {
      ...AttachmentParts
    }
    deliveryStatus
    emergency {
      id
      flaggedAt
      acknowledgedAt
      escalatedAt
    }
  }
` as unknown as DocumentNode<MessagePartsFragment, unknown>
export const ConversationPartsFragmentDoc = gql`
  fragment ConversationParts on Conversation {
    id
    kind
    status
    title
    unreadCount
    lastActivityAt
    counterpart {
      id
      displayName
    }
    lastMessage {
      ...MessageParts
    }
  }
` as unknown as DocumentNode<ConversationPartsFragment, unknown>
export const ParticipantPartsFragmentDoc = gql`
  fragment ParticipantParts on Participant {
    id
    role
    joinedAt
    leftAt
    deliveredThrough
    readThrough
    canSend
    user {
      id
      displayName
    }
  }
` as unknown as DocumentNode<ParticipantPartsFragment, unknown>
export const RoomPartsFragmentDoc = gql`
  fragment RoomParts on Conversation {
    ...ConversationParts
    roomType
    description
    tags
    viewer {
      ...ParticipantParts
      notificationsEnabled
      mutedUntil
    }
  }
` as unknown as DocumentNode<RoomPartsFragment, unknown>
export const NotificationPartsFragmentDoc = gql`
  fragment NotificationParts on Notification {
    id
    kind
    urgent
    title
    createdAt
    readAt
    actor {
      id
      displayName
    }
    conversation {
      id
      title
    }
    message {
      id
      cursor
    }
  }
` as unknown as DocumentNode<NotificationPartsFragment, unknown>
export const MoneyPartsFragmentDoc = gql`
  fragment MoneyParts on Money {
    amountMinor
    currency
  }
` as unknown as DocumentNode<MoneyPartsFragment, unknown>
export const SessionPartsFragmentDoc = gql`
  fragment SessionParts on Session {
    id
    type
    status
    startedAt
    endedAt
    endReason
    durationSeconds
    conversation {
      id
    }
    patient {
      id
      displayName
    }
    professional {
      id
      displayName
    }
    participants {
      role
      leftAt
      user {
        id
        displayName
      }
    }
    rate {
      ...MoneyParts
    }
    cost {
      ...MoneyParts
    }
    viewerCost {
      ...MoneyParts
    }
    viewerRefunded {
      ...MoneyParts
    }
    refunded {
      ...MoneyParts
    }
  }
` as unknown as DocumentNode<SessionPartsFragment, unknown>
export const GrantPartsFragmentDoc = gql`
  fragment GrantParts on AccessGrant {
    id
    admin {
      id
      displayName
    }
    subject {
      id
      displayName
    }
    reason
    grantedAt
    expiresAt
    endedAt
  }
` as unknown as DocumentNode<GrantPartsFragment, unknown>
export const ProfessionalsDocument = gql`
  query Professionals {
    contacts(role: PROFESSIONAL, first: 100) {
      edges {
        node {
          id
          displayName
          professional {
            id
            specialty
            acceptingSessions
            sessionTypes
            rates {
              type
              perMinute {
                ...MoneyParts
              }
            }
          }
        }
      }
    }
  }
  ${MoneyPartsFragmentDoc}
` as unknown as DocumentNode<ProfessionalsQuery, ProfessionalsQueryVariables>
export const WalletDocument = gql`
  query Wallet($userId: ID, $currency: String, $after: String) {
    wallet(userId: $userId) {
      id
      balances {
        ...MoneyParts
      }
      transactions(currency: $currency, first: 50, after: $after) {
        edges {
          node {
            id
            kind
            amount {
              ...MoneyParts
            }
            balanceAfter {
              ...MoneyParts
            }
            description
            createdAt
            sessionId
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
  ${MoneyPartsFragmentDoc}
` as unknown as DocumentNode<WalletQuery, WalletQueryVariables>
export const SessionDocument = gql`
  query Session($sessionId: ID!) {
    session(id: $sessionId) {
      ...SessionParts
    }
  }
  ${SessionPartsFragmentDoc}
  ${MoneyPartsFragmentDoc}
` as unknown as DocumentNode<SessionQuery, SessionQueryVariables>
export const SessionsDocument = gql`
  query Sessions($filter: SessionFilter, $first: Int, $after: String) {
    sessions(filter: $filter, first: $first, after: $after) {
      edges {
        cursor
        node {
          ...SessionParts
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
  ${SessionPartsFragmentDoc}
  ${MoneyPartsFragmentDoc}
` as unknown as DocumentNode<SessionsQuery, SessionsQueryVariables>
export const InboxDocument = gql`
  query Inbox($filter: ConversationFilter, $first: Int, $after: String) {
    conversations(filter: $filter, first: $first, after: $after) {
      edges {
        cursor
        node {
          ...ConversationParts
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
  ${ConversationPartsFragmentDoc}
  ${MessagePartsFragmentDoc}
  ${AttachmentPartsFragmentDoc}
` as unknown as DocumentNode<InboxQuery, InboxQueryVariables>
export const HistoryDocument = gql`
  query History($conversationId: ID!, $last: Int, $before: String, $firstPage: Boolean = false) {
    history(conversationId: $conversationId, last: $last, before: $before) {
      edges {
        cursor
        node {
          ...MessageParts
        }
      }
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
      eventCursor @include(if: $firstPage)
    }
  }
  ${MessagePartsFragmentDoc}
  ${AttachmentPartsFragmentDoc}
` as unknown as DocumentNode<HistoryQuery, HistoryQueryVariables>
export const UnreadCountsDocument = gql`
  query UnreadCounts {
    unreadCounts {
      id
      total
      notifications
      conversations {
        id
        unreadCount
      }
    }
  }
` as unknown as DocumentNode<UnreadCountsQuery, UnreadCountsQueryVariables>
export const RoomDocument = gql`
  query Room($conversationId: ID!) {
    conversation(id: $conversationId) {
      ...RoomParts
      participants {
        ...ParticipantParts
      }
    }
  }
  ${RoomPartsFragmentDoc}
  ${ConversationPartsFragmentDoc}
  ${MessagePartsFragmentDoc}
  ${AttachmentPartsFragmentDoc}
  ${ParticipantPartsFragmentDoc}
` as unknown as DocumentNode<RoomQuery, RoomQueryVariables>
export const ReceiptsDocument = gql`
  query Receipts($messageId: ID!) {
    message(id: $messageId) {
      id
      receipts {
        status
        deliveredAt
        readAt
        user {
          id
          displayName
        }
      }
    }
  }
` as unknown as DocumentNode<ReceiptsQuery, ReceiptsQueryVariables>
export const ThreadDocument = gql`
  query Thread($messageId: ID!, $first: Int, $after: String) {
    message(id: $messageId) {
      id
      replies(first: $first, after: $after) {
        edges {
          cursor
          node {
            ...MessageParts
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
  ${MessagePartsFragmentDoc}
  ${AttachmentPartsFragmentDoc}
` as unknown as DocumentNode<ThreadQuery, ThreadQueryVariables>
export const RevisionsDocument = gql`
  query Revisions($messageId: ID!) {
    message(id: $messageId) {
      id
      revisions {
        revision
        body
        createdAt
      }
    }
  }
` as unknown as DocumentNode<RevisionsQuery, RevisionsQueryVariables>
export const NotificationsDocument = gql`
  query Notifications($unreadOnly: Boolean, $first: Int, $after: String) {
    notifications(unreadOnly: $unreadOnly, first: $first, after: $after) {
      edges {
        cursor
        node {
          ...NotificationParts
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
  ${NotificationPartsFragmentDoc}
` as unknown as DocumentNode<NotificationsQuery, NotificationsQueryVariables>
export const OpenEmergenciesDocument = gql`
  query OpenEmergencies($first: Int, $after: String) {
    openEmergencies(first: $first, after: $after) {
      edges {
        cursor
        node {
          ...MessageParts
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
  ${MessagePartsFragmentDoc}
  ${AttachmentPartsFragmentDoc}
` as unknown as DocumentNode<OpenEmergenciesQuery, OpenEmergenciesQueryVariables>
export const SearchMessagesDocument = gql`
  query SearchMessages($query: String!, $conversationId: ID, $first: Int, $after: String) {
    searchMessages(query: $query, conversationId: $conversationId, first: $first, after: $after) {
      edges {
        cursor
        node {
          excerpt {
            text
            match
          }
          message {
            ...MessageParts
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
  ${MessagePartsFragmentDoc}
  ${AttachmentPartsFragmentDoc}
` as unknown as DocumentNode<SearchMessagesQuery, SearchMessagesQueryVariables>
export const AroundDocument = gql`
  query Around($conversationId: ID!, $cursor: String!, $count: Int!) {
    before: history(conversationId: $conversationId, last: $count, before: $cursor) {
      edges {
        node {
          ...MessageParts
        }
      }
    }
    after: history(conversationId: $conversationId, first: $count, after: $cursor) {
      edges {
        node {
          ...MessageParts
        }
      }
    }
  }
  ${MessagePartsFragmentDoc}
  ${AttachmentPartsFragmentDoc}
` as unknown as DocumentNode<AroundQuery, AroundQueryVariables>
export const ChatUsersDocument = gql`
  query ChatUsers($search: String, $first: Int, $after: String) {
    chatUsers(search: $search, first: $first, after: $after) {
      edges {
        cursor
        node {
          id
          unreadCount
          lastMessageAt
          user {
            id
            displayName
          }
          conversation {
            id
          }
          lastMessage {
            id
            body
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
` as unknown as DocumentNode<ChatUsersQuery, ChatUsersQueryVariables>
export const StartConversationDocument = gql`
  mutation StartConversation($input: StartConversationInput!) {
    startConversation(input: $input) {
      conversation {
        ...ConversationParts
      }
      created
    }
  }
  ${ConversationPartsFragmentDoc}
  ${MessagePartsFragmentDoc}
  ${AttachmentPartsFragmentDoc}
` as unknown as DocumentNode<StartConversationMutation, StartConversationMutationVariables>
export const SendMessageDocument = gql`
  mutation SendMessage($input: SendMessageInput!) {
    sendMessage(input: $input) {
      message {
        ...MessageParts
      }
    }
  }
  ${MessagePartsFragmentDoc}
  ${AttachmentPartsFragmentDoc}
` as unknown as DocumentNode<SendMessageMutation, SendMessageMutationVariables>
export const MarkReadDocument = gql`
  mutation MarkRead($input: MarkInput!) {
    markRead(input: $input) {
      conversation {
        id
        unreadCount
      }
      participant {
        id
        deliveredThrough
        readThrough
      }
    }
  }
` as unknown as DocumentNode<MarkReadMutation, MarkReadMutationVariables>
export const MarkDeliveredDocument = gql`
  mutation MarkDelivered($input: MarkInput!) {
    markDelivered(input: $input) {
      participant {
        id
        deliveredThrough
        readThrough
      }
    }
  }
` as unknown as DocumentNode<MarkDeliveredMutation, MarkDeliveredMutationVariables>
export const EditMessageDocument = gql`
  mutation EditMessage($input: EditMessageInput!) {
    editMessage(input: $input) {
      message {
        ...MessageParts
      }
    }
  }
  ${MessagePartsFragmentDoc}
  ${AttachmentPartsFragmentDoc}
` as unknown as DocumentNode<EditMessageMutation, EditMessageMutationVariables>
export const DeleteMessageDocument = gql`
  mutation DeleteMessage($input: DeleteMessageInput!) {
    deleteMessage(input: $input) {
      message {
        ...MessageParts
      }
    }
  }
  ${MessagePartsFragmentDoc}
  ${AttachmentPartsFragmentDoc}
` as unknown as DocumentNode<DeleteMessageMutation, DeleteMessageMutationVariables>
export const RestoreMessageDocument = gql`
  mutation RestoreMessage($input: RestoreMessageInput!) {
    restoreMessage(input: $input) {
      message {
        ...MessageParts
      }
    }
  }
  ${MessagePartsFragmentDoc}
  ${AttachmentPartsFragmentDoc}
` as unknown as DocumentNode<RestoreMessageMutation, RestoreMessageMutationVariables>
export const ReactDocument = gql`
  mutation React($input: ReactionInput!) {
    react(input: $input) {
      message {
        ...MessageParts
      }
    }
  }
  ${MessagePartsFragmentDoc}
  ${AttachmentPartsFragmentDoc}
` as unknown as DocumentNode<ReactMutation, ReactMutationVariables>
export const UnreactDocument = gql`
  mutation Unreact($input: ReactionInput!) {
    unreact(input: $input) {
      message {
        ...MessageParts
      }
    }
  }
  ${MessagePartsFragmentDoc}
  ${AttachmentPartsFragmentDoc}
` as unknown as DocumentNode<UnreactMutation, UnreactMutationVariables>
export const CreateGroupDocument = gql`
  mutation CreateGroup($input: CreateGroupInput!) {
    createGroup(input: $input) {
      conversation {
        ...RoomParts
      }
    }
  }
  ${RoomPartsFragmentDoc}
  ${ConversationPartsFragmentDoc}
  ${MessagePartsFragmentDoc}
  ${AttachmentPartsFragmentDoc}
  ${ParticipantPartsFragmentDoc}
` as unknown as DocumentNode<CreateGroupMutation, CreateGroupMutationVariables>
export const StartSupportDocument = gql`
  mutation StartSupport($input: StartSupportInput) {
    startSupportConversation(input: $input) {
      conversation {
        ...RoomParts
      }
      created
    }
  }
  ${RoomPartsFragmentDoc}
  ${ConversationPartsFragmentDoc}
  ${MessagePartsFragmentDoc}
  ${AttachmentPartsFragmentDoc}
  ${ParticipantPartsFragmentDoc}
` as unknown as DocumentNode<StartSupportMutation, StartSupportMutationVariables>
export const UpdateConversationDocument = gql`
  mutation UpdateConversation($input: UpdateConversationInput!) {
    updateConversation(input: $input) {
      conversation {
        ...RoomParts
      }
    }
  }
  ${RoomPartsFragmentDoc}
  ${ConversationPartsFragmentDoc}
  ${MessagePartsFragmentDoc}
  ${AttachmentPartsFragmentDoc}
  ${ParticipantPartsFragmentDoc}
` as unknown as DocumentNode<UpdateConversationMutation, UpdateConversationMutationVariables>
export const SetConversationStatusDocument = gql`
  mutation SetConversationStatus($input: SetConversationStatusInput!) {
    setConversationStatus(input: $input) {
      conversation {
        ...RoomParts
      }
    }
  }
  ${RoomPartsFragmentDoc}
  ${ConversationPartsFragmentDoc}
  ${MessagePartsFragmentDoc}
  ${AttachmentPartsFragmentDoc}
  ${ParticipantPartsFragmentDoc}
` as unknown as DocumentNode<SetConversationStatusMutation, SetConversationStatusMutationVariables>
export const AddParticipantsDocument = gql`
  mutation AddParticipants($input: ParticipantsInput!) {
    addParticipants(input: $input) {
      conversation {
        id
        participants {
          ...ParticipantParts
        }
      }
    }
  }
  ${ParticipantPartsFragmentDoc}
` as unknown as DocumentNode<AddParticipantsMutation, AddParticipantsMutationVariables>
export const RemoveParticipantsDocument = gql`
  mutation RemoveParticipants($input: ParticipantsInput!) {
    removeParticipants(input: $input) {
      conversation {
        id
        participants {
          ...ParticipantParts
        }
      }
    }
  }
  ${ParticipantPartsFragmentDoc}
` as unknown as DocumentNode<RemoveParticipantsMutation, RemoveParticipantsMutationVariables>
export const LeaveGroupDocument = gql`
  mutation LeaveGroup($input: ParticipantsInput!) {
    removeParticipants(input: $input) {
      conversation {
        ...RoomParts
      }
    }
  }
  ${RoomPartsFragmentDoc}
  ${ConversationPartsFragmentDoc}
  ${MessagePartsFragmentDoc}
  ${AttachmentPartsFragmentDoc}
  ${ParticipantPartsFragmentDoc}
` as unknown as DocumentNode<LeaveGroupMutation, LeaveGroupMutationVariables>
export const SetRolePermissionsDocument = gql`
  mutation SetRolePermissions($input: RolePermissionsInput!) {
    setRolePermissions(input: $input) {
      conversation {
        id
        permissions {
          role
          canSend
          canViewHistory
        }
      }
    }
  }
` as unknown as DocumentNode<SetRolePermissionsMutation, SetRolePermissionsMutationVariables>
export const SetParticipantPermissionsDocument = gql`
  mutation SetParticipantPermissions($input: ParticipantPermissionsInput!) {
    setParticipantPermissions(input: $input) {
      conversation {
        id
        participants {
          ...ParticipantParts
        }
      }
    }
  }
  ${ParticipantPartsFragmentDoc}
` as unknown as DocumentNode<SetParticipantPermissionsMutation, SetParticipantPermissionsMutationVariables>
export const UpdateNotificationSettingsDocument = gql`
  mutation UpdateNotificationSettings($input: NotificationSettingsInput!) {
    updateNotificationSettings(input: $input) {
      conversation {
        id
        viewer {
          id
          notificationsEnabled
          mutedUntil
        }
      }
    }
  }
` as unknown as DocumentNode<UpdateNotificationSettingsMutation, UpdateNotificationSettingsMutationVariables>
export const MarkNotificationsReadDocument = gql`
  mutation MarkNotificationsRead($input: MarkNotificationsReadInput) {
    markNotificationsRead(input: $input) {
      notifications {
        id
        readAt
      }
      unreadCounts {
        id
        notifications
      }
    }
  }
` as unknown as DocumentNode<MarkNotificationsReadMutation, MarkNotificationsReadMutationVariables>
export const FlagEmergencyDocument = gql`
  mutation FlagEmergency($input: EmergencyInput!) {
    flagEmergency(input: $input) {
      message {
        ...MessageParts
      }
    }
  }
  ${MessagePartsFragmentDoc}
  ${AttachmentPartsFragmentDoc}
` as unknown as DocumentNode<FlagEmergencyMutation, FlagEmergencyMutationVariables>
export const AcknowledgeEmergencyDocument = gql`
  mutation AcknowledgeEmergency($input: EmergencyInput!) {
    acknowledgeEmergency(input: $input) {
      message {
        ...MessageParts
      }
    }
  }
  ${MessagePartsFragmentDoc}
  ${AttachmentPartsFragmentDoc}
` as unknown as DocumentNode<AcknowledgeEmergencyMutation, AcknowledgeEmergencyMutationVariables>
export const RenewTokenDocument = gql`
  mutation RenewToken($input: RenewTokenInput!) {
    renewToken(input: $input) {
      connection {
        transport
        expiresAt
      }
    }
  }
` as unknown as DocumentNode<RenewTokenMutation, RenewTokenMutationVariables>
export const SetTypingDocument = gql`
  mutation SetTyping($input: SetTypingInput!) {
    setTyping(input: $input) {
      typing {
        expiresAt
      }
    }
  }
` as unknown as DocumentNode<SetTypingMutation, SetTypingMutationVariables>
export const CreateSessionDocument = gql`
  mutation CreateSession($input: CreateSessionInput!) {
    createSession(input: $input) {
      session {
        ...SessionParts
      }
    }
  }
  ${SessionPartsFragmentDoc}
  ${MoneyPartsFragmentDoc}
` as unknown as DocumentNode<CreateSessionMutation, CreateSessionMutationVariables>
export const JoinSessionDocument = gql`
  mutation JoinSession($input: SessionPresenceInput!) {
    joinSession(input: $input) {
      session {
        ...SessionParts
      }
    }
  }
  ${SessionPartsFragmentDoc}
  ${MoneyPartsFragmentDoc}
` as unknown as DocumentNode<JoinSessionMutation, JoinSessionMutationVariables>
export const LeaveSessionDocument = gql`
  mutation LeaveSession($input: SessionPresenceInput!) {
    leaveSession(input: $input) {
      session {
        ...SessionParts
      }
    }
  }
  ${SessionPartsFragmentDoc}
  ${MoneyPartsFragmentDoc}
` as unknown as DocumentNode<LeaveSessionMutation, LeaveSessionMutationVariables>
export const EndSessionDocument = gql`
  mutation EndSession($input: EndSessionInput!) {
    endSession(input: $input) {
      session {
        ...SessionParts
      }
    }
  }
  ${SessionPartsFragmentDoc}
  ${MoneyPartsFragmentDoc}
` as unknown as DocumentNode<EndSessionMutation, EndSessionMutationVariables>
export const SetAcceptingDocument = gql`
  mutation SetAccepting($input: SetAcceptingInput!) {
    setAccepting(input: $input) {
      user {
        id
        professional {
          id
          acceptingSessions
        }
      }
    }
  }
` as unknown as DocumentNode<SetAcceptingMutation, SetAcceptingMutationVariables>
export const RefundSessionDocument = gql`
  mutation RefundSession($input: RefundInput!) {
    refundSession(input: $input) {
      session {
        id
        cost {
          ...MoneyParts
        }
        refunded {
          ...MoneyParts
        }
      }
    }
  }
  ${MoneyPartsFragmentDoc}
` as unknown as DocumentNode<RefundSessionMutation, RefundSessionMutationVariables>
export const MessageAddedDocument = gql`
  subscription MessageAdded($conversationId: ID!, $after: String) {
    messageAdded(conversationId: $conversationId, after: $after) {
      ...MessageParts
    }
  }
  ${MessagePartsFragmentDoc}
  ${AttachmentPartsFragmentDoc}
` as unknown as DocumentNode<MessageAddedSubscription, MessageAddedSubscriptionVariables>
export const ConversationEventsDocument = gql`
  subscription ConversationEvents($conversationId: ID!, $after: String) {
    conversationEvents(conversationId: $conversationId, after: $after) {
      __typename
      cursor
      ... on MessageChanged {
        change
        message {
          ...MessageParts
        }
      }
      ... on ParticipantChanged {
        participant {
          id
          deliveredThrough
          readThrough
        }
      }
      ... on ConversationChanged {
        conversation {
          ...ConversationParts
        }
      }
    }
  }
  ${MessagePartsFragmentDoc}
  ${AttachmentPartsFragmentDoc}
  ${ConversationPartsFragmentDoc}
` as unknown as DocumentNode<ConversationEventsSubscription, ConversationEventsSubscriptionVariables>
export const EmergenciesUpdatedDocument = gql`
  subscription EmergenciesUpdated {
    messageUpdated {
      id
      deletedAt
      emergency {
        id
        acknowledgedAt
      }
    }
  }
` as unknown as DocumentNode<EmergenciesUpdatedSubscription, EmergenciesUpdatedSubscriptionVariables>
export const RoomEventsDocument = gql`
  subscription RoomEvents($conversationId: ID!, $after: String) {
    conversationEvents(conversationId: $conversationId, after: $after) {
      __typename
      cursor
      ... on ParticipantChanged {
        participant {
          ...ParticipantParts
        }
      }
      ... on ConversationChanged {
        conversation {
          ...RoomParts
        }
      }
    }
  }
  ${ParticipantPartsFragmentDoc}
  ${RoomPartsFragmentDoc}
  ${ConversationPartsFragmentDoc}
  ${MessagePartsFragmentDoc}
  ${AttachmentPartsFragmentDoc}
` as unknown as DocumentNode<RoomEventsSubscription, RoomEventsSubscriptionVariables>
export const InboxEventsDocument = gql`
  subscription InboxEvents {
    inboxEvents {
      __typename
      ... on ConversationChanged {
        conversation {
          ...ConversationParts
        }
      }
      ... on ConversationRemoved {
        conversationId
      }
    }
  }
  ${ConversationPartsFragmentDoc}
  ${MessagePartsFragmentDoc}
  ${AttachmentPartsFragmentDoc}
` as unknown as DocumentNode<InboxEventsSubscription, InboxEventsSubscriptionVariables>
export const NotificationAddedDocument = gql`
  subscription NotificationAdded {
    notificationAdded {
      ...NotificationParts
    }
  }
  ${NotificationPartsFragmentDoc}
` as unknown as DocumentNode<NotificationAddedSubscription, NotificationAddedSubscriptionVariables>
export const UnreadNotificationsDocument = gql`
  subscription UnreadNotifications {
    unreadCountsChanged {
      id
      notifications
    }
  }
` as unknown as DocumentNode<UnreadNotificationsSubscription, UnreadNotificationsSubscriptionVariables>
export const UnreadCountsChangedDocument = gql`
  subscription UnreadCountsChanged {
    unreadCountsChanged {
      id
      total
      notifications
      conversations {
        id
        unreadCount
      }
    }
  }
` as unknown as DocumentNode<UnreadCountsChangedSubscription, UnreadCountsChangedSubscriptionVariables>
export const TypingDocument = gql`
  subscription Typing($conversationId: ID!) {
    typing(conversationId: $conversationId) {
      isTyping
      user {
        id
        displayName
      }
    }
  }
` as unknown as DocumentNode<TypingSubscription, TypingSubscriptionVariables>
export const WalletChangedDocument = gql`
  subscription WalletChanged {
    walletChanged {
      id
      balances {
        ...MoneyParts
      }
    }
  }
  ${MoneyPartsFragmentDoc}
` as unknown as DocumentNode<WalletChangedSubscription, WalletChangedSubscriptionVariables>
export const PresenceDocument = gql`
  subscription Presence($userIds: [ID!]) {
    presence(userIds: $userIds) {
      id
      online
      status
      lastSeenAt
      acceptingSessions
    }
  }
` as unknown as DocumentNode<PresenceSubscription, PresenceSubscriptionVariables>
export const SessionUpdatedDocument = gql`
  subscription SessionUpdated {
    sessionUpdated {
      ...SessionParts
    }
  }
  ${SessionPartsFragmentDoc}
  ${MoneyPartsFragmentDoc}
` as unknown as DocumentNode<SessionUpdatedSubscription, SessionUpdatedSubscriptionVariables>
export const RequestAccessDocument = gql`
  mutation RequestAccess($input: RequestAccessInput!) {
    requestAccess(input: $input) {
      accessGrant {
        ...GrantParts
      }
    }
  }
  ${GrantPartsFragmentDoc}
` as unknown as DocumentNode<RequestAccessMutation, RequestAccessMutationVariables>
export const EndAccessDocument = gql`
  mutation EndAccess($input: EndAccessInput!) {
    endAccess(input: $input) {
      accessGrant {
        ...GrantParts
      }
    }
  }
  ${GrantPartsFragmentDoc}
` as unknown as DocumentNode<EndAccessMutation, EndAccessMutationVariables>
export const UserHistoryDocument = gql`
  query UserHistory($userId: ID!, $first: Int, $after: String) {
    userHistory(userId: $userId, first: $first, after: $after) {
      edges {
        node {
          ...MessageParts
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
  ${MessagePartsFragmentDoc}
  ${AttachmentPartsFragmentDoc}
` as unknown as DocumentNode<UserHistoryQuery, UserHistoryQueryVariables>
export const AccessReportDocument = gql`
  query AccessReport($first: Int, $after: String) {
    accessReport(first: $first, after: $after) {
      edges {
        node {
          ...GrantParts
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
  ${GrantPartsFragmentDoc}
` as unknown as DocumentNode<AccessReportQuery, AccessReportQueryVariables>
export const AccessGrantsDocument = gql`
  query AccessGrants($subjectId: ID, $adminId: ID, $active: Boolean, $first: Int, $after: String) {
    accessGrants(subjectId: $subjectId, adminId: $adminId, active: $active, first: $first, after: $after) {
      edges {
        node {
          ...GrantParts
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
  ${GrantPartsFragmentDoc}
` as unknown as DocumentNode<AccessGrantsQuery, AccessGrantsQueryVariables>
export const AuditLogDocument = gql`
  query AuditLog($filter: AuditFilter, $first: Int, $after: String) {
    auditLog(filter: $filter, first: $first, after: $after) {
      edges {
        node {
          sequence
          at
          action
          outcome
          actor {
            id
            displayName
          }
          subjectUser {
            id
            displayName
          }
          conversationId
          accessGrant {
            id
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
` as unknown as DocumentNode<AuditLogQuery, AuditLogQueryVariables>
export const VerifyAuditLogDocument = gql`
  query VerifyAuditLog {
    verifyAuditLog {
      intact
      firstBrokenSequence
      overdue
    }
  }
` as unknown as DocumentNode<VerifyAuditLogQuery, VerifyAuditLogQueryVariables>
export const CallDocument = gql`
  query Call($sessionId: ID!) {
    session(id: $sessionId) {
      id
      call {
        id
        iceServers {
          urls
          username
          credential
        }
        expiresAt
      }
    }
  }
` as unknown as DocumentNode<CallQuery, CallQueryVariables>
export const SendSignalDocument = gql`
  mutation SendSignal($input: SignalInput!) {
    sendSignal(input: $input) {
      recipients
    }
  }
` as unknown as DocumentNode<SendSignalMutation, SendSignalMutationVariables>
export const CallSignalDocument = gql`
  subscription CallSignal($sessionId: ID!) {
    callSignal(sessionId: $sessionId) {
      sessionId
      kind
      payload
      from {
        id
        displayName
      }
    }
  }
` as unknown as DocumentNode<CallSignalSubscription, CallSignalSubscriptionVariables>
export const CreateUploadDocument = gql`
  mutation CreateUpload($input: CreateUploadInput!) {
    createUpload(input: $input) {
      attachment {
        id
      }
      uploadUrl
      expiresAt
    }
  }
` as unknown as DocumentNode<CreateUploadMutation, CreateUploadMutationVariables>
export const AttachmentUpdatedDocument = gql`
  subscription AttachmentUpdated($id: ID!) {
    attachmentUpdated(id: $id) {
      id
      status
      rejection
    }
  }
` as unknown as DocumentNode<AttachmentUpdatedSubscription, AttachmentUpdatedSubscriptionVariables>
export const AttachmentDocument = gql`
  query Attachment($id: ID!) {
    attachment(id: $id) {
      ...AttachmentParts
    }
  }
  ${AttachmentPartsFragmentDoc}
` as unknown as DocumentNode<AttachmentQuery, AttachmentQueryVariables>
export const SetLegalHoldDocument = gql`
  mutation SetLegalHold($input: LegalHoldInput!) {
    setLegalHold(input: $input) {
      conversation {
        id
        legalHold {
          reason
          at
          setBy {
            id
            displayName
          }
        }
      }
    }
  }
` as unknown as DocumentNode<SetLegalHoldMutation, SetLegalHoldMutationVariables>
