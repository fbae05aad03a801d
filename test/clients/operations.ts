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
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'MESSAGE_DELETED'

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
  /** An image. */
  | 'IMAGE'
  /** A file. */
  | 'FILE'
  /** A voice note. */
  | 'VOICE'
  /** Written by the server: what happened in the conversation. */
  | 'SYSTEM'
  /** An appointment card. */
  | 'APPOINTMENT'
  /** A prescription card. */
  | 'PRESCRIPTION'

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

/** How a consultation is held. */
export type SessionType =
  /** In writing. */
  | 'CHAT'
  /** By voice. */
  | 'VOICE'
  /** By video. */
  | 'VIDEO'

/** Where a consultation stands. */
export type SessionStatus =
  /** It is running. */
  | 'ACTIVE'
  /** Somebody ended it. */
  | 'ENDED'
  /** It ended by itself, after a time without activity. */
  | 'EXPIRED'

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

/** What carries a request. */
export type Transport =
  /** A plain request. */
  | 'HTTP'
  /** An event stream. */
  | 'SSE'
  /** A socket that speaks graphql-transport-ws. */
  | 'WEBSOCKET'

/** With whom. */
export type StartConversationInput = {
  /** The other person. Unknown or inactive: NOT_FOUND; oneself: BAD_USER_INPUT; never related: FORBIDDEN. */
  userId: string
  /** The viewer’s own role. Needed where both could be patient or professional to each other (BAD_USER_INPUT without it); a role that does not fit is FORBIDDEN. */
  asRole?: Role | null | undefined
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
  /** The DIRECT conversation with that user, created if need be. */
  recipientId?: string | null | undefined
  /** The text: 1 to 5,000 characters (Unicode code points) unless the server is configured otherwise; white space around it is removed. A message with a card may do without. Stored as it is, never HTML-escaped: escape it where it is shown. */
  body?: string | null | undefined
  /** What is sent: TEXT, APPOINTMENT or PRESCRIPTION at present; others are BAD_USER_INPUT. */
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
  /** For APPOINTMENT messages, which need it; with another kind it is BAD_USER_INPUT. */
  appointment?: AppointmentCardInput | null | undefined
  /** Professionals only, from others FORBIDDEN. For PRESCRIPTION messages, which need it; with another kind it is BAD_USER_INPUT. */
  prescription?: PrescriptionCardInput | null | undefined
}

/** What a person may send. */
export type SendableKind =
  /** Text. */
  | 'TEXT'
  /** An image. */
  | 'IMAGE'
  /** A file. */
  | 'FILE'
  /** A voice note. */
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
  /** A group, by one of its professionals. A DIRECT conversation will do as well. */
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
  sender: { __typename: 'User'; id: string; displayName: string } | null
}

export type ConversationPartsFragment = {
  __typename: 'Conversation'
  id: string
  status: ConversationStatus
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
    sender: { __typename: 'User'; id: string; displayName: string } | null
  } | null
}

export type SessionPartsFragment = {
  __typename: 'Session'
  id: string
  type: SessionType
  status: SessionStatus
  startedAt: string
  endedAt: string | null
  professional: { __typename: 'User'; id: string; displayName: string }
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
        status: ConversationStatus
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
          sender: { __typename: 'User'; id: string; displayName: string } | null
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
        sender: { __typename: 'User'; id: string; displayName: string } | null
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
    conversations: Array<{ __typename: 'Conversation'; id: string; unreadCount: number }>
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
      status: ConversationStatus
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
        sender: { __typename: 'User'; id: string; displayName: string } | null
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
      sender: { __typename: 'User'; id: string; displayName: string } | null
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
      professional: { __typename: 'User'; id: string; displayName: string }
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
      professional: { __typename: 'User'; id: string; displayName: string }
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
    sender: { __typename: 'User'; id: string; displayName: string } | null
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
          sender: { __typename: 'User'; id: string; displayName: string } | null
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
          status: ConversationStatus
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
            sender: { __typename: 'User'; id: string; displayName: string } | null
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
          status: ConversationStatus
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
            sender: { __typename: 'User'; id: string; displayName: string } | null
          } | null
        }
      }
    | { __typename: 'ConversationRemoved'; conversationId: string }
}

export type UnreadCountsChangedSubscriptionVariables = Exact<{ [key: string]: never }>

export type UnreadCountsChangedSubscription = {
  unreadCountsChanged: {
    __typename: 'UnreadCounts'
    id: string
    total: number
    conversations: Array<{ __typename: 'Conversation'; id: string; unreadCount: number }>
  }
}

export type TypingSubscriptionVariables = Exact<{
  conversationId: string
}>

export type TypingSubscription = {
  typing: { __typename: 'Typing'; isTyping: boolean; user: { __typename: 'User'; id: string; displayName: string } }
}

export type PresenceSubscriptionVariables = Exact<{
  userIds?: Array<string> | string | null | undefined
}>

export type PresenceSubscription = {
  presence: { __typename: 'Presence'; id: string; online: boolean; status: PresenceStatus; lastSeenAt: string | null }
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
    professional: { __typename: 'User'; id: string; displayName: string }
  }
}

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
  }
` as unknown as DocumentNode<MessagePartsFragment, unknown>
export const ConversationPartsFragmentDoc = gql`
  fragment ConversationParts on Conversation {
    id
    status
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
export const SessionPartsFragmentDoc = gql`
  fragment SessionParts on Session {
    id
    type
    status
    startedAt
    endedAt
    professional {
      id
      displayName
    }
  }
` as unknown as DocumentNode<SessionPartsFragment, unknown>
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
` as unknown as DocumentNode<HistoryQuery, HistoryQueryVariables>
export const UnreadCountsDocument = gql`
  query UnreadCounts {
    unreadCounts {
      id
      total
      conversations {
        id
        unreadCount
      }
    }
  }
` as unknown as DocumentNode<UnreadCountsQuery, UnreadCountsQueryVariables>
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
` as unknown as DocumentNode<CreateSessionMutation, CreateSessionMutationVariables>
export const EndSessionDocument = gql`
  mutation EndSession($input: EndSessionInput!) {
    endSession(input: $input) {
      session {
        ...SessionParts
      }
    }
  }
  ${SessionPartsFragmentDoc}
` as unknown as DocumentNode<EndSessionMutation, EndSessionMutationVariables>
export const MessageAddedDocument = gql`
  subscription MessageAdded($conversationId: ID!, $after: String) {
    messageAdded(conversationId: $conversationId, after: $after) {
      ...MessageParts
    }
  }
  ${MessagePartsFragmentDoc}
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
  ${ConversationPartsFragmentDoc}
` as unknown as DocumentNode<ConversationEventsSubscription, ConversationEventsSubscriptionVariables>
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
` as unknown as DocumentNode<InboxEventsSubscription, InboxEventsSubscriptionVariables>
export const UnreadCountsChangedDocument = gql`
  subscription UnreadCountsChanged {
    unreadCountsChanged {
      id
      total
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
export const PresenceDocument = gql`
  subscription Presence($userIds: [ID!]) {
    presence(userIds: $userIds) {
      id
      online
      status
      lastSeenAt
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
` as unknown as DocumentNode<SessionUpdatedSubscription, SessionUpdatedSubscriptionVariables>
