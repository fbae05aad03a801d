import type { Person, Role } from '../people/person.js'

export type MessageKind = 'TEXT' | 'IMAGE' | 'FILE' | 'VOICE' | 'SYSTEM' | 'APPOINTMENT' | 'PRESCRIPTION'

export interface Message {
  id: string
  conversationId: string
  seq: number
  rev: number
  /** The rev with which the message was added, so that a replay can tell ADDED from UPDATED. */
  addedRev: number
  senderId: string | null
  /** As they were when it was sent, where that has just been; null: to be read. */
  sender: Person | null
  senderRole: Role | null
  kind: MessageKind
  body: string | null
  /** The client's key, or the message's own id where the client gave none. */
  clientMessageId: string
  sessionId: string | null
  appointmentId: string | null
  serviceId: string | null
  createdAt: Date
  editedAt: Date | null
  deletedAt: Date | null
}
