import type { Role } from '../people/person.js'

export type ConversationKind = 'DIRECT' | 'GROUP' | 'SUPPORT'
export type RoomType = 'THERAPY' | 'CONSULTATION' | 'EMERGENCY' | 'GENERAL'
export type ConversationStatus = 'ACTIVE' | 'ARCHIVED' | 'BLOCKED' | 'DELETED'

export interface Conversation {
  id: string
  kind: ConversationKind
  status: ConversationStatus
  /** The number of the newest message. */
  seq: number
  /** The number of the newest change of anything in the conversation. */
  rev: number
  /** The rev of the newest change of the conversation itself. */
  ownRev: number
  firstSeq: number
  /** The pair of a DIRECT conversation. */
  patientId: string | null
  professionalId: string | null
  /** Whose SUPPORT conversation it is. */
  supportUserId: string | null
  /** Who set the status, where that was a person. */
  statusById: string | null
  roomType: RoomType
  title: string | null
  description: string | null
  tags: string[]
  /** The roles that may send, and that see what was before them; a participant's own setting goes before it. */
  sendRoles: Role[]
  historyRoles: Role[]
  careEnded: boolean
  activeSessionId: string | null
  createdAt: Date
  lastActivityAt: Date
}

export interface Participant {
  id: string
  conversationId: string
  userId: string
  role: Role
  rev: number
  membership: number
  /** The rev since which the participant may see what they may see now. */
  accessRev: number
  visibleFromSeq: number
  deliveredThrough: number
  readThrough: number
  /** Their own, before what holds for their role; null: the role's. */
  ownCanSend: boolean | null
  ownCanViewHistory: boolean | null
  notificationsEnabled: boolean
  mutedUntil: Date | null
  joinedAt: Date
  leftAt: Date | null
}

/** Of a participant, what decides what they see and may do. An admin of the support desk has one without being a participant. */
export type Part = Omit<
  Participant,
  'id' | 'conversationId' | 'deliveredThrough' | 'notificationsEnabled' | 'mutedUntil' | 'joinedAt'
>
