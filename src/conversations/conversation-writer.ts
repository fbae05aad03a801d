import type { Message } from '../messages/message.js'
import type { Role } from '../people/person.js'
import type { Transaction } from '../persistence/database.js'
import type { Conversation, Participant } from './conversation.js'

export interface NewConversation {
  kind: Conversation['kind']
  patientId?: string
  professionalId?: string
  participants: { userId: string; role: Role }[]
}

/** A conversation under its lock, until the commit. Every change takes its own rev, and is published after the commit. */
export interface OpenConversation {
  /** As it stands with the changes made here. */
  readonly conversation: Conversation
  /** Whether this transaction made it. */
  readonly created: boolean
  participant(userId: string): Promise<Participant | null>
  /** Those who take part now. */
  participants(): Promise<Participant[]>
  message(messageId: string): Promise<Message | null>
  addSystemMessage(body: string, sessionId: string | null): Promise<Message>
  updateMessage(messageId: string, data: MessageUpdate): Promise<Message>
  updateParticipant(userId: string, data: ParticipantUpdate): Promise<Participant>
  updateConversation(data: ConversationUpdate): Promise<Conversation>
}

export type ConversationUpdate = Partial<Pick<Conversation, 'status' | 'careEnded' | 'activeSessionId'>>

/** `now` stands for the database's clock. */
export interface MessageUpdate {
  body?: string | null
  editedAt?: 'now'
  deletedAt?: 'now'
  deletedById?: string
}

export interface ParticipantUpdate {
  /** Null with a higher `membership`: they join again. */
  leftAt?: 'now' | null
  visibleFromSeq?: number
  membership?: number
}

/** One transaction. Locks are taken in one order: user, care relationship, conversations by id, session. */
export interface Writing {
  readonly tx: Transaction
  /** Locks the user's row; false if there is none. */
  lockUser(userId: string): Promise<boolean>
  /** Locks the conversation; null if there is none. */
  open(conversationId: string): Promise<OpenConversation | null>
  /** Opens the existing one where the pair of a DIRECT conversation has one. */
  create(conversation: NewConversation): Promise<OpenConversation>
  /** The id of the DIRECT conversation of the pair. */
  findDirect(patientId: string, professionalId: string): Promise<string | null>
}

/** The only way, but for sending and marking, that anything in a conversation changes. */
export interface ConversationWriter {
  run<T>(work: (writing: Writing) => Promise<T>): Promise<T>
}
