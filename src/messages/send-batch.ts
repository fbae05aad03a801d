import { createHmac, randomUUID } from 'node:crypto'
import type { Person, Role } from '../people/person.js'
import type { Message, SendableKind } from './message.js'

/** A message on its way to the group commit. */
export interface OutgoingMessage {
  id: string
  conversationId: string
  senderId: string
  asRole: Role | null
  key: string
  kind: SendableKind
  body: string | null
  contentHash: string
  appointmentId: string | null
  serviceId: string | null
  replyToId: string | null
  card: Message['card']
  /** In the order in which they are shown. */
  attachmentIds: string[]
  emergency: boolean
  requestId: string
}

export type SendRefusal =
  | 'NOT_FOUND'
  | 'INACTIVE'
  | 'WRONG_ROLE'
  | 'KEY_REUSED'
  | 'CARE_ENDED'
  | 'NOT_ACTIVE'
  | 'MAY_NOT_SEND'
  | 'NOT_PROFESSIONAL'
  | 'NO_TARGET'
  | 'TARGET_DELETED'
  | 'NO_ATTACHMENT'
  | 'ATTACHMENT_SENT'
  | 'ATTACHMENT_REJECTED'
  | 'ATTACHMENT_NOT_READY'
  | 'NOT_AN_IMAGE'
  | 'NOT_A_SOUND'

export interface SendRow {
  o_outcome: 'STORED' | 'REPEATED' | 'BUSY' | SendRefusal
  o_id: string | null
  o_seq: number
  o_rev: number
  o_at: Date
  o_role: Role
  o_session: string | null
  /** Of what is STORED. */
  o_sender: Person | null
}

export interface NewMessage extends Omit<OutgoingMessage, 'id' | 'key' | 'contentHash'> {
  clientMessageId: string | null
}

/** What makes a repetition the same. Without what only some messages have, it is as it was before there was such a thing. */
const contentOf = (message: NewMessage) => {
  const { kind, body, appointmentId, serviceId, replyToId, emergency, card, attachmentIds } = message
  const files = attachmentIds.length > 0 ? [attachmentIds] : []
  const more = replyToId !== null || emergency || card !== null || files.length > 0
  return JSON.stringify([kind, body, appointmentId, serviceId, ...(more ? [replyToId, emergency, card, ...files] : [])])
}

/** The key is never null, so that repeating a batch whose answer was lost is safe. */
export const prepareMessage = (message: NewMessage, hashKey: string): OutgoingMessage => {
  const { clientMessageId, ...rest } = message
  const id = randomUUID()
  const contentHash = createHmac('sha256', hashKey).update(contentOf(message)).digest('base64url')
  return { ...rest, id, key: clientMessageId ?? id, contentHash }
}

export const SEND_SQL =
  'select o_outcome, o_id, o_seq, o_rev, o_at, o_role, o_session, o_sender from send_messages($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)'

const hasAttachments = ({ attachmentIds }: OutgoingMessage) => attachmentIds.length > 0

export const sendParameters = (items: OutgoingMessage[], wait: boolean): unknown[] => [
  wait,
  items.map(item => item.id),
  items.map(item => item.conversationId),
  items.map(item => item.senderId),
  items.map(item => item.asRole),
  items.map(item => item.key),
  items.map(item => item.body),
  items.map(item => item.contentHash),
  items.map(item => item.appointmentId),
  items.map(item => item.serviceId),
  items.map(item => item.kind),
  items.map(item => item.replyToId),
  items.map(item => item.card && JSON.stringify(item.card)),
  items.map(item => item.emergency),
  items.map(item => item.requestId),
  items.some(hasAttachments)
    ? items.map(item => (hasAttachments(item) ? `{${item.attachmentIds.join()}}` : null))
    : null,
]

export const storedMessage = (item: OutgoingMessage, row: SendRow): Message => ({
  id: item.id,
  conversationId: item.conversationId,
  seq: row.o_seq,
  rev: row.o_rev,
  addedRev: row.o_rev,
  senderId: item.senderId,
  sender: row.o_sender,
  senderRole: row.o_role,
  kind: item.kind,
  body: item.body,
  systemEvent: null,
  clientMessageId: item.key,
  sessionId: row.o_session,
  appointmentId: item.appointmentId,
  serviceId: item.serviceId,
  replyToId: item.replyToId,
  card: item.card,
  createdAt: row.o_at,
  editedAt: null,
  deletedAt: null,
})
