import type { Change } from '../events/topics.js'
import { type DomainError, forbidden } from '../errors.js'
import type { Message } from '../messages/message.js'
import { type Access, followDenied, isDesk } from './conversation-access.js'
import type { Conversation, Part, Participant } from './conversation.js'

/** What one person may see of a conversation, kept up with its changes. */
export class ConversationView {
  conversation: Conversation
  part: Part
  private readonly membership: number

  constructor({ conversation, part }: Access) {
    this.conversation = conversation
    this.part = part
    this.membership = part.membership
  }

  /** Takes over what decides access; before anything of the same batch is told. */
  apply(changes: Change[]): void {
    for (const change of changes) {
      if (change.kind === 'conversation' && change.rev > this.conversation.ownRev)
        this.conversation = change.conversation
      if (change.kind === 'participant' && this.isOwn(change.participant) && change.rev > this.part.rev)
        this.part = this.ownPart(change.participant)
    }
  }

  /** Whether they do not take part any more as they did. */
  get left() {
    return this.part.leftAt !== null || this.part.membership !== this.membership
  }

  /** Why nothing more may be followed. */
  get denied(): DomainError | null {
    if (this.left) return forbidden('You do not take part in this conversation any more.')
    return followDenied(this.conversation, this.part)
  }

  /** At the support desk every admin's is. */
  isOwn(participant: Participant) {
    const { conversation, part } = this
    return isDesk(conversation, part) ? isDesk(conversation, participant) : participant.userId === part.userId
  }

  shows(message: Message) {
    return message.seq >= this.part.visibleFromSeq
  }

  /** Whether the message may be among the unread ones, or not be there any more: what was deleted, or restored. */
  mayCount({ seq, senderId }: Message) {
    return seq > this.part.readThrough && senderId !== this.part.userId
  }

  /** The support desk sees what it saw, whoever begins to write in it, and has read what any of its admins has. */
  private ownPart(participant: Participant): Part {
    if (!isDesk(this.conversation, participant)) return participant
    const readThrough = Math.max(this.part.readThrough, participant.readThrough)
    return { ...this.part, rev: participant.rev, readThrough }
  }

  /** Those that decide what may be seen. */
  deciding(changes: Change[]): Change[] {
    return changes.filter(
      change => change.kind === 'conversation' || (change.kind === 'participant' && this.isOwn(change.participant)),
    )
  }

  visible(changes: Change[]): Change[] {
    return changes.filter(change => change.kind !== 'message' || this.shows(change.message))
  }
}
