import { followConversation, type FollowNeeds } from '../conversations/follow-conversation.js'
import type { Followed } from '../conversations/followed-conversation.js'
import type { EventStream, StreamBudget } from '../events/event-stream.js'
import type { Reader } from '../conversations/read-access.js'
import type { Services } from '../services.js'
import type { Typing } from './typing.js'
import type { TypingFollow } from './typing-keeper.js'
import { TypingStream } from './typing-stream.js'

type Needs = FollowNeeds & Pick<Services, 'inboxes' | 'typing'>

/** Others' typing in one conversation; FORBIDDEN once the viewer may not follow it any more. */
export const followTypingIn = async (
  needs: Needs,
  viewer: Reader,
  conversationId: string,
  budget: StreamBudget,
): Promise<EventStream<Typing>> => {
  const stream = new TypingStream(viewer.userId, budget)
  return stream.open(async () => {
    const following = await followConversation(needs, viewer, conversationId, { onDenied: error => stream.end(error) })
    stream.onEnd(following.close)
    const typing = needs.typing.follow(conversationId, signal => stream.tell(signal))
    stream.onEnd(() => typing.close())
    await typing.ready
  })
}

/** Others' typing in all of the viewer's conversations, present and future. */
export const followTypingEverywhere = async (
  needs: Needs,
  viewer: Reader,
  budget: StreamBudget,
): Promise<EventStream<Typing>> => {
  const stream = new TypingStream(viewer.userId, budget)
  const follows = new Map<string, TypingFollow>()
  const leave = (conversationId: string) => {
    follows.get(conversationId)?.close()
    follows.delete(conversationId)
    stream.stopAll(conversationId)
  }
  const join = ({ conversationId, view }: Followed) => {
    if (stream.ended || follows.has(conversationId)) return
    const tell = (typing: Typing) => view.denied || stream.tell(typing)
    follows.set(conversationId, needs.typing.follow(conversationId, tell))
  }
  stream.onEnd(() => follows.forEach(follow => follow.close()))
  return stream.open(async () => {
    const inbox = await needs.inboxes.follow(viewer, {
      onJoined: join,
      onLeft: leave,
      onChanges: ({ conversationId, view }) => view.denied && stream.stopAll(conversationId),
    })
    stream.onEnd(inbox.close)
    inbox.followed().forEach(join)
    await Promise.all([...follows.values()].map(follow => follow.ready))
  })
}
