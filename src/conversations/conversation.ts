import type { Role } from '../people/person.js'

export type ConversationKind = 'DIRECT' | 'GROUP' | 'SUPPORT'
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
  joinedAt: Date
  leftAt: Date | null
}
