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

/** With whom. */
export type StartConversationInput = {
  /** The other person. Unknown or inactive: NOT_FOUND; oneself: BAD_USER_INPUT; never related: FORBIDDEN. */
  userId: string
  /** The viewer’s own role. Needed where both could be patient or professional to each other (BAD_USER_INPUT without it); a role that does not fit is FORBIDDEN. */
  asRole?: Role | null | undefined
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

/** What others shall see of the viewer. */
export type SetPresenceInput = {
  /** Shown while the viewer is online; kept across connections. */
  status: SettablePresence
}

/** What a person may say of themselves. */
export type SettablePresence =
  /** Reachable. */
  | 'AVAILABLE'
  /** Not to be disturbed. */
  | 'BUSY'
  /** Not at the device. */
  | 'AWAY'

/** Whether new sessions may be opened. */
export type SetAcceptingInput = {
  /** False: `createSession` is PROFESSIONAL_UNAVAILABLE. What runs goes on. */
  accepting: boolean
}

export type AccountQueryVariables = Exact<{ [key: string]: never }>

export type AccountQuery = {
  me: {
    __typename: 'User'
    id: string
    presence: { __typename: 'Presence'; id: string; online: boolean; status: PresenceStatus }
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
}

export type WalletQueryVariables = Exact<{
  first?: number | null | undefined
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
        cursor: string
        node: {
          __typename: 'Transaction'
          id: string
          kind: TransactionKind
          description: string
          createdAt: string
          amount: { __typename: 'Money'; amountMinor: number; currency: string }
          balanceAfter: { __typename: 'Money'; amountMinor: number; currency: string }
        }
      }>
      pageInfo: { __typename: 'PageInfo'; hasNextPage: boolean; endCursor: string | null }
    }
  }
}

export type WalletChangedSubscriptionVariables = Exact<{ [key: string]: never }>

export type WalletChangedSubscription = {
  walletChanged: {
    __typename: 'Wallet'
    id: string
    balances: Array<{ __typename: 'Money'; amountMinor: number; currency: string }>
  }
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
      cursor: string
      node: {
        __typename: 'AccessGrant'
        id: string
        reason: string
        grantedAt: string
        expiresAt: string
        endedAt: string | null
        admin: { __typename: 'User'; id: string; displayName: string }
      }
    }>
    pageInfo: { __typename: 'PageInfo'; hasNextPage: boolean; endCursor: string | null }
  }
}

export type SetPresenceMutationVariables = Exact<{
  input: SetPresenceInput
}>

export type SetPresenceMutation = {
  setPresence: {
    __typename: 'SetPresencePayload'
    presence: { __typename: 'Presence'; id: string; online: boolean; status: PresenceStatus }
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

export type GrantFieldsFragment = {
  __typename: 'AccessGrant'
  id: string
  reason: string
  grantedAt: string
  expiresAt: string
  endedAt: string | null
  admin: { __typename: 'User'; id: string; displayName: string }
  subject: { __typename: 'User'; id: string; displayName: string }
}

export type AuditEventsQueryVariables = Exact<{
  filter?: AuditFilter | null | undefined
  after?: string | null | undefined
}>

export type AuditEventsQuery = {
  auditLog: {
    __typename: 'AuditEventConnection'
    edges: Array<{
      __typename: 'AuditEventEdge'
      cursor: string
      node: {
        __typename: 'AuditEvent'
        id: string
        sequence: number
        at: string
        action: string
        outcome: AuditOutcome
        conversationId: string | null
        messageId: string | null
        sessionId: string | null
        requestId: string | null
        actor: { __typename: 'User'; id: string; displayName: string } | null
        subjectUser: { __typename: 'User'; id: string; displayName: string } | null
        accessGrant: {
          __typename: 'AccessGrant'
          id: string
          reason: string
          grantedAt: string
          expiresAt: string
          endedAt: string | null
          admin: { __typename: 'User'; id: string; displayName: string }
          subject: { __typename: 'User'; id: string; displayName: string }
        } | null
      }
    }>
    pageInfo: { __typename: 'PageInfo'; hasNextPage: boolean; endCursor: string | null }
  }
}

export type RunningGrantsQueryVariables = Exact<{
  adminId: string
}>

export type RunningGrantsQuery = {
  accessGrants: {
    __typename: 'AccessGrantConnection'
    edges: Array<{
      __typename: 'AccessGrantEdge'
      cursor: string
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
  }
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

export type SubjectHistoryQueryVariables = Exact<{
  userId: string
  after?: string | null | undefined
}>

export type SubjectHistoryQuery = {
  userHistory: {
    __typename: 'MessageConnection'
    edges: Array<{
      __typename: 'MessageEdge'
      cursor: string
      node: {
        __typename: 'Message'
        id: string
        createdAt: string
        conversation: {
          __typename: 'Conversation'
          id: string
          kind: ConversationKind
          title: string | null
          participants: Array<{
            __typename: 'Participant'
            id: string
            user: { __typename: 'User'; id: string; displayName: string }
          }>
        }
      }
    }>
    pageInfo: { __typename: 'PageInfo'; hasNextPage: boolean; endCursor: string | null }
  } | null
}

export type OpenEmergenciesQueryVariables = Exact<{ [key: string]: never }>

export type OpenEmergenciesQuery = {
  openEmergencies: {
    __typename: 'MessageConnection'
    edges: Array<{
      __typename: 'MessageEdge'
      cursor: string
      node: {
        __typename: 'Message'
        id: string
        body: string | null
        emergency: {
          __typename: 'Emergency'
          id: string
          flaggedAt: string
          escalatedAt: string | null
          flaggedBy: { __typename: 'User'; id: string; displayName: string }
        } | null
        conversation: {
          __typename: 'Conversation'
          id: string
          viewer: { __typename: 'Participant'; id: string } | null
        }
      }
    }>
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

export type RunningCallsQueryVariables = Exact<{ [key: string]: never }>

export type RunningCallsQuery = {
  sessions: {
    __typename: 'SessionConnection'
    edges: Array<{
      __typename: 'SessionEdge'
      cursor: string
      node: {
        __typename: 'Session'
        id: string
        type: SessionType
        conversation: {
          __typename: 'Conversation'
          id: string
          title: string | null
          viewer: { __typename: 'Participant'; role: Role } | null
        }
        patient: { __typename: 'User'; id: string; displayName: string } | null
        professional: { __typename: 'User'; id: string; displayName: string }
        rate: { __typename: 'Money'; amountMinor: number; currency: string } | null
        participants: Array<{
          __typename: 'SessionParticipant'
          leftAt: string | null
          role: Role
          user: { __typename: 'User'; id: string; displayName: string }
        }>
      }
    }>
    pageInfo: { __typename: 'PageInfo'; hasNextPage: boolean; endCursor: string | null }
  }
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
    kind: SignalKind
    payload: string | null
    from: { __typename: 'User'; id: string; displayName: string }
  }
}

export type PersonPartsFragment = { __typename: 'User'; id: string; displayName: string; roles: Array<Role> }

export type SearchMessagesQueryVariables = Exact<{
  query: string
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
          createdAt: string
          sender: { __typename: 'User'; id: string; displayName: string; roles: Array<Role> } | null
          conversation: {
            __typename: 'Conversation'
            id: string
            kind: ConversationKind
            title: string | null
            counterpart: { __typename: 'User'; id: string; displayName: string; roles: Array<Role> } | null
          }
        }
      }
    }>
    pageInfo: { __typename: 'PageInfo'; hasNextPage: boolean; endCursor: string | null }
  }
}

export type MessageUpdatedSubscriptionVariables = Exact<{ [key: string]: never }>

export type MessageUpdatedSubscription = { messageUpdated: { __typename: 'Message'; id: string } }

export type ContactsQueryVariables = Exact<{
  search?: string | null | undefined
  first?: number | null | undefined
  after?: string | null | undefined
}>

export type ContactsQuery = {
  contacts: {
    __typename: 'UserConnection'
    edges: Array<{
      __typename: 'UserEdge'
      cursor: string
      node: {
        __typename: 'User'
        id: string
        displayName: string
        roles: Array<Role>
        presence: {
          __typename: 'Presence'
          id: string
          online: boolean
          status: PresenceStatus
          lastSeenAt: string | null
          acceptingSessions: boolean | null
        }
        professional: { __typename: 'ProfessionalProfile'; id: string; specialty: string | null } | null
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
    conversation: { __typename: 'Conversation'; id: string }
  } | null
}

export type StartSupportMutationVariables = Exact<{
  input: StartSupportInput
}>

export type StartSupportMutation = {
  startSupportConversation: {
    __typename: 'StartConversationPayload'
    conversation: { __typename: 'Conversation'; id: string }
  } | null
}

export type CreateGroupMutationVariables = Exact<{
  input: CreateGroupInput
}>

export type CreateGroupMutation = {
  createGroup: { __typename: 'ConversationPayload'; conversation: { __typename: 'Conversation'; id: string } } | null
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

export type SetConversationStatusMutationVariables = Exact<{
  input: SetConversationStatusInput
}>

export type SetConversationStatusMutation = {
  setConversationStatus: {
    __typename: 'ConversationPayload'
    conversation: { __typename: 'Conversation'; id: string; status: ConversationStatus }
  } | null
}

export type LeaveConversationMutationVariables = Exact<{
  input: ParticipantsInput
}>

export type LeaveConversationMutation = {
  removeParticipants: {
    __typename: 'ConversationPayload'
    conversation: { __typename: 'Conversation'; id: string }
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
  conversation: { __typename: 'Conversation'; id: string } | null
  message: { __typename: 'Message'; id: string } | null
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
        conversation: { __typename: 'Conversation'; id: string } | null
        message: { __typename: 'Message'; id: string } | null
      }
    }>
    pageInfo: { __typename: 'PageInfo'; hasNextPage: boolean; endCursor: string | null }
  }
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
    conversation: { __typename: 'Conversation'; id: string } | null
    message: { __typename: 'Message'; id: string } | null
  }
}

export type MarkNotificationsReadMutationVariables = Exact<{
  input: MarkNotificationsReadInput
}>

export type MarkNotificationsReadMutation = {
  markNotificationsRead: {
    __typename: 'MarkNotificationsReadPayload'
    notifications: Array<{ __typename: 'Notification'; id: string; readAt: string | null }>
  } | null
}

export type SessionOfferQueryVariables = Exact<{
  conversationId: string
}>

export type SessionOfferQuery = {
  conversation: {
    __typename: 'Conversation'
    id: string
    kind: ConversationKind
    viewer: { __typename: 'Participant'; id: string; role: Role; canSend: boolean } | null
    participants: Array<{
      __typename: 'Participant'
      id: string
      role: Role
      user: {
        __typename: 'User'
        id: string
        displayName: string
        professional: {
          __typename: 'ProfessionalProfile'
          id: string
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
  } | null
}

export type SessionHistoryQueryVariables = Exact<{
  conversationId: string
  after?: string | null | undefined
}>

export type SessionHistoryQuery = {
  conversation: {
    __typename: 'Conversation'
    id: string
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
          durationSeconds: number
          endReason: string | null
          cost: { __typename: 'Money'; amountMinor: number; currency: string } | null
          viewerCost: { __typename: 'Money'; amountMinor: number; currency: string } | null
          refunded: { __typename: 'Money'; amountMinor: number; currency: string } | null
        }
      }>
      pageInfo: { __typename: 'PageInfo'; hasNextPage: boolean; endCursor: string | null }
    }
  } | null
}

export const GrantFieldsFragmentDoc = gql`
  fragment GrantFields on AccessGrant {
    id
    reason
    grantedAt
    expiresAt
    endedAt
    admin {
      id
      displayName
    }
    subject {
      id
      displayName
    }
  }
` as unknown as DocumentNode<GrantFieldsFragment, unknown>
export const PersonPartsFragmentDoc = gql`
  fragment PersonParts on User {
    id
    displayName
    roles
  }
` as unknown as DocumentNode<PersonPartsFragment, unknown>
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
    }
    message {
      id
    }
  }
` as unknown as DocumentNode<NotificationPartsFragment, unknown>
export const AccountDocument = gql`
  query Account {
    me {
      id
      presence {
        id
        online
        status
      }
      professional {
        id
        specialty
        acceptingSessions
        sessionTypes
        rates {
          type
          perMinute {
            amountMinor
            currency
          }
        }
      }
    }
  }
` as unknown as DocumentNode<AccountQuery, AccountQueryVariables>
export const WalletDocument = gql`
  query Wallet($first: Int, $after: String) {
    wallet {
      id
      balances {
        amountMinor
        currency
      }
      transactions(first: $first, after: $after) {
        edges {
          cursor
          node {
            id
            kind
            description
            createdAt
            amount {
              amountMinor
              currency
            }
            balanceAfter {
              amountMinor
              currency
            }
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
` as unknown as DocumentNode<WalletQuery, WalletQueryVariables>
export const WalletChangedDocument = gql`
  subscription WalletChanged {
    walletChanged {
      id
      balances {
        amountMinor
        currency
      }
    }
  }
` as unknown as DocumentNode<WalletChangedSubscription, WalletChangedSubscriptionVariables>
export const AccessReportDocument = gql`
  query AccessReport($first: Int, $after: String) {
    accessReport(first: $first, after: $after) {
      edges {
        cursor
        node {
          id
          reason
          grantedAt
          expiresAt
          endedAt
          admin {
            id
            displayName
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
` as unknown as DocumentNode<AccessReportQuery, AccessReportQueryVariables>
export const SetPresenceDocument = gql`
  mutation SetPresence($input: SetPresenceInput!) {
    setPresence(input: $input) {
      presence {
        id
        online
        status
      }
    }
  }
` as unknown as DocumentNode<SetPresenceMutation, SetPresenceMutationVariables>
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
export const AuditEventsDocument = gql`
  query AuditEvents($filter: AuditFilter, $after: String) {
    auditLog(filter: $filter, first: 50, after: $after) {
      edges {
        cursor
        node {
          id
          sequence
          at
          action
          outcome
          conversationId
          messageId
          sessionId
          requestId
          actor {
            id
            displayName
          }
          subjectUser {
            id
            displayName
          }
          accessGrant {
            ...GrantFields
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
  ${GrantFieldsFragmentDoc}
` as unknown as DocumentNode<AuditEventsQuery, AuditEventsQueryVariables>
export const RunningGrantsDocument = gql`
  query RunningGrants($adminId: ID!) {
    accessGrants(adminId: $adminId, active: true, first: 50) {
      edges {
        cursor
        node {
          ...GrantFields
        }
      }
    }
  }
  ${GrantFieldsFragmentDoc}
` as unknown as DocumentNode<RunningGrantsQuery, RunningGrantsQueryVariables>
export const RequestAccessDocument = gql`
  mutation RequestAccess($input: RequestAccessInput!) {
    requestAccess(input: $input) {
      accessGrant {
        ...GrantFields
      }
    }
  }
  ${GrantFieldsFragmentDoc}
` as unknown as DocumentNode<RequestAccessMutation, RequestAccessMutationVariables>
export const EndAccessDocument = gql`
  mutation EndAccess($input: EndAccessInput!) {
    endAccess(input: $input) {
      accessGrant {
        ...GrantFields
      }
    }
  }
  ${GrantFieldsFragmentDoc}
` as unknown as DocumentNode<EndAccessMutation, EndAccessMutationVariables>
export const SubjectHistoryDocument = gql`
  query SubjectHistory($userId: ID!, $after: String) {
    userHistory(userId: $userId, first: 50, after: $after) {
      edges {
        cursor
        node {
          id
          createdAt
          conversation {
            id
            kind
            title
            participants {
              id
              user {
                id
                displayName
              }
            }
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
` as unknown as DocumentNode<SubjectHistoryQuery, SubjectHistoryQueryVariables>
export const OpenEmergenciesDocument = gql`
  query OpenEmergencies {
    openEmergencies(first: 100) {
      edges {
        cursor
        node {
          id
          body
          emergency {
            id
            flaggedAt
            escalatedAt
            flaggedBy {
              id
              displayName
            }
          }
          conversation {
            id
            viewer {
              id
            }
          }
        }
      }
    }
  }
` as unknown as DocumentNode<OpenEmergenciesQuery, OpenEmergenciesQueryVariables>
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
export const RunningCallsDocument = gql`
  query RunningCalls {
    sessions(filter: { statuses: [ACTIVE], types: [VOICE, VIDEO] }, first: 20) {
      edges {
        cursor
        node {
          id
          type
          conversation {
            id
            title
            viewer {
              role
            }
          }
          patient {
            id
            displayName
          }
          professional {
            id
            displayName
          }
          rate {
            amountMinor
            currency
          }
          participants {
            leftAt
            role
            user {
              id
              displayName
            }
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
` as unknown as DocumentNode<RunningCallsQuery, RunningCallsQueryVariables>
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
      kind
      payload
      from {
        id
        displayName
      }
    }
  }
` as unknown as DocumentNode<CallSignalSubscription, CallSignalSubscriptionVariables>
export const SearchMessagesDocument = gql`
  query SearchMessages($query: String!, $first: Int, $after: String) {
    searchMessages(query: $query, first: $first, after: $after) {
      edges {
        cursor
        node {
          excerpt {
            text
            match
          }
          message {
            id
            conversationId
            createdAt
            sender {
              ...PersonParts
            }
            conversation {
              id
              kind
              title
              counterpart {
                ...PersonParts
              }
            }
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
  ${PersonPartsFragmentDoc}
` as unknown as DocumentNode<SearchMessagesQuery, SearchMessagesQueryVariables>
export const MessageUpdatedDocument = gql`
  subscription MessageUpdated {
    messageUpdated {
      id
    }
  }
` as unknown as DocumentNode<MessageUpdatedSubscription, MessageUpdatedSubscriptionVariables>
export const ContactsDocument = gql`
  query Contacts($search: String, $first: Int, $after: String) {
    contacts(search: $search, first: $first, after: $after) {
      edges {
        cursor
        node {
          ...PersonParts
          presence {
            id
            online
            status
            lastSeenAt
            acceptingSessions
          }
          professional {
            id
            specialty
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
  ${PersonPartsFragmentDoc}
` as unknown as DocumentNode<ContactsQuery, ContactsQueryVariables>
export const StartConversationDocument = gql`
  mutation StartConversation($input: StartConversationInput!) {
    startConversation(input: $input) {
      conversation {
        id
      }
    }
  }
` as unknown as DocumentNode<StartConversationMutation, StartConversationMutationVariables>
export const StartSupportDocument = gql`
  mutation StartSupport($input: StartSupportInput!) {
    startSupportConversation(input: $input) {
      conversation {
        id
      }
    }
  }
` as unknown as DocumentNode<StartSupportMutation, StartSupportMutationVariables>
export const CreateGroupDocument = gql`
  mutation CreateGroup($input: CreateGroupInput!) {
    createGroup(input: $input) {
      conversation {
        id
      }
    }
  }
` as unknown as DocumentNode<CreateGroupMutation, CreateGroupMutationVariables>
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
export const SetConversationStatusDocument = gql`
  mutation SetConversationStatus($input: SetConversationStatusInput!) {
    setConversationStatus(input: $input) {
      conversation {
        id
        status
      }
    }
  }
` as unknown as DocumentNode<SetConversationStatusMutation, SetConversationStatusMutationVariables>
export const LeaveConversationDocument = gql`
  mutation LeaveConversation($input: ParticipantsInput!) {
    removeParticipants(input: $input) {
      conversation {
        id
      }
    }
  }
` as unknown as DocumentNode<LeaveConversationMutation, LeaveConversationMutationVariables>
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
export const NotificationAddedDocument = gql`
  subscription NotificationAdded {
    notificationAdded {
      ...NotificationParts
    }
  }
  ${NotificationPartsFragmentDoc}
` as unknown as DocumentNode<NotificationAddedSubscription, NotificationAddedSubscriptionVariables>
export const MarkNotificationsReadDocument = gql`
  mutation MarkNotificationsRead($input: MarkNotificationsReadInput!) {
    markNotificationsRead(input: $input) {
      notifications {
        id
        readAt
      }
    }
  }
` as unknown as DocumentNode<MarkNotificationsReadMutation, MarkNotificationsReadMutationVariables>
export const SessionOfferDocument = gql`
  query SessionOffer($conversationId: ID!) {
    conversation(id: $conversationId) {
      id
      kind
      viewer {
        id
        role
        canSend
      }
      participants {
        id
        role
        user {
          id
          displayName
          professional {
            id
            acceptingSessions
            sessionTypes
            rates {
              type
              perMinute {
                amountMinor
                currency
              }
            }
          }
        }
      }
    }
  }
` as unknown as DocumentNode<SessionOfferQuery, SessionOfferQueryVariables>
export const SessionHistoryDocument = gql`
  query SessionHistory($conversationId: ID!, $after: String) {
    conversation(id: $conversationId) {
      id
      sessions(first: 20, after: $after) {
        edges {
          cursor
          node {
            id
            type
            status
            startedAt
            durationSeconds
            endReason
            cost {
              amountMinor
              currency
            }
            viewerCost {
              amountMinor
              currency
            }
            refunded {
              amountMinor
              currency
            }
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
` as unknown as DocumentNode<SessionHistoryQuery, SessionHistoryQueryVariables>
