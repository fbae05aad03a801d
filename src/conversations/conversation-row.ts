import type { Role } from '../people/person.js'
import type { Conversation, ConversationKind, ConversationStatus, Participant, RoomType } from './conversation.js'

/** Of `conversations c`; what a ConversationRow needs. */
export const CONVERSATION_COLUMNS = `c.id, c.kind, c.status, c.seq, c.rev, c.own_rev, c.first_seq, c.patient_id, c.professional_id,
  c.support_user_id, c.status_by_id, c.room_type, c.title, c.description, c.tags, c.send_roles::text[] as send_roles,
  c.history_roles::text[] as history_roles, c.care_ended, c.active_session_id, c.created_at, c.last_activity_at`

export interface ConversationRow {
  id: string
  kind: ConversationKind
  status: ConversationStatus
  seq: number
  rev: number
  own_rev: number
  first_seq: number
  patient_id: string | null
  professional_id: string | null
  support_user_id: string | null
  status_by_id: string | null
  room_type: RoomType
  title: string | null
  description: string | null
  tags: string[]
  send_roles: Role[]
  history_roles: Role[]
  care_ended: boolean
  active_session_id: string | null
  created_at: Date
  last_activity_at: Date
}

export const conversationFromRow = (row: ConversationRow): Conversation => ({
  id: row.id,
  kind: row.kind,
  status: row.status,
  seq: row.seq,
  rev: row.rev,
  ownRev: row.own_rev,
  firstSeq: row.first_seq,
  patientId: row.patient_id,
  professionalId: row.professional_id,
  supportUserId: row.support_user_id,
  statusById: row.status_by_id,
  roomType: row.room_type,
  title: row.title,
  description: row.description,
  tags: row.tags,
  sendRoles: row.send_roles,
  historyRoles: row.history_roles,
  careEnded: row.care_ended,
  activeSessionId: row.active_session_id,
  createdAt: row.created_at,
  lastActivityAt: row.last_activity_at,
})

/** Of `conversations c`: what is deleted is there for who deleted it. */
export const isSeenBy = (person: string) => `(c.status <> 'DELETED' or c.status_by_id = ${person})`

/** Of `participants p`; what a ParticipantRow needs. */
export const PARTICIPANT_COLUMNS = `p.id, p.conversation_id, p.user_id, p.role, p.rev, p.membership, p.access_rev, p.visible_from_seq,
  p.delivered_through, p.read_through, p.own_can_send, p.own_can_view_history, p.notifications_enabled, p.muted_until,
  p.joined_at, p.left_at`

export interface ParticipantRow {
  id: string
  conversation_id: string
  user_id: string
  role: Role
  rev: number
  membership: number
  access_rev: number
  visible_from_seq: number
  delivered_through: number
  read_through: number
  own_can_send: boolean | null
  own_can_view_history: boolean | null
  notifications_enabled: boolean
  muted_until: Date | null
  joined_at: Date
  left_at: Date | null
}

export const participantFromRow = (row: ParticipantRow): Participant => ({
  id: row.id,
  conversationId: row.conversation_id,
  userId: row.user_id,
  role: row.role,
  rev: row.rev,
  membership: row.membership,
  accessRev: row.access_rev,
  visibleFromSeq: row.visible_from_seq,
  deliveredThrough: row.delivered_through,
  readThrough: row.read_through,
  ownCanSend: row.own_can_send,
  ownCanViewHistory: row.own_can_view_history,
  notificationsEnabled: row.notifications_enabled,
  mutedUntil: row.muted_until,
  joinedAt: row.joined_at,
  leftAt: row.left_at,
})
