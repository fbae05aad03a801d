import type { Person, Role } from '../people/person.js'
import type { Message, MessageKind, SystemEvent } from './message.js'

/** Of `messages m`; what a MessageRow needs. */
export const MESSAGE_COLUMNS = `m.id, m.conversation_id, m.seq, m.rev, m.added_rev, m.sender_id, m.sender_role, m.kind, m.body, m.system_event,
  m.client_message_id, m.session_id, m.appointment_id, m.service_id, m.reply_to_id, m.card, m.created_at, m.edited_at, m.deleted_at`

export interface MessageRow {
  id: string
  conversation_id: string
  seq: number
  rev: number
  added_rev: number
  sender_id: string | null
  /** Where it was asked for. */
  sender?: Person | null
  sender_role: Role | null
  kind: MessageKind
  body: string | null
  system_event: SystemEvent | null
  client_message_id: string
  session_id: string | null
  appointment_id: string | null
  service_id: string | null
  reply_to_id: string | null
  card: Message['card']
  created_at: Date
  edited_at: Date | null
  deleted_at: Date | null
}

export const messageFromRow = (row: MessageRow): Message => ({
  id: row.id,
  conversationId: row.conversation_id,
  seq: row.seq,
  rev: row.rev,
  addedRev: row.added_rev,
  senderId: row.sender_id,
  sender: row.sender ?? null,
  senderRole: row.sender_role,
  kind: row.kind,
  // What is deleted keeps its text in the table alone, for its recovery.
  body: row.deleted_at === null ? row.body : null,
  systemEvent: row.system_event,
  clientMessageId: row.client_message_id,
  sessionId: row.session_id,
  appointmentId: row.appointment_id,
  serviceId: row.service_id,
  replyToId: row.reply_to_id,
  card: row.deleted_at === null ? row.card : null,
  createdAt: row.created_at,
  editedAt: row.edited_at,
  deletedAt: row.deleted_at,
})
