import type { Participant } from '../conversations/conversation.js'
import { followConversation, type FollowNeeds } from '../conversations/follow-conversation.js'
import { EventStream, type StreamBudget } from '../events/event-stream.js'
import type { Change } from '../events/topics.js'
import type { Reader } from '../conversations/read-access.js'
import type { Services } from '../services.js'

type Needs = FollowNeeds & Pick<Services, 'inboxes' | 'loaders'>

/** Tells positions that move from everything else that changes of a participant. */
class Positions {
  private readonly known = new Map<string, Participant>()
  private started = false
  private early: Participant[] = []

  constructor(private readonly onMoved: (participant: Participant) => void) {}

  /** `participants` were read after the changes began to come. */
  start(participants: Participant[]): void {
    for (const participant of participants) this.known.set(participant.id, participant)
    this.started = true
    for (const participant of this.early) this.note(participant)
    this.early = []
  }

  take(changes: Change[]): void {
    for (const change of changes) {
      if (change.kind !== 'participant') continue
      if (this.started) this.note(change.participant)
      else this.early.push(change.participant)
    }
  }

  private note(participant: Participant): void {
    const known = this.known.get(participant.id)
    this.known.set(participant.id, participant)
    // What was read may hold this change already: how it was before is unknown then.
    const before = known && known.rev < participant.rev ? known : undefined
    if (participant.leftAt === null && hasMoved(participant, before)) this.onMoved(participant)
  }
}

/** Where it is unknown how it was before, only what came after their joining can be a move. */
const hasMoved = (participant: Participant, before: Participant | undefined): boolean => {
  if (!before) return participant.rev > participant.accessRev && participant.deliveredThrough > 0
  return participant.deliveredThrough > before.deliveredThrough || participant.readThrough > before.readThrough
}

/** Participants whose positions move forward, in one conversation or in all the viewer's. */
export const followReceipts = async (
  needs: Needs,
  viewer: Reader,
  conversationId: string | null,
  budget: StreamBudget,
): Promise<EventStream<Participant>> => {
  const stream = new EventStream<Participant>(budget)
  const positions = new Positions(participant => stream.push(participant))
  return stream.open(async () => {
    const following =
      conversationId === null
        ? await needs.inboxes.follow(viewer, { onChanges: (_, changes) => positions.take(changes) })
        : await followConversation(needs, viewer, conversationId, {
            onChanges: changes => positions.take(changes),
            onDenied: error => stream.end(error),
          })
    stream.onEnd(following.close)
    const ids =
      'view' in following ? [following.view.conversation.id] : following.followed().map(one => one.conversationId)
    const participants = await Promise.all(ids.map(id => needs.loaders.participantsOf(id)))
    positions.start(participants.flat())
  })
}
