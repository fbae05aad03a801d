import type { AuditEntry } from '../audit-trail.js'
import type { Message, SystemEvent } from '../messages/message.js'
import type { NewNotification, Notification } from '../notifications/notification.js'
import type { Asker, Role } from '../people/person.js'
import type { Transaction } from '../persistence/database.js'
import type { Conversation, Participant } from './conversation.js'

export interface NewParticipant {
  userId: string
  role: Role
}

type OfKind =
  | { kind: 'DIRECT'; patientId: string; professionalId: string }
  | { kind: 'SUPPORT'; supportUserId: string }
  | ({ kind: 'GROUP'; createdById?: string } & Pick<Conversation, 'title'> &
      Partial<Pick<Conversation, 'roomType' | 'description' | 'tags'>>)

export type NewConversation = OfKind & { participants: NewParticipant[] }

/** A conversation under its lock, until the commit. Every change takes its own rev, and is published after the commit. */
export interface OpenConversation {
  /** As it stands with the changes made here. */
  readonly conversation: Conversation
  /** Whether this transaction made it. */
  readonly created: boolean
  participant(userId: string): Promise<Participant | null>
  /** Those who take part now. */
  participants(): Promise<Participant[]>
  /** Who takes part already stays as they are. Answers with those who did not; in a GROUP they are notified, but for `by`. */
  addParticipants(people: NewParticipant[], by?: string): Promise<Participant[]>
  updateParticipant(userId: string, data: ParticipantUpdate): Promise<Participant>
  message(messageId: string): Promise<Message | null>
  /** Null for what is not deleted. */
  deletionOf(messageId: string): Promise<Deletion | null>
  /** An ARCHIVED conversation comes back with it, as with any new message. */
  addSystemMessage(body: string, sessionId: string | null, event?: SystemEvent): Promise<Message>
  /** A new body keeps the one before as a revision. Without any data the message has changed in what belongs to it. */
  updateMessage(messageId: string, data: MessageUpdate): Promise<Message>
  /** Something of a session that has ended is not as it was: who follows the session or the conversation is told. */
  touchSession(sessionId: string): Promise<void>
  /** The emojis with which the user has reacted. */
  reactionsOf(messageId: string, userId: string): Promise<string[]>
  addReaction(messageId: string, userId: string, emoji: string): Promise<Message>
  removeReaction(messageId: string, userId: string, emoji: string): Promise<Message>
  /** New roles that see the history change what their participants see. */
  updateConversation(data: ConversationUpdate): Promise<Conversation>
}

export interface Deletion {
  byId: string | null
  /** How long ago, by the database's clock. */
  ageMs: number
}

export type ConversationUpdate = Partial<
  Pick<
    Conversation,
    | 'status'
    | 'statusById'
    | 'roomType'
    | 'title'
    | 'description'
    | 'tags'
    | 'sendRoles'
    | 'historyRoles'
    | 'careEnded'
    | 'activeSessionId'
  >
>

/** `now` stands for the database's clock. */
export interface MessageUpdate {
  body?: string | null
  editedAt?: 'now'
  /** Null restores it. */
  deletedAt?: 'now' | null
  deletedById?: string
}

export interface ParticipantUpdate {
  leftAt?: 'now'
  visibleFromSeq?: number
  ownCanSend?: boolean | null
  /** What it changes of what they see, it changes from now on: all, or nothing before. */
  ownCanViewHistory?: boolean | null
  notificationsEnabled?: boolean
  mutedUntil?: Date | null
}

/** One transaction. Locks are taken in the order of docs/architecture.md. */
export interface Writing {
  readonly tx: Transaction
  /** Locks the rows of those that exist, in the database's order of ids. All at once: a second call could deadlock. */
  lockUsers(userIds: readonly string[]): Promise<void>
  /** Locks the conversation; null if there is none. */
  open(conversationId: string): Promise<OpenConversation | null>
  /** Opens the existing one where the pair of a DIRECT conversation, or the user of a SUPPORT one, has one. */
  create(conversation: NewConversation): Promise<OpenConversation>
  /** The id of the DIRECT conversation of the pair. */
  findDirect(patientId: string, professionalId: string): Promise<string | null>
  /** The id of the user's SUPPORT conversation. */
  findSupport(userId: string): Promise<string | null>
  /** Stored with the rest, and live after the commit. */
  notify(notifications: NewNotification[]): Promise<Notification[]>
  /** Something is in these wallets that was not: live after the commit. */
  tellWallets(userIds: readonly string[]): void
  /** Beside what the asker does: with the rest, or not at all. */
  record(entry: AuditEntry): Promise<void>
  /** The person's own notifications of the emergency that this message is are read. */
  readAlerts(userId: string, messageId: string): Promise<void>
}

/** The only way, but for sending and marking, that anything in a conversation changes. */
export interface ConversationWriter {
  /** What the asker does is recorded in the same transaction. */
  run<T>(work: (writing: Writing) => Promise<T>, asker?: Asker): Promise<T>
}
