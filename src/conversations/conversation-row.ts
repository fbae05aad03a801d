import type { Role } from '../people/person.js'
import type { Conversation, ConversationKind, ConversationStatus, Participant } from './conversation.js'

/** Of `conversations c`; what a ConversationRow needs. */
export const CONVERSATION_COLUMNS = `c.id, c.kind, c.status, c.seq, c.rev, c.own_rev, c.first_seq, c.patient_id, c.professional_id,
  c.care_ended, c.active_session_id, c.created_at, c.last_activity_at`

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
  careEnded: row.care_ended,
  activeSessionId: row.active_session_id,
  createdAt: row.created_at,
  lastActivityAt: row.last_activity_at,
})

/** Of `participants p`; what a ParticipantRow needs. */
export const PARTICIPANT_COLUMNS = `p.id, p.conversation_id, p.user_id, p.role, p.rev, p.membership, p.access_rev, p.visible_from_seq,
  p.delivered_through, p.read_through, p.joined_at, p.left_at`

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
  joinedAt: row.joined_at,
  leftAt: row.left_at,
})
