import type { Change } from '../events/topics.js'
import { type DomainError, forbidden } from '../errors.js'
import type { Message } from '../messages/message.js'
import { type Access, followDenied } from './conversation-access.js'
import type { Conversation, Participant } from './conversation.js'

/** What one person may see of a conversation, kept up with its changes. */
export class ConversationView {
  conversation: Conversation
  participant: Participant
  private readonly membership: number

  constructor({ conversation, participant }: Access) {
    this.conversation = conversation
    this.participant = participant
    this.membership = participant.membership
  }

  /** Takes over what decides access; before anything of the same batch is told. */
  apply(changes: Change[]): void {
    for (const change of changes) {
      if (change.kind === 'conversation' && change.rev > this.conversation.ownRev)
        this.conversation = change.conversation
      if (change.kind === 'participant' && this.isOwn(change.participant) && change.rev > this.participant.rev)
        this.participant = change.participant
    }
  }

  /** Whether they do not take part any more as they did. */
  get left() {
    return this.participant.leftAt !== null || this.participant.membership !== this.membership
  }

  /** Why nothing more may be followed. */
  get denied(): DomainError | null {
    if (this.left) return forbidden('You do not take part in this conversation any more.')
    return followDenied(this.conversation, this.participant)
  }

  isOwn(participant: Participant) {
    return participant.userId === this.participant.userId
  }

  shows(message: Message) {
    return message.seq >= this.participant.visibleFromSeq
  }

  visible(changes: Change[]): Change[] {
    return changes.filter(change => change.kind !== 'message' || this.shows(change.message))
  }
}

/** Of what comes before the access is known, what decides it. */
export const decidesAccess = (change: Change, userId: string) =>
  change.kind === 'conversation' || (change.kind === 'participant' && change.participant.userId === userId)
