import type { AttachmentRejection, AttachmentStatus } from '../attachments/attachment.js'
import type { TransactionKind } from '../billing/ledger.js'
import type { AuditOutcome } from '../audit-trail.js'
import { registerEnumType } from 'type-graphql'
import type { TransportKind } from '../connections/connection.js'
import type { SignalKind } from '../calls/call.js'
import type { ConversationKind, ConversationStatus, RoomType } from '../conversations/conversation.js'
import type { Direction, MessageKind, SystemEvent } from '../messages/message.js'
import type { DeliveryStatus } from '../messages/receipt.js'
import type { NotificationKind } from '../notifications/notification.js'
import type { Role } from '../people/person.js'
import type { SessionStatus, SessionType } from '../sessions/session.js'

/** The keys with their descriptions, in the order of the schema. */
const define = <Name extends string>(name: string, description: string, values: Record<Name, string>) => {
  const names = Object.keys(values) as Name[]
  const object = Object.fromEntries(names.map(value => [value, value])) as { [N in Name]: N }
  registerEnumType(object, {
    name,
    description,
    valuesConfig: Object.fromEntries(names.map(value => [value, { description: values[value] }])) as Record<
      Name,
      { description: string }
    >,
  })
  return object
}

export const RoleEnum = define<Role>('Role', 'What a person may be. One person may be several.', {
  PATIENT: 'Someone who seeks care.',
  PROFESSIONAL: 'Someone who gives care.',
  ADMIN: 'Someone who runs the host system; takes part in no DIRECT conversation.',
})

export const PresenceStatusEnum = define('PresenceStatus', 'What others see of a person.', {
  AVAILABLE: 'Online and reachable.',
  BUSY: 'Online, and not to be disturbed.',
  AWAY: 'Online, and not at the device.',
  OFFLINE: 'No connection is alive.',
})

export const SettablePresenceEnum = define('SettablePresence', 'What a person may say of themselves.', {
  AVAILABLE: 'Reachable.',
  BUSY: 'Not to be disturbed.',
  AWAY: 'Not at the device.',
})

export const ConversationKindEnum = define<ConversationKind>('ConversationKind', 'What kind of conversation it is.', {
  DIRECT: 'One patient and one professional; there is one for each pair.',
  GROUP: 'Several people.',
  SUPPORT: 'A user and the support desk.',
})

export const ConversationStatusEnum = define<ConversationStatus>(
  'ConversationStatus',
  'What may be done in a conversation.',
  {
    ACTIVE: 'Open.',
    ARCHIVED: 'Put away; a new message brings it back.',
    BLOCKED: 'Takes no new messages.',
    DELETED: 'Removed from the lists; takes no new messages.',
  },
)

export const AuditOutcomeEnum = define<AuditOutcome>('AuditOutcome', 'How what was asked for ended.', {
  ALLOWED: 'It was done.',
  DENIED: 'It was refused.',
})

export const RoomTypeEnum = define<RoomType>('RoomType', 'What a conversation is for.', {
  THERAPY: 'Therapy.',
  CONSULTATION: 'A consultation.',
  EMERGENCY: 'What cannot wait.',
  GENERAL: 'Anything else.',
})

export const MessageKindEnum = define<MessageKind>('MessageKind', 'What a message holds.', {
  TEXT: 'Text.',
  IMAGE: 'Images, with a text or without.',
  FILE: 'Files, with a text or without.',
  VOICE: 'A voice note, with a text or without.',
  SYSTEM: 'Written by the server: what happened in the conversation.',
  APPOINTMENT: 'An appointment card.',
  PRESCRIPTION: 'A prescription card.',
})

export const SystemEventEnum = define<SystemEvent>(
  'SystemEvent',
  'What the server itself tells of in a conversation.',
  {
    SESSION_STARTED: 'Its `session` has started.',
    SESSION_ENDED: 'Its `session` has ended.',
    SESSION_EXPIRED: 'Its `session` ended by itself, after a time without activity.',
  },
)

export const SendableKindEnum = define<Exclude<MessageKind, 'SYSTEM'>>('SendableKind', 'What a person may send.', {
  TEXT: 'Text.',
  IMAGE: 'Images, with a text or without.',
  FILE: 'Files, with a text or without.',
  VOICE: 'A voice note, with a text or without.',
  APPOINTMENT: 'An appointment card.',
  PRESCRIPTION: 'A prescription card.',
})

export const DirectionEnum = define<Direction>('Direction', 'Which of a user’s messages.', {
  INBOUND: 'What others sent, without SYSTEM messages.',
  OUTBOUND: 'What the user sent.',
  BOTH: 'Both, and SYSTEM messages.',
})

export const DeliveryStatusEnum = define<DeliveryStatus>('DeliveryStatus', 'How far a message has come.', {
  SENT: 'It is stored.',
  DELIVERED: 'It has arrived at a device.',
  READ: 'It was read.',
})

export const SessionTypeEnum = define<SessionType>('SessionType', 'How a consultation is held.', {
  CHAT: 'In writing.',
  VOICE: 'By voice.',
  VIDEO: 'By video.',
})

export const TransactionKindEnum = define<TransactionKind>('TransactionKind', 'Why money moved.', {
  TOP_UP: 'It came in from outside.',
  SESSION_CHARGE: 'A patient paid for a session.',
  SESSION_EARNING: 'A professional was paid for a session.',
  REFUND: 'A session’s charge, or a part of it, was given back.',
})

export const SessionStatusEnum = define<SessionStatus>('SessionStatus', 'Where a consultation stands.', {
  ACTIVE: 'It is running.',
  ENDED: 'Somebody ended it, or something without which it does not go on: `endReason` says which.',
  EXPIRED: 'It ended by itself, after a time without activity.',
})

export const SignalKindEnum = define<SignalKind>('SignalKind', 'What one browser tells another in a call.', {
  OFFER: 'A description of media that the sender offers: SDP.',
  ANSWER: 'The answer to an OFFER: SDP.',
  CANDIDATE: 'A way to reach the sender: an ICE candidate.',
  HANGUP: 'The sender leaves the call; the session goes on.',
})

export const ServiceHealthEnum = define('ServiceHealth', 'How the service does.', {
  OK: 'Everything answers.',
  DEGRADED: 'The database or the event bus does not answer.',
})

export const TransportEnum = define<TransportKind>('Transport', 'What carries a request.', {
  HTTP: 'A plain request.',
  SSE: 'An event stream.',
  WEBSOCKET: 'A socket that speaks graphql-transport-ws.',
})

export const MessageChangeEnum = define('MessageChange', 'What happened to a message.', {
  ADDED: 'It is new.',
  UPDATED: 'It was edited, deleted or otherwise changed.',
})

export const NotificationKindEnum = define<NotificationKind>('NotificationKind', 'What a notification tells of.', {
  MESSAGE:
    'Something is unread in a conversation: one for each conversation until it is read. Not of an emergency, which has its own.',
  SESSION_STARTED: 'A session has started.',
  SESSION_ENDED: 'A session has ended or expired.',
  SESSION_REFUNDED:
    'The charge of a session, or a part of it, was given back: to who paid, and to the professional who had earned it.',
  EMERGENCY:
    'A message was flagged as an emergency. It stays unread until it is put away, or the emergency acknowledged by the viewer.',
  EMERGENCY_ESCALATED: 'Nobody acknowledged an emergency in time; to all admins.',
  ADDED_TO_CONVERSATION: 'Somebody brought the viewer into a group.',
  ACCESS_GRANTED: 'An admin may read the viewer’s messages for some time.',
  SYSTEM: 'From the host system; its title says it.',
})

export const AttachmentStatusEnum = define<AttachmentStatus>('AttachmentStatus', 'How far a file has come.', {
  UPLOADING: 'Its bytes are not all there.',
  PROCESSING: 'Its bytes are there, and are being looked at.',
  READY: 'It can be sent, and read by who may.',
  REJECTED: 'It was refused and is gone; `rejection` says why.',
})

export const AttachmentRejectionEnum = define<AttachmentRejection>('AttachmentRejection', 'Why a file was refused.', {
  TYPE_NOT_ALLOWED: 'Files of this type are not taken.',
  TYPE_MISMATCH: 'It is not of the type that it was said to be.',
  TOO_LARGE: 'It holds more than is taken: so many pixels, for instance.',
  MALFORMED: 'It cannot be read.',
  MALWARE: 'The scanner found something in it.',
})
