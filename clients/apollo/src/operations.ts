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

/** What the server itself tells of in a conversation. */
export type SystemEvent =
  /** Its `session` has started. */
  | 'SESSION_STARTED'
  /** Its `session` has ended. */
  | 'SESSION_ENDED'
  /** Its `session` ended by itself, after a time without activity. */
  | 'SESSION_EXPIRED'

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

/** Which file is not to be sent. */
export type DiscardAttachmentInput = {
  /** The attachment. */
  attachmentId: string
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

/** That the viewer types, or stopped. */
export type SetTypingInput = {
  /** A conversation in which the viewer may send. */
  conversationId: string
  /** True: for the next 6 seconds. False: no more. */
  isTyping: boolean
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

export type UserPartsFragment = {
  __typename: 'User'
  id: string
  displayName: string
  avatarUrl: string | null
  roles: Array<Role>
}

export type MoneyPartsFragment = { __typename: 'Money'; amountMinor: number; currency: string }

export type AttachmentPartsFragment = {
  __typename: 'Attachment'
  id: string
  fileName: string
  mediaType: string
  sizeBytes: number
  status: AttachmentStatus
  rejection: AttachmentRejection | null
  width: number | null
  height: number | null
  durationSeconds: number | null
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
  systemEvent: SystemEvent | null
  createdAt: string
  editedAt: string | null
  deletedAt: string | null
  senderRole: Role | null
  deliveryStatus: DeliveryStatus
  sender: { __typename: 'User'; id: string; displayName: string; avatarUrl: string | null; roles: Array<Role> } | null
  replyTo: {
    __typename: 'Message'
    id: string
    kind: MessageKind
    body: string | null
    deletedAt: string | null
    sender: { __typename: 'User'; id: string; displayName: string; avatarUrl: string | null; roles: Array<Role> } | null
  } | null
  reactions: Array<{ __typename: 'ReactionGroup'; emoji: string; count: number; viewerReacted: boolean }>
  attachments: Array<{
    __typename: 'Attachment'
    id: string
    fileName: string
    mediaType: string
    sizeBytes: number
    status: AttachmentStatus
    rejection: AttachmentRejection | null
    width: number | null
    height: number | null
    durationSeconds: number | null
  }>
  emergency: {
    __typename: 'Emergency'
    id: string
    flaggedAt: string
    acknowledgedAt: string | null
    escalatedAt: string | null
    flaggedBy: { __typename: 'User'; id: string; displayName: string; avatarUrl: string | null; roles: Array<Role> }
    acknowledgedBy: {
      __typename: 'User'
      id: string
      displayName: string
      avatarUrl: string | null
      roles: Array<Role>
    } | null
  } | null
  appointment: {
    __typename: 'AppointmentCard'
    appointmentId: string
    title: string
    startsAt: string
    endsAt: string | null
    location: string | null
  } | null
  prescription: {
    __typename: 'PrescriptionCard'
    prescriptionId: string
    medication: string
    dosage: string
    instructions: string | null
  } | null
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
  user: { __typename: 'User'; id: string; displayName: string; avatarUrl: string | null; roles: Array<Role> }
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
  patient: { __typename: 'User'; id: string; displayName: string; avatarUrl: string | null; roles: Array<Role> } | null
  professional: { __typename: 'User'; id: string; displayName: string; avatarUrl: string | null; roles: Array<Role> }
  participants: Array<{
    __typename: 'SessionParticipant'
    role: Role
    joinedAt: string
    leftAt: string | null
    user: { __typename: 'User'; id: string; displayName: string; avatarUrl: string | null; roles: Array<Role> }
  }>
  rate: { __typename: 'Money'; amountMinor: number; currency: string } | null
  cost: { __typename: 'Money'; amountMinor: number; currency: string } | null
  viewerCost: { __typename: 'Money'; amountMinor: number; currency: string } | null
  refunded: { __typename: 'Money'; amountMinor: number; currency: string } | null
}

export type ConversationPartsFragment = {
  __typename: 'Conversation'
  id: string
  kind: ConversationKind
  status: ConversationStatus
  title: string | null
  roomType: RoomType
  unreadCount: number
  firstSeq: number
  lastActivityAt: string
  counterpart: {
    __typename: 'User'
    id: string
    displayName: string
    avatarUrl: string | null
    roles: Array<Role>
  } | null
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
    user: { __typename: 'User'; id: string; displayName: string; avatarUrl: string | null; roles: Array<Role> }
  } | null
  lastMessage: {
    __typename: 'Message'
    id: string
    conversationId: string
    seq: number
    cursor: string
    kind: MessageKind
    body: string | null
    clientMessageId: string | null
    systemEvent: SystemEvent | null
    createdAt: string
    editedAt: string | null
    deletedAt: string | null
    senderRole: Role | null
    deliveryStatus: DeliveryStatus
    sender: { __typename: 'User'; id: string; displayName: string; avatarUrl: string | null; roles: Array<Role> } | null
    replyTo: {
      __typename: 'Message'
      id: string
      kind: MessageKind
      body: string | null
      deletedAt: string | null
      sender: {
        __typename: 'User'
        id: string
        displayName: string
        avatarUrl: string | null
        roles: Array<Role>
      } | null
    } | null
    reactions: Array<{ __typename: 'ReactionGroup'; emoji: string; count: number; viewerReacted: boolean }>
    attachments: Array<{
      __typename: 'Attachment'
      id: string
      fileName: string
      mediaType: string
      sizeBytes: number
      status: AttachmentStatus
      rejection: AttachmentRejection | null
      width: number | null
      height: number | null
      durationSeconds: number | null
    }>
    emergency: {
      __typename: 'Emergency'
      id: string
      flaggedAt: string
      acknowledgedAt: string | null
      escalatedAt: string | null
      flaggedBy: { __typename: 'User'; id: string; displayName: string; avatarUrl: string | null; roles: Array<Role> }
      acknowledgedBy: {
        __typename: 'User'
        id: string
        displayName: string
        avatarUrl: string | null
        roles: Array<Role>
      } | null
    } | null
    appointment: {
      __typename: 'AppointmentCard'
      appointmentId: string
      title: string
      startsAt: string
      endsAt: string | null
      location: string | null
    } | null
    prescription: {
      __typename: 'PrescriptionCard'
      prescriptionId: string
      medication: string
      dosage: string
      instructions: string | null
    } | null
  } | null
  activeSession: { __typename: 'Session'; id: string; type: SessionType } | null
}

export type ConversationsQueryVariables = Exact<{
  filter?: ConversationFilter | null | undefined
  first?: number | null | undefined
  after?: string | null | undefined
}>

export type ConversationsQuery = {
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
        roomType: RoomType
        unreadCount: number
        firstSeq: number
        lastActivityAt: string
        counterpart: {
          __typename: 'User'
          id: string
          displayName: string
          avatarUrl: string | null
          roles: Array<Role>
        } | null
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
          user: { __typename: 'User'; id: string; displayName: string; avatarUrl: string | null; roles: Array<Role> }
        } | null
        lastMessage: {
          __typename: 'Message'
          id: string
          conversationId: string
          seq: number
          cursor: string
          kind: MessageKind
          body: string | null
          clientMessageId: string | null
          systemEvent: SystemEvent | null
          createdAt: string
          editedAt: string | null
          deletedAt: string | null
          senderRole: Role | null
          deliveryStatus: DeliveryStatus
          sender: {
            __typename: 'User'
            id: string
            displayName: string
            avatarUrl: string | null
            roles: Array<Role>
          } | null
          replyTo: {
            __typename: 'Message'
            id: string
            kind: MessageKind
            body: string | null
            deletedAt: string | null
            sender: {
              __typename: 'User'
              id: string
              displayName: string
              avatarUrl: string | null
              roles: Array<Role>
            } | null
          } | null
          reactions: Array<{ __typename: 'ReactionGroup'; emoji: string; count: number; viewerReacted: boolean }>
          attachments: Array<{
            __typename: 'Attachment'
            id: string
            fileName: string
            mediaType: string
            sizeBytes: number
            status: AttachmentStatus
            rejection: AttachmentRejection | null
            width: number | null
            height: number | null
            durationSeconds: number | null
          }>
          emergency: {
            __typename: 'Emergency'
            id: string
            flaggedAt: string
            acknowledgedAt: string | null
            escalatedAt: string | null
            flaggedBy: {
              __typename: 'User'
              id: string
              displayName: string
              avatarUrl: string | null
              roles: Array<Role>
            }
            acknowledgedBy: {
              __typename: 'User'
              id: string
              displayName: string
              avatarUrl: string | null
              roles: Array<Role>
            } | null
          } | null
          appointment: {
            __typename: 'AppointmentCard'
            appointmentId: string
            title: string
            startsAt: string
            endsAt: string | null
            location: string | null
          } | null
          prescription: {
            __typename: 'PrescriptionCard'
            prescriptionId: string
            medication: string
            dosage: string
            instructions: string | null
          } | null
        } | null
        activeSession: { __typename: 'Session'; id: string; type: SessionType } | null
      }
    }>
    pageInfo: { __typename: 'PageInfo'; hasNextPage: boolean; endCursor: string | null }
  }
}

export type ConversationQueryVariables = Exact<{
  id: string
}>

export type ConversationQuery = {
  conversation: {
    __typename: 'Conversation'
    id: string
    kind: ConversationKind
    status: ConversationStatus
    title: string | null
    roomType: RoomType
    unreadCount: number
    firstSeq: number
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
      user: { __typename: 'User'; id: string; displayName: string; avatarUrl: string | null; roles: Array<Role> }
    }>
    counterpart: {
      __typename: 'User'
      id: string
      displayName: string
      avatarUrl: string | null
      roles: Array<Role>
    } | null
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
      user: { __typename: 'User'; id: string; displayName: string; avatarUrl: string | null; roles: Array<Role> }
    } | null
    lastMessage: {
      __typename: 'Message'
      id: string
      conversationId: string
      seq: number
      cursor: string
      kind: MessageKind
      body: string | null
      clientMessageId: string | null
      systemEvent: SystemEvent | null
      createdAt: string
      editedAt: string | null
      deletedAt: string | null
      senderRole: Role | null
      deliveryStatus: DeliveryStatus
      sender: {
        __typename: 'User'
        id: string
        displayName: string
        avatarUrl: string | null
        roles: Array<Role>
      } | null
      replyTo: {
        __typename: 'Message'
        id: string
        kind: MessageKind
        body: string | null
        deletedAt: string | null
        sender: {
          __typename: 'User'
          id: string
          displayName: string
          avatarUrl: string | null
          roles: Array<Role>
        } | null
      } | null
      reactions: Array<{ __typename: 'ReactionGroup'; emoji: string; count: number; viewerReacted: boolean }>
      attachments: Array<{
        __typename: 'Attachment'
        id: string
        fileName: string
        mediaType: string
        sizeBytes: number
        status: AttachmentStatus
        rejection: AttachmentRejection | null
        width: number | null
        height: number | null
        durationSeconds: number | null
      }>
      emergency: {
        __typename: 'Emergency'
        id: string
        flaggedAt: string
        acknowledgedAt: string | null
        escalatedAt: string | null
        flaggedBy: { __typename: 'User'; id: string; displayName: string; avatarUrl: string | null; roles: Array<Role> }
        acknowledgedBy: {
          __typename: 'User'
          id: string
          displayName: string
          avatarUrl: string | null
          roles: Array<Role>
        } | null
      } | null
      appointment: {
        __typename: 'AppointmentCard'
        appointmentId: string
        title: string
        startsAt: string
        endsAt: string | null
        location: string | null
      } | null
      prescription: {
        __typename: 'PrescriptionCard'
        prescriptionId: string
        medication: string
        dosage: string
        instructions: string | null
      } | null
    } | null
    activeSession: { __typename: 'Session'; id: string; type: SessionType } | null
  } | null
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
        systemEvent: SystemEvent | null
        createdAt: string
        editedAt: string | null
        deletedAt: string | null
        senderRole: Role | null
        deliveryStatus: DeliveryStatus
        sender: {
          __typename: 'User'
          id: string
          displayName: string
          avatarUrl: string | null
          roles: Array<Role>
        } | null
        replyTo: {
          __typename: 'Message'
          id: string
          kind: MessageKind
          body: string | null
          deletedAt: string | null
          sender: {
            __typename: 'User'
            id: string
            displayName: string
            avatarUrl: string | null
            roles: Array<Role>
          } | null
        } | null
        reactions: Array<{ __typename: 'ReactionGroup'; emoji: string; count: number; viewerReacted: boolean }>
        attachments: Array<{
          __typename: 'Attachment'
          id: string
          fileName: string
          mediaType: string
          sizeBytes: number
          status: AttachmentStatus
          rejection: AttachmentRejection | null
          width: number | null
          height: number | null
          durationSeconds: number | null
        }>
        emergency: {
          __typename: 'Emergency'
          id: string
          flaggedAt: string
          acknowledgedAt: string | null
          escalatedAt: string | null
          flaggedBy: {
            __typename: 'User'
            id: string
            displayName: string
            avatarUrl: string | null
            roles: Array<Role>
          }
          acknowledgedBy: {
            __typename: 'User'
            id: string
            displayName: string
            avatarUrl: string | null
            roles: Array<Role>
          } | null
        } | null
        appointment: {
          __typename: 'AppointmentCard'
          appointmentId: string
          title: string
          startsAt: string
          endsAt: string | null
          location: string | null
        } | null
        prescription: {
          __typename: 'PrescriptionCard'
          prescriptionId: string
          medication: string
          dosage: string
          instructions: string | null
        } | null
      }
    }>
    pageInfo: { __typename: 'PageInfo'; hasPreviousPage: boolean; startCursor: string | null }
  } | null
}

export type ActiveSessionQueryVariables = Exact<{
  conversationId: string
}>

export type ActiveSessionQuery = {
  conversation: {
    __typename: 'Conversation'
    id: string
    activeSession: {
      __typename: 'Session'
      id: string
      type: SessionType
      status: SessionStatus
      startedAt: string
      endedAt: string | null
      endReason: string | null
      durationSeconds: number
      conversation: { __typename: 'Conversation'; id: string }
      patient: {
        __typename: 'User'
        id: string
        displayName: string
        avatarUrl: string | null
        roles: Array<Role>
      } | null
      professional: {
        __typename: 'User'
        id: string
        displayName: string
        avatarUrl: string | null
        roles: Array<Role>
      }
      participants: Array<{
        __typename: 'SessionParticipant'
        role: Role
        joinedAt: string
        leftAt: string | null
        user: { __typename: 'User'; id: string; displayName: string; avatarUrl: string | null; roles: Array<Role> }
      }>
      rate: { __typename: 'Money'; amountMinor: number; currency: string } | null
      cost: { __typename: 'Money'; amountMinor: number; currency: string } | null
      viewerCost: { __typename: 'Money'; amountMinor: number; currency: string } | null
      refunded: { __typename: 'Money'; amountMinor: number; currency: string } | null
    } | null
  } | null
}

export type SessionQueryVariables = Exact<{
  id: string
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
    patient: {
      __typename: 'User'
      id: string
      displayName: string
      avatarUrl: string | null
      roles: Array<Role>
    } | null
    professional: { __typename: 'User'; id: string; displayName: string; avatarUrl: string | null; roles: Array<Role> }
    participants: Array<{
      __typename: 'SessionParticipant'
      role: Role
      joinedAt: string
      leftAt: string | null
      user: { __typename: 'User'; id: string; displayName: string; avatarUrl: string | null; roles: Array<Role> }
    }>
    rate: { __typename: 'Money'; amountMinor: number; currency: string } | null
    cost: { __typename: 'Money'; amountMinor: number; currency: string } | null
    viewerCost: { __typename: 'Money'; amountMinor: number; currency: string } | null
    refunded: { __typename: 'Money'; amountMinor: number; currency: string } | null
  } | null
}

export type AttachmentUrlsQueryVariables = Exact<{
  id: string
}>

export type AttachmentUrlsQuery = {
  attachment: {
    __typename: 'Attachment'
    id: string
    url: string | null
    thumbnailUrl: string | null
    urlExpiresAt: string | null
  } | null
}

export type CreateUploadMutationVariables = Exact<{
  input: CreateUploadInput
}>

export type CreateUploadMutation = {
  createUpload: {
    __typename: 'CreateUploadPayload'
    uploadUrl: string
    expiresAt: string
    attachment: {
      __typename: 'Attachment'
      id: string
      fileName: string
      mediaType: string
      sizeBytes: number
      status: AttachmentStatus
      rejection: AttachmentRejection | null
      width: number | null
      height: number | null
      durationSeconds: number | null
    }
  } | null
}

export type DiscardAttachmentMutationVariables = Exact<{
  input: DiscardAttachmentInput
}>

export type DiscardAttachmentMutation = {
  discardAttachment: { __typename: 'DiscardAttachmentPayload'; attachmentId: string } | null
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
      systemEvent: SystemEvent | null
      createdAt: string
      editedAt: string | null
      deletedAt: string | null
      senderRole: Role | null
      deliveryStatus: DeliveryStatus
      sender: {
        __typename: 'User'
        id: string
        displayName: string
        avatarUrl: string | null
        roles: Array<Role>
      } | null
      replyTo: {
        __typename: 'Message'
        id: string
        kind: MessageKind
        body: string | null
        deletedAt: string | null
        sender: {
          __typename: 'User'
          id: string
          displayName: string
          avatarUrl: string | null
          roles: Array<Role>
        } | null
      } | null
      reactions: Array<{ __typename: 'ReactionGroup'; emoji: string; count: number; viewerReacted: boolean }>
      attachments: Array<{
        __typename: 'Attachment'
        id: string
        fileName: string
        mediaType: string
        sizeBytes: number
        status: AttachmentStatus
        rejection: AttachmentRejection | null
        width: number | null
        height: number | null
        durationSeconds: number | null
      }>
      emergency: {
        __typename: 'Emergency'
        id: string
        flaggedAt: string
        acknowledgedAt: string | null
        escalatedAt: string | null
        flaggedBy: { __typename: 'User'; id: string; displayName: string; avatarUrl: string | null; roles: Array<Role> }
        acknowledgedBy: {
          __typename: 'User'
          id: string
          displayName: string
          avatarUrl: string | null
          roles: Array<Role>
        } | null
      } | null
      appointment: {
        __typename: 'AppointmentCard'
        appointmentId: string
        title: string
        startsAt: string
        endsAt: string | null
        location: string | null
      } | null
      prescription: {
        __typename: 'PrescriptionCard'
        prescriptionId: string
        medication: string
        dosage: string
        instructions: string | null
      } | null
    }
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
      systemEvent: SystemEvent | null
      createdAt: string
      editedAt: string | null
      deletedAt: string | null
      senderRole: Role | null
      deliveryStatus: DeliveryStatus
      sender: {
        __typename: 'User'
        id: string
        displayName: string
        avatarUrl: string | null
        roles: Array<Role>
      } | null
      replyTo: {
        __typename: 'Message'
        id: string
        kind: MessageKind
        body: string | null
        deletedAt: string | null
        sender: {
          __typename: 'User'
          id: string
          displayName: string
          avatarUrl: string | null
          roles: Array<Role>
        } | null
      } | null
      reactions: Array<{ __typename: 'ReactionGroup'; emoji: string; count: number; viewerReacted: boolean }>
      attachments: Array<{
        __typename: 'Attachment'
        id: string
        fileName: string
        mediaType: string
        sizeBytes: number
        status: AttachmentStatus
        rejection: AttachmentRejection | null
        width: number | null
        height: number | null
        durationSeconds: number | null
      }>
      emergency: {
        __typename: 'Emergency'
        id: string
        flaggedAt: string
        acknowledgedAt: string | null
        escalatedAt: string | null
        flaggedBy: { __typename: 'User'; id: string; displayName: string; avatarUrl: string | null; roles: Array<Role> }
        acknowledgedBy: {
          __typename: 'User'
          id: string
          displayName: string
          avatarUrl: string | null
          roles: Array<Role>
        } | null
      } | null
      appointment: {
        __typename: 'AppointmentCard'
        appointmentId: string
        title: string
        startsAt: string
        endsAt: string | null
        location: string | null
      } | null
      prescription: {
        __typename: 'PrescriptionCard'
        prescriptionId: string
        medication: string
        dosage: string
        instructions: string | null
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
      systemEvent: SystemEvent | null
      createdAt: string
      editedAt: string | null
      deletedAt: string | null
      senderRole: Role | null
      deliveryStatus: DeliveryStatus
      sender: {
        __typename: 'User'
        id: string
        displayName: string
        avatarUrl: string | null
        roles: Array<Role>
      } | null
      replyTo: {
        __typename: 'Message'
        id: string
        kind: MessageKind
        body: string | null
        deletedAt: string | null
        sender: {
          __typename: 'User'
          id: string
          displayName: string
          avatarUrl: string | null
          roles: Array<Role>
        } | null
      } | null
      reactions: Array<{ __typename: 'ReactionGroup'; emoji: string; count: number; viewerReacted: boolean }>
      attachments: Array<{
        __typename: 'Attachment'
        id: string
        fileName: string
        mediaType: string
        sizeBytes: number
        status: AttachmentStatus
        rejection: AttachmentRejection | null
        width: number | null
        height: number | null
        durationSeconds: number | null
      }>
      emergency: {
        __typename: 'Emergency'
        id: string
        flaggedAt: string
        acknowledgedAt: string | null
        escalatedAt: string | null
        flaggedBy: { __typename: 'User'; id: string; displayName: string; avatarUrl: string | null; roles: Array<Role> }
        acknowledgedBy: {
          __typename: 'User'
          id: string
          displayName: string
          avatarUrl: string | null
          roles: Array<Role>
        } | null
      } | null
      appointment: {
        __typename: 'AppointmentCard'
        appointmentId: string
        title: string
        startsAt: string
        endsAt: string | null
        location: string | null
      } | null
      prescription: {
        __typename: 'PrescriptionCard'
        prescriptionId: string
        medication: string
        dosage: string
        instructions: string | null
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
      systemEvent: SystemEvent | null
      createdAt: string
      editedAt: string | null
      deletedAt: string | null
      senderRole: Role | null
      deliveryStatus: DeliveryStatus
      sender: {
        __typename: 'User'
        id: string
        displayName: string
        avatarUrl: string | null
        roles: Array<Role>
      } | null
      replyTo: {
        __typename: 'Message'
        id: string
        kind: MessageKind
        body: string | null
        deletedAt: string | null
        sender: {
          __typename: 'User'
          id: string
          displayName: string
          avatarUrl: string | null
          roles: Array<Role>
        } | null
      } | null
      reactions: Array<{ __typename: 'ReactionGroup'; emoji: string; count: number; viewerReacted: boolean }>
      attachments: Array<{
        __typename: 'Attachment'
        id: string
        fileName: string
        mediaType: string
        sizeBytes: number
        status: AttachmentStatus
        rejection: AttachmentRejection | null
        width: number | null
        height: number | null
        durationSeconds: number | null
      }>
      emergency: {
        __typename: 'Emergency'
        id: string
        flaggedAt: string
        acknowledgedAt: string | null
        escalatedAt: string | null
        flaggedBy: { __typename: 'User'; id: string; displayName: string; avatarUrl: string | null; roles: Array<Role> }
        acknowledgedBy: {
          __typename: 'User'
          id: string
          displayName: string
          avatarUrl: string | null
          roles: Array<Role>
        } | null
      } | null
      appointment: {
        __typename: 'AppointmentCard'
        appointmentId: string
        title: string
        startsAt: string
        endsAt: string | null
        location: string | null
      } | null
      prescription: {
        __typename: 'PrescriptionCard'
        prescriptionId: string
        medication: string
        dosage: string
        instructions: string | null
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
      systemEvent: SystemEvent | null
      createdAt: string
      editedAt: string | null
      deletedAt: string | null
      senderRole: Role | null
      deliveryStatus: DeliveryStatus
      sender: {
        __typename: 'User'
        id: string
        displayName: string
        avatarUrl: string | null
        roles: Array<Role>
      } | null
      replyTo: {
        __typename: 'Message'
        id: string
        kind: MessageKind
        body: string | null
        deletedAt: string | null
        sender: {
          __typename: 'User'
          id: string
          displayName: string
          avatarUrl: string | null
          roles: Array<Role>
        } | null
      } | null
      reactions: Array<{ __typename: 'ReactionGroup'; emoji: string; count: number; viewerReacted: boolean }>
      attachments: Array<{
        __typename: 'Attachment'
        id: string
        fileName: string
        mediaType: string
        sizeBytes: number
        status: AttachmentStatus
        rejection: AttachmentRejection | null
        width: number | null
        height: number | null
        durationSeconds: number | null
      }>
      emergency: {
        __typename: 'Emergency'
        id: string
        flaggedAt: string
        acknowledgedAt: string | null
        escalatedAt: string | null
        flaggedBy: { __typename: 'User'; id: string; displayName: string; avatarUrl: string | null; roles: Array<Role> }
        acknowledgedBy: {
          __typename: 'User'
          id: string
          displayName: string
          avatarUrl: string | null
          roles: Array<Role>
        } | null
      } | null
      appointment: {
        __typename: 'AppointmentCard'
        appointmentId: string
        title: string
        startsAt: string
        endsAt: string | null
        location: string | null
      } | null
      prescription: {
        __typename: 'PrescriptionCard'
        prescriptionId: string
        medication: string
        dosage: string
        instructions: string | null
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
      systemEvent: SystemEvent | null
      createdAt: string
      editedAt: string | null
      deletedAt: string | null
      senderRole: Role | null
      deliveryStatus: DeliveryStatus
      sender: {
        __typename: 'User'
        id: string
        displayName: string
        avatarUrl: string | null
        roles: Array<Role>
      } | null
      replyTo: {
        __typename: 'Message'
        id: string
        kind: MessageKind
        body: string | null
        deletedAt: string | null
        sender: {
          __typename: 'User'
          id: string
          displayName: string
          avatarUrl: string | null
          roles: Array<Role>
        } | null
      } | null
      reactions: Array<{ __typename: 'ReactionGroup'; emoji: string; count: number; viewerReacted: boolean }>
      attachments: Array<{
        __typename: 'Attachment'
        id: string
        fileName: string
        mediaType: string
        sizeBytes: number
        status: AttachmentStatus
        rejection: AttachmentRejection | null
        width: number | null
        height: number | null
        durationSeconds: number | null
      }>
      emergency: {
        __typename: 'Emergency'
        id: string
        flaggedAt: string
        acknowledgedAt: string | null
        escalatedAt: string | null
        flaggedBy: { __typename: 'User'; id: string; displayName: string; avatarUrl: string | null; roles: Array<Role> }
        acknowledgedBy: {
          __typename: 'User'
          id: string
          displayName: string
          avatarUrl: string | null
          roles: Array<Role>
        } | null
      } | null
      appointment: {
        __typename: 'AppointmentCard'
        appointmentId: string
        title: string
        startsAt: string
        endsAt: string | null
        location: string | null
      } | null
      prescription: {
        __typename: 'PrescriptionCard'
        prescriptionId: string
        medication: string
        dosage: string
        instructions: string | null
      } | null
    }
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
      systemEvent: SystemEvent | null
      createdAt: string
      editedAt: string | null
      deletedAt: string | null
      senderRole: Role | null
      deliveryStatus: DeliveryStatus
      sender: {
        __typename: 'User'
        id: string
        displayName: string
        avatarUrl: string | null
        roles: Array<Role>
      } | null
      replyTo: {
        __typename: 'Message'
        id: string
        kind: MessageKind
        body: string | null
        deletedAt: string | null
        sender: {
          __typename: 'User'
          id: string
          displayName: string
          avatarUrl: string | null
          roles: Array<Role>
        } | null
      } | null
      reactions: Array<{ __typename: 'ReactionGroup'; emoji: string; count: number; viewerReacted: boolean }>
      attachments: Array<{
        __typename: 'Attachment'
        id: string
        fileName: string
        mediaType: string
        sizeBytes: number
        status: AttachmentStatus
        rejection: AttachmentRejection | null
        width: number | null
        height: number | null
        durationSeconds: number | null
      }>
      emergency: {
        __typename: 'Emergency'
        id: string
        flaggedAt: string
        acknowledgedAt: string | null
        escalatedAt: string | null
        flaggedBy: { __typename: 'User'; id: string; displayName: string; avatarUrl: string | null; roles: Array<Role> }
        acknowledgedBy: {
          __typename: 'User'
          id: string
          displayName: string
          avatarUrl: string | null
          roles: Array<Role>
        } | null
      } | null
      appointment: {
        __typename: 'AppointmentCard'
        appointmentId: string
        title: string
        startsAt: string
        endsAt: string | null
        location: string | null
      } | null
      prescription: {
        __typename: 'PrescriptionCard'
        prescriptionId: string
        medication: string
        dosage: string
        instructions: string | null
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
      systemEvent: SystemEvent | null
      createdAt: string
      editedAt: string | null
      deletedAt: string | null
      senderRole: Role | null
      deliveryStatus: DeliveryStatus
      sender: {
        __typename: 'User'
        id: string
        displayName: string
        avatarUrl: string | null
        roles: Array<Role>
      } | null
      replyTo: {
        __typename: 'Message'
        id: string
        kind: MessageKind
        body: string | null
        deletedAt: string | null
        sender: {
          __typename: 'User'
          id: string
          displayName: string
          avatarUrl: string | null
          roles: Array<Role>
        } | null
      } | null
      reactions: Array<{ __typename: 'ReactionGroup'; emoji: string; count: number; viewerReacted: boolean }>
      attachments: Array<{
        __typename: 'Attachment'
        id: string
        fileName: string
        mediaType: string
        sizeBytes: number
        status: AttachmentStatus
        rejection: AttachmentRejection | null
        width: number | null
        height: number | null
        durationSeconds: number | null
      }>
      emergency: {
        __typename: 'Emergency'
        id: string
        flaggedAt: string
        acknowledgedAt: string | null
        escalatedAt: string | null
        flaggedBy: { __typename: 'User'; id: string; displayName: string; avatarUrl: string | null; roles: Array<Role> }
        acknowledgedBy: {
          __typename: 'User'
          id: string
          displayName: string
          avatarUrl: string | null
          roles: Array<Role>
        } | null
      } | null
      appointment: {
        __typename: 'AppointmentCard'
        appointmentId: string
        title: string
        startsAt: string
        endsAt: string | null
        location: string | null
      } | null
      prescription: {
        __typename: 'PrescriptionCard'
        prescriptionId: string
        medication: string
        dosage: string
        instructions: string | null
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
      patient: {
        __typename: 'User'
        id: string
        displayName: string
        avatarUrl: string | null
        roles: Array<Role>
      } | null
      professional: {
        __typename: 'User'
        id: string
        displayName: string
        avatarUrl: string | null
        roles: Array<Role>
      }
      participants: Array<{
        __typename: 'SessionParticipant'
        role: Role
        joinedAt: string
        leftAt: string | null
        user: { __typename: 'User'; id: string; displayName: string; avatarUrl: string | null; roles: Array<Role> }
      }>
      rate: { __typename: 'Money'; amountMinor: number; currency: string } | null
      cost: { __typename: 'Money'; amountMinor: number; currency: string } | null
      viewerCost: { __typename: 'Money'; amountMinor: number; currency: string } | null
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
      patient: {
        __typename: 'User'
        id: string
        displayName: string
        avatarUrl: string | null
        roles: Array<Role>
      } | null
      professional: {
        __typename: 'User'
        id: string
        displayName: string
        avatarUrl: string | null
        roles: Array<Role>
      }
      participants: Array<{
        __typename: 'SessionParticipant'
        role: Role
        joinedAt: string
        leftAt: string | null
        user: { __typename: 'User'; id: string; displayName: string; avatarUrl: string | null; roles: Array<Role> }
      }>
      rate: { __typename: 'Money'; amountMinor: number; currency: string } | null
      cost: { __typename: 'Money'; amountMinor: number; currency: string } | null
      viewerCost: { __typename: 'Money'; amountMinor: number; currency: string } | null
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
      patient: {
        __typename: 'User'
        id: string
        displayName: string
        avatarUrl: string | null
        roles: Array<Role>
      } | null
      professional: {
        __typename: 'User'
        id: string
        displayName: string
        avatarUrl: string | null
        roles: Array<Role>
      }
      participants: Array<{
        __typename: 'SessionParticipant'
        role: Role
        joinedAt: string
        leftAt: string | null
        user: { __typename: 'User'; id: string; displayName: string; avatarUrl: string | null; roles: Array<Role> }
      }>
      rate: { __typename: 'Money'; amountMinor: number; currency: string } | null
      cost: { __typename: 'Money'; amountMinor: number; currency: string } | null
      viewerCost: { __typename: 'Money'; amountMinor: number; currency: string } | null
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
      patient: {
        __typename: 'User'
        id: string
        displayName: string
        avatarUrl: string | null
        roles: Array<Role>
      } | null
      professional: {
        __typename: 'User'
        id: string
        displayName: string
        avatarUrl: string | null
        roles: Array<Role>
      }
      participants: Array<{
        __typename: 'SessionParticipant'
        role: Role
        joinedAt: string
        leftAt: string | null
        user: { __typename: 'User'; id: string; displayName: string; avatarUrl: string | null; roles: Array<Role> }
      }>
      rate: { __typename: 'Money'; amountMinor: number; currency: string } | null
      cost: { __typename: 'Money'; amountMinor: number; currency: string } | null
      viewerCost: { __typename: 'Money'; amountMinor: number; currency: string } | null
      refunded: { __typename: 'Money'; amountMinor: number; currency: string } | null
    }
  } | null
}

export type ConversationEventsSubscriptionVariables = Exact<{
  conversationId: string
  after?: string | null | undefined
}>

export type ConversationEventsSubscription = {
  conversationEvents:
    | {
        __typename: 'MessageChanged'
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
          systemEvent: SystemEvent | null
          createdAt: string
          editedAt: string | null
          deletedAt: string | null
          senderRole: Role | null
          deliveryStatus: DeliveryStatus
          sender: {
            __typename: 'User'
            id: string
            displayName: string
            avatarUrl: string | null
            roles: Array<Role>
          } | null
          replyTo: {
            __typename: 'Message'
            id: string
            kind: MessageKind
            body: string | null
            deletedAt: string | null
            sender: {
              __typename: 'User'
              id: string
              displayName: string
              avatarUrl: string | null
              roles: Array<Role>
            } | null
          } | null
          reactions: Array<{ __typename: 'ReactionGroup'; emoji: string; count: number; viewerReacted: boolean }>
          attachments: Array<{
            __typename: 'Attachment'
            id: string
            fileName: string
            mediaType: string
            sizeBytes: number
            status: AttachmentStatus
            rejection: AttachmentRejection | null
            width: number | null
            height: number | null
            durationSeconds: number | null
          }>
          emergency: {
            __typename: 'Emergency'
            id: string
            flaggedAt: string
            acknowledgedAt: string | null
            escalatedAt: string | null
            flaggedBy: {
              __typename: 'User'
              id: string
              displayName: string
              avatarUrl: string | null
              roles: Array<Role>
            }
            acknowledgedBy: {
              __typename: 'User'
              id: string
              displayName: string
              avatarUrl: string | null
              roles: Array<Role>
            } | null
          } | null
          appointment: {
            __typename: 'AppointmentCard'
            appointmentId: string
            title: string
            startsAt: string
            endsAt: string | null
            location: string | null
          } | null
          prescription: {
            __typename: 'PrescriptionCard'
            prescriptionId: string
            medication: string
            dosage: string
            instructions: string | null
          } | null
        }
      }
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
          user: { __typename: 'User'; id: string; displayName: string; avatarUrl: string | null; roles: Array<Role> }
        }
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
          roomType: RoomType
          unreadCount: number
          firstSeq: number
          lastActivityAt: string
          counterpart: {
            __typename: 'User'
            id: string
            displayName: string
            avatarUrl: string | null
            roles: Array<Role>
          } | null
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
            user: { __typename: 'User'; id: string; displayName: string; avatarUrl: string | null; roles: Array<Role> }
          } | null
          lastMessage: {
            __typename: 'Message'
            id: string
            conversationId: string
            seq: number
            cursor: string
            kind: MessageKind
            body: string | null
            clientMessageId: string | null
            systemEvent: SystemEvent | null
            createdAt: string
            editedAt: string | null
            deletedAt: string | null
            senderRole: Role | null
            deliveryStatus: DeliveryStatus
            sender: {
              __typename: 'User'
              id: string
              displayName: string
              avatarUrl: string | null
              roles: Array<Role>
            } | null
            replyTo: {
              __typename: 'Message'
              id: string
              kind: MessageKind
              body: string | null
              deletedAt: string | null
              sender: {
                __typename: 'User'
                id: string
                displayName: string
                avatarUrl: string | null
                roles: Array<Role>
              } | null
            } | null
            reactions: Array<{ __typename: 'ReactionGroup'; emoji: string; count: number; viewerReacted: boolean }>
            attachments: Array<{
              __typename: 'Attachment'
              id: string
              fileName: string
              mediaType: string
              sizeBytes: number
              status: AttachmentStatus
              rejection: AttachmentRejection | null
              width: number | null
              height: number | null
              durationSeconds: number | null
            }>
            emergency: {
              __typename: 'Emergency'
              id: string
              flaggedAt: string
              acknowledgedAt: string | null
              escalatedAt: string | null
              flaggedBy: {
                __typename: 'User'
                id: string
                displayName: string
                avatarUrl: string | null
                roles: Array<Role>
              }
              acknowledgedBy: {
                __typename: 'User'
                id: string
                displayName: string
                avatarUrl: string | null
                roles: Array<Role>
              } | null
            } | null
            appointment: {
              __typename: 'AppointmentCard'
              appointmentId: string
              title: string
              startsAt: string
              endsAt: string | null
              location: string | null
            } | null
            prescription: {
              __typename: 'PrescriptionCard'
              prescriptionId: string
              medication: string
              dosage: string
              instructions: string | null
            } | null
          } | null
          activeSession: { __typename: 'Session'; id: string; type: SessionType } | null
        }
      }
    | { __typename: 'CaughtUp'; cursor: string }
    | { __typename: 'ResyncRequired'; cursor: string }
}

export type AttachmentUpdatedSubscriptionVariables = Exact<{
  id: string
}>

export type AttachmentUpdatedSubscription = {
  attachmentUpdated: {
    __typename: 'Attachment'
    id: string
    fileName: string
    mediaType: string
    sizeBytes: number
    status: AttachmentStatus
    rejection: AttachmentRejection | null
    width: number | null
    height: number | null
    durationSeconds: number | null
  }
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
          roomType: RoomType
          unreadCount: number
          firstSeq: number
          lastActivityAt: string
          counterpart: {
            __typename: 'User'
            id: string
            displayName: string
            avatarUrl: string | null
            roles: Array<Role>
          } | null
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
            user: { __typename: 'User'; id: string; displayName: string; avatarUrl: string | null; roles: Array<Role> }
          } | null
          lastMessage: {
            __typename: 'Message'
            id: string
            conversationId: string
            seq: number
            cursor: string
            kind: MessageKind
            body: string | null
            clientMessageId: string | null
            systemEvent: SystemEvent | null
            createdAt: string
            editedAt: string | null
            deletedAt: string | null
            senderRole: Role | null
            deliveryStatus: DeliveryStatus
            sender: {
              __typename: 'User'
              id: string
              displayName: string
              avatarUrl: string | null
              roles: Array<Role>
            } | null
            replyTo: {
              __typename: 'Message'
              id: string
              kind: MessageKind
              body: string | null
              deletedAt: string | null
              sender: {
                __typename: 'User'
                id: string
                displayName: string
                avatarUrl: string | null
                roles: Array<Role>
              } | null
            } | null
            reactions: Array<{ __typename: 'ReactionGroup'; emoji: string; count: number; viewerReacted: boolean }>
            attachments: Array<{
              __typename: 'Attachment'
              id: string
              fileName: string
              mediaType: string
              sizeBytes: number
              status: AttachmentStatus
              rejection: AttachmentRejection | null
              width: number | null
              height: number | null
              durationSeconds: number | null
            }>
            emergency: {
              __typename: 'Emergency'
              id: string
              flaggedAt: string
              acknowledgedAt: string | null
              escalatedAt: string | null
              flaggedBy: {
                __typename: 'User'
                id: string
                displayName: string
                avatarUrl: string | null
                roles: Array<Role>
              }
              acknowledgedBy: {
                __typename: 'User'
                id: string
                displayName: string
                avatarUrl: string | null
                roles: Array<Role>
              } | null
            } | null
            appointment: {
              __typename: 'AppointmentCard'
              appointmentId: string
              title: string
              startsAt: string
              endsAt: string | null
              location: string | null
            } | null
            prescription: {
              __typename: 'PrescriptionCard'
              prescriptionId: string
              medication: string
              dosage: string
              instructions: string | null
            } | null
          } | null
          activeSession: { __typename: 'Session'; id: string; type: SessionType } | null
        }
      }
    | { __typename: 'ConversationRemoved'; conversationId: string }
}

export type TypingSubscriptionVariables = Exact<{
  conversationId: string
}>

export type TypingSubscription = {
  typing: {
    __typename: 'Typing'
    isTyping: boolean
    user: { __typename: 'User'; id: string; displayName: string; avatarUrl: string | null; roles: Array<Role> }
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

export type UnreadCountsSubscriptionVariables = Exact<{ [key: string]: never }>

export type UnreadCountsSubscription = {
  unreadCountsChanged: {
    __typename: 'UnreadCounts'
    id: string
    total: number
    notifications: number
    conversations: Array<{ __typename: 'Conversation'; id: string; unreadCount: number }>
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
    patient: {
      __typename: 'User'
      id: string
      displayName: string
      avatarUrl: string | null
      roles: Array<Role>
    } | null
    professional: { __typename: 'User'; id: string; displayName: string; avatarUrl: string | null; roles: Array<Role> }
    participants: Array<{
      __typename: 'SessionParticipant'
      role: Role
      joinedAt: string
      leftAt: string | null
      user: { __typename: 'User'; id: string; displayName: string; avatarUrl: string | null; roles: Array<Role> }
    }>
    rate: { __typename: 'Money'; amountMinor: number; currency: string } | null
    cost: { __typename: 'Money'; amountMinor: number; currency: string } | null
    viewerCost: { __typename: 'Money'; amountMinor: number; currency: string } | null
    refunded: { __typename: 'Money'; amountMinor: number; currency: string } | null
  }
}

export const UserPartsFragmentDoc = gql`
  fragment UserParts on User {
    id
    displayName
    avatarUrl
    roles
  }
` as unknown as DocumentNode<UserPartsFragment, unknown>
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
      ...UserParts
    }
    professional {
      ...UserParts
    }
    participants {
      role
      joinedAt
      leftAt
      user {
        ...UserParts
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
    refunded {
      ...MoneyParts
    }
  }
` as unknown as DocumentNode<SessionPartsFragment, unknown>
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
      ...UserParts
    }
  }
` as unknown as DocumentNode<ParticipantPartsFragment, unknown>
export const AttachmentPartsFragmentDoc = gql`
  fragment AttachmentParts on Attachment {
    id
    fileName
    mediaType
    sizeBytes
    status
    rejection
    width
    height
    durationSeconds
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
    systemEvent
    createdAt
    editedAt
    deletedAt
    sender {
      ...UserParts
    }
    senderRole
    replyTo {
      id
      kind
      body
      deletedAt
      sender {
        ...UserParts
      }
    }
    reactions {
      emoji
      count
      viewerReacted
    }
    deliveryStatus
    attachments {
      ...AttachmentParts
    }
    emergency {
      id
      flaggedAt
      acknowledgedAt
      escalatedAt
      flaggedBy {
        ...UserParts
      }
      acknowledgedBy {
        ...UserParts
      }
    }
    appointment {
      appointmentId
      title
      startsAt
      endsAt
      location
    }
    prescription {
      prescriptionId
      medication
      dosage
      instructions
    }
  }
` as unknown as DocumentNode<MessagePartsFragment, unknown>
export const ConversationPartsFragmentDoc = gql`
  fragment ConversationParts on Conversation {
    id
    kind
    status
    title
    roomType
    unreadCount
    firstSeq
    lastActivityAt
    counterpart {
      ...UserParts
    }
    viewer {
      ...ParticipantParts
      notificationsEnabled
      mutedUntil
    }
    lastMessage {
      ...MessageParts
    }
    activeSession {
      id
      type
    }
  }
` as unknown as DocumentNode<ConversationPartsFragment, unknown>
export const ConversationsDocument = gql`
  query Conversations($filter: ConversationFilter, $first: Int, $after: String) {
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
  ${UserPartsFragmentDoc}
  ${ParticipantPartsFragmentDoc}
  ${MessagePartsFragmentDoc}
  ${AttachmentPartsFragmentDoc}
` as unknown as DocumentNode<ConversationsQuery, ConversationsQueryVariables>
export const ConversationDocument = gql`
  query Conversation($id: ID!) {
    conversation(id: $id) {
      ...ConversationParts
      participants {
        ...ParticipantParts
      }
    }
  }
  ${ConversationPartsFragmentDoc}
  ${UserPartsFragmentDoc}
  ${ParticipantPartsFragmentDoc}
  ${MessagePartsFragmentDoc}
  ${AttachmentPartsFragmentDoc}
` as unknown as DocumentNode<ConversationQuery, ConversationQueryVariables>
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
        hasPreviousPage
        startCursor
      }
      eventCursor @include(if: $firstPage)
    }
  }
  ${MessagePartsFragmentDoc}
  ${UserPartsFragmentDoc}
  ${AttachmentPartsFragmentDoc}
` as unknown as DocumentNode<HistoryQuery, HistoryQueryVariables>
export const ActiveSessionDocument = gql`
  query ActiveSession($conversationId: ID!) {
    conversation(id: $conversationId) {
      id
      activeSession {
        ...SessionParts
      }
    }
  }
  ${SessionPartsFragmentDoc}
  ${UserPartsFragmentDoc}
  ${MoneyPartsFragmentDoc}
` as unknown as DocumentNode<ActiveSessionQuery, ActiveSessionQueryVariables>
export const SessionDocument = gql`
  query Session($id: ID!) {
    session(id: $id) {
      ...SessionParts
    }
  }
  ${SessionPartsFragmentDoc}
  ${UserPartsFragmentDoc}
  ${MoneyPartsFragmentDoc}
` as unknown as DocumentNode<SessionQuery, SessionQueryVariables>
export const AttachmentUrlsDocument = gql`
  query AttachmentUrls($id: ID!) {
    attachment(id: $id) {
      id
      url
      thumbnailUrl
      urlExpiresAt
    }
  }
` as unknown as DocumentNode<AttachmentUrlsQuery, AttachmentUrlsQueryVariables>
export const CreateUploadDocument = gql`
  mutation CreateUpload($input: CreateUploadInput!) {
    createUpload(input: $input) {
      attachment {
        ...AttachmentParts
      }
      uploadUrl
      expiresAt
    }
  }
  ${AttachmentPartsFragmentDoc}
` as unknown as DocumentNode<CreateUploadMutation, CreateUploadMutationVariables>
export const DiscardAttachmentDocument = gql`
  mutation DiscardAttachment($input: DiscardAttachmentInput!) {
    discardAttachment(input: $input) {
      attachmentId
    }
  }
` as unknown as DocumentNode<DiscardAttachmentMutation, DiscardAttachmentMutationVariables>
export const SendMessageDocument = gql`
  mutation SendMessage($input: SendMessageInput!) {
    sendMessage(input: $input) {
      message {
        ...MessageParts
      }
    }
  }
  ${MessagePartsFragmentDoc}
  ${UserPartsFragmentDoc}
  ${AttachmentPartsFragmentDoc}
` as unknown as DocumentNode<SendMessageMutation, SendMessageMutationVariables>
export const EditMessageDocument = gql`
  mutation EditMessage($input: EditMessageInput!) {
    editMessage(input: $input) {
      message {
        ...MessageParts
      }
    }
  }
  ${MessagePartsFragmentDoc}
  ${UserPartsFragmentDoc}
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
  ${UserPartsFragmentDoc}
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
  ${UserPartsFragmentDoc}
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
  ${UserPartsFragmentDoc}
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
  ${UserPartsFragmentDoc}
  ${AttachmentPartsFragmentDoc}
` as unknown as DocumentNode<UnreactMutation, UnreactMutationVariables>
export const FlagEmergencyDocument = gql`
  mutation FlagEmergency($input: EmergencyInput!) {
    flagEmergency(input: $input) {
      message {
        ...MessageParts
      }
    }
  }
  ${MessagePartsFragmentDoc}
  ${UserPartsFragmentDoc}
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
  ${UserPartsFragmentDoc}
  ${AttachmentPartsFragmentDoc}
` as unknown as DocumentNode<AcknowledgeEmergencyMutation, AcknowledgeEmergencyMutationVariables>
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
  ${UserPartsFragmentDoc}
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
  ${UserPartsFragmentDoc}
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
  ${UserPartsFragmentDoc}
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
  ${UserPartsFragmentDoc}
  ${MoneyPartsFragmentDoc}
` as unknown as DocumentNode<EndSessionMutation, EndSessionMutationVariables>
export const ConversationEventsDocument = gql`
  subscription ConversationEvents($conversationId: ID!, $after: String) {
    conversationEvents(conversationId: $conversationId, after: $after) {
      __typename
      cursor
      ... on MessageChanged {
        message {
          ...MessageParts
        }
      }
      ... on ParticipantChanged {
        participant {
          ...ParticipantParts
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
  ${UserPartsFragmentDoc}
  ${AttachmentPartsFragmentDoc}
  ${ParticipantPartsFragmentDoc}
  ${ConversationPartsFragmentDoc}
` as unknown as DocumentNode<ConversationEventsSubscription, ConversationEventsSubscriptionVariables>
export const AttachmentUpdatedDocument = gql`
  subscription AttachmentUpdated($id: ID!) {
    attachmentUpdated(id: $id) {
      ...AttachmentParts
    }
  }
  ${AttachmentPartsFragmentDoc}
` as unknown as DocumentNode<AttachmentUpdatedSubscription, AttachmentUpdatedSubscriptionVariables>
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
  ${UserPartsFragmentDoc}
  ${ParticipantPartsFragmentDoc}
  ${MessagePartsFragmentDoc}
  ${AttachmentPartsFragmentDoc}
` as unknown as DocumentNode<InboxEventsSubscription, InboxEventsSubscriptionVariables>
export const TypingDocument = gql`
  subscription Typing($conversationId: ID!) {
    typing(conversationId: $conversationId) {
      isTyping
      user {
        ...UserParts
      }
    }
  }
  ${UserPartsFragmentDoc}
` as unknown as DocumentNode<TypingSubscription, TypingSubscriptionVariables>
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
export const UnreadCountsDocument = gql`
  subscription UnreadCounts {
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
` as unknown as DocumentNode<UnreadCountsSubscription, UnreadCountsSubscriptionVariables>
export const SessionUpdatedDocument = gql`
  subscription SessionUpdated {
    sessionUpdated {
      ...SessionParts
    }
  }
  ${SessionPartsFragmentDoc}
  ${UserPartsFragmentDoc}
  ${MoneyPartsFragmentDoc}
` as unknown as DocumentNode<SessionUpdatedSubscription, SessionUpdatedSubscriptionVariables>
