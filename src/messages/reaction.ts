import type { Person } from '../people/person.js'

/** Those who reacted to a message with the same emoji. */
export interface ReactionGroup {
  emoji: string
  count: number
  viewerReacted: boolean
  /** The first of them, as many as a page may have. */
  reactors: Person[]
}

export interface ReactionsKey {
  messageId: string
  viewerId: string
}

/** Different emojis of one person on one message. */
export const MAX_REACTIONS = 5
