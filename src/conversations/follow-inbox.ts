import type { StreamBudget } from '../events/event-stream.js'
import { FlushStream } from '../events/flush-stream.js'
import type { Change } from '../events/topics.js'
import type { Viewer } from '../people/person.js'
import type { Services } from '../services.js'
import type { InboxEvent } from './conversation-events.js'
import { isSeen } from './conversation-rules.js'
import type { Followed } from './followed-conversation.js'

type Needs = Pick<Services, 'conversations' | 'cursors' | 'inboxes' | 'loaders' | 'logger'>

/** The viewer's list of conversations, live. */
export const followInbox = async (
  needs: Needs,
  viewer: Viewer,
  budget: StreamBudget,
): Promise<FlushStream<InboxEvent>> => {
  const left = new Set<string>()
  const readThrough = new Map<string, number>()
  const stream = new FlushStream<InboxEvent>({
    budget,
    flush: ids => Promise.all(ids.map(id => eventOf(needs, viewer, id, left.has(id)))),
    onError: error => needs.logger.warn({ error }, "A user's conversations could not be read; they are read again."),
  })
  return stream.open(async () => {
    const inbox = await needs.inboxes.follow(viewer, {
      onChanges(followed, changes, since) {
        const hasRead = takeReadThrough(readThrough, followed)
        if (hasRead || changes.some(change => concernsInbox(change, since, followed)))
          stream.touch(followed.conversationId)
      },
      onMessages: ({ conversationId }) => stream.touch(conversationId),
      onJoined({ conversationId }) {
        left.delete(conversationId)
        stream.touch(conversationId)
      },
      onLeft(conversationId) {
        left.add(conversationId)
        stream.touch(conversationId)
      },
    })
    stream.onEnd(inbox.close)
    for (const followed of inbox.followed()) takeReadThrough(readThrough, followed)
    stream.replay([{ type: 'InboxLive', at: await needs.conversations.now() }])
  })
}

const eventOf = async (needs: Needs, viewer: Viewer, conversationId: string, hasLeft: boolean): Promise<InboxEvent> => {
  const conversation = hasLeft ? null : await needs.loaders.conversation(conversationId)
  if (!conversation || !isSeen(conversation, viewer)) return { type: 'ConversationRemoved', conversationId }
  const cursor = needs.cursors.event(conversationId, conversation.rev)
  return { type: 'ConversationChanged', cursor, conversation }
}

const takeReadThrough = (known: Map<string, number>, { conversationId, view }: Followed): boolean => {
  const before = known.get(conversationId)
  known.set(conversationId, view.part.readThrough)
  return before !== view.part.readThrough
}

/** Whether the last message, the unread count, the status or the participants may be others now. Additions come apart. */
const concernsInbox = (change: Change, since: number, { lastSeq, view }: Followed): boolean => {
  if (change.kind === 'conversation') return true
  if (change.kind === 'participant') return change.participant.accessRev > since || change.participant.leftAt !== null
  return view.mayCount(change.message) || change.message.seq >= lastSeq
}
