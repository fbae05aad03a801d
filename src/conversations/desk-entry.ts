import type { Message } from '../messages/message.js'
import type { Conversation } from './conversation.js'

/** The owner of the inbox that all admins share: no user has this id. */
export const DESK = ''

/** A user of the support desk. */
export interface DeskEntry {
  conversation: Conversation
  userId: string
  lastMessage: Message | null
  /** What the desk has not read: beyond the position of its furthest admin. */
  unreadCount: number
}
