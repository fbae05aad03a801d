import type { Person, Role } from '../people/person.js'

export type SendableKind = 'TEXT' | 'IMAGE' | 'FILE' | 'VOICE' | 'APPOINTMENT' | 'PRESCRIPTION'
/** Of a user's messages: others', their own, or both. */
export type Direction = 'INBOUND' | 'OUTBOUND' | 'BOTH'
export type MessageKind = SendableKind | 'SYSTEM'

/** Instants are in ISO form: it is kept as JSON. */
export interface AppointmentCard {
  appointmentId: string
  title: string
  startsAt: string
  endsAt: string | null
  location: string | null
}

export interface PrescriptionCard {
  prescriptionId: string
  medication: string
  dosage: string
  instructions: string | null
}

/** What a SYSTEM message tells of, where the server itself wrote it. */
export type SystemEvent = 'SESSION_STARTED' | 'SESSION_ENDED' | 'SESSION_EXPIRED'

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
  /** Of SYSTEM messages alone; null where the host system wrote it. */
  systemEvent: SystemEvent | null
  /** The client's key, or the message's own id where the client gave none. */
  clientMessageId: string
  sessionId: string | null
  appointmentId: string | null
  serviceId: string | null
  replyToId: string | null
  /** What an APPOINTMENT or a PRESCRIPTION holds; null once deleted. */
  card: AppointmentCard | PrescriptionCard | null
  createdAt: Date
  editedAt: Date | null
  deletedAt: Date | null
  /** Of one that somebody may know of, and not what it says, nor its files. */
  isWithheld?: true
}

/** A text of a message: 1 is the original. */
export interface Revision {
  revision: number
  body: string
  /** When it was written. */
  createdAt: Date
}

/** For who may know of a message, and not what it says. */
export const withoutText = (message: Message): Message => ({
  ...message,
  body: null,
  card: null,
  clientMessageId: message.id,
  replyToId: null,
  sessionId: null,
  isWithheld: true,
})
