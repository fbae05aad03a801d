import { followConversation, type FollowNeeds } from '../conversations/follow-conversation.js'
import type { StreamBudget } from '../events/event-stream.js'
import { FlushStream } from '../events/flush-stream.js'
import type { Change } from '../events/topics.js'
import type { Reader } from '../conversations/read-access.js'
import type { Services } from '../services.js'
import { findReadableSession } from './session-access.js'
import { SessionWatch } from './session-watch.js'
import type { Session } from './session.js'

type Needs = FollowNeeds & Pick<Services, 'inboxes' | 'logger' | 'sessions'>

/** One session, or all of the viewer's: whenever it starts, changes or ends. */
export const followSessions = async (
  needs: Needs,
  viewer: Reader,
  sessionId: string | null,
  budget: StreamBudget,
): Promise<FlushStream<Session>> => {
  const sessions = new SessionWatch(needs)
  const stream = new FlushStream<Session>({
    budget,
    flush: ids => sessions.read(ids),
    onError: error => needs.logger.warn({ error }, 'Sessions could not be read; they are read again.'),
  })
  const touch = (conversationId: string, changes: Change[]) => {
    for (const id of sessions.concerned(conversationId, changes))
      if (sessionId === null || id === sessionId) stream.touch(id)
  }
  return stream.open(async () => {
    if (sessionId === null) {
      const inbox = await needs.inboxes.follow(viewer, {
        onChanges: ({ conversationId }, changes) => touch(conversationId, changes),
      })
      stream.onEnd(inbox.close)
      for (const { view } of inbox.followed()) sessions.begin(view.conversation)
    } else {
      const { session } = await findReadableSession(needs, viewer, sessionId)
      const following = await followConversation(needs, viewer, session.conversationId, {
        onChanges: changes => touch(session.conversationId, changes),
        onDenied: error => stream.end(error),
      })
      stream.onEnd(following.close)
      sessions.begin(following.view.conversation)
    }
    await sessions.start(sessionId)
  })
}
