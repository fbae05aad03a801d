import { followConversation, type FollowNeeds } from '../conversations/follow-conversation.js'
import { EventStream, type StreamBudget } from '../events/event-stream.js'
import type { Asker } from '../people/person.js'
import type { Services } from '../services.js'
import { findSessionAccess } from '../sessions/session-access.js'
import type { CallSignal } from './call.js'
import { callDenied, findOthers, partiesOf } from './call-access.js'

type Needs = FollowNeeds & Pick<Services, 'calls' | 'loaders' | 'sessions'>

/** What others in the session send the viewer. It is complete when the session is over, or they leave it. */
export const followSignals = async (
  needs: Needs,
  viewer: Asker,
  sessionId: string,
  budget: StreamBudget,
): Promise<EventStream<CallSignal>> => {
  const { session } = await findSessionAccess(needs, viewer, sessionId, 'sessionId')
  if (viewer.trail) viewer.trail.about.conversationId = session.conversationId
  const stream = new EventStream<CallSignal>(budget)
  let look = () => {}
  return stream.open(async () => {
    const { view, close } = await followConversation(needs, viewer, session.conversationId, {
      onChanges: () => look(),
      onDenied: error => stream.end(error),
    })
    stream.onEnd(close)
    const acting = () => ({ viewer, conversation: view.conversation, part: view.part })
    // Signals name whom they are for: until this is found out, nothing is told that should not be.
    const completeWhenLeft = async () => {
      const parties = await partiesOf(needs, session).catch(() => [viewer.userId])
      if (!parties.includes(viewer.userId)) stream.end(null)
    }
    look = () => {
      const refusal = callDenied(session, acting())
      if (refusal) return stream.end(refusal.details.reason === 'SESSION_OVER' ? null : refusal)
      void completeWhenLeft()
    }
    await findOthers(needs, session, acting(), 'sessionId')
    stream.onEnd(await needs.calls.follow(session.id, viewer.userId, signal => stream.push(signal)))
  })
}
