import type { Change } from '../events/topics.js'
import type { Cursors } from '../paging/cursors.js'
import type { ConversationEvent, MessageChanged } from './conversation-events.js'

type As = MessageChanged['change']

/** The events of changes: one object for all who are told the same, so that what is made of it is made once. */
export class ChangeEvents {
  readonly #made = new WeakMap<Change, Partial<Record<As, ConversationEvent>>>()

  constructor(private readonly cursors: Cursors) {}

  /** `as` is of a message. */
  of(conversationId: string, change: Change, as: As): ConversationEvent {
    const made = this.#made.get(change) ?? {}
    this.#made.set(change, made)
    return (made[as] ??= this.#make(this.cursors.event(conversationId, change.rev), change, as))
  }

  #make(cursor: string, change: Change, as: As): ConversationEvent {
    switch (change.kind) {
      case 'message':
        return { type: 'MessageChanged', cursor, change: as, message: change.message }
      case 'participant':
        return { type: 'ParticipantChanged', cursor, participant: change.participant }
      case 'conversation':
        return { type: 'ConversationChanged', cursor, conversation: change.conversation }
    }
  }
}
