import { followConversation, type FollowNeeds, type Following } from '../conversations/follow-conversation.js'
import { badInput } from '../errors.js'
import { EventStream, type StreamBudget } from '../events/event-stream.js'
import type { Change } from '../events/topics.js'
import type { Reader } from '../conversations/read-access.js'
import type { Services } from '../services.js'
import type { Message } from './message.js'

type Needs = FollowNeeds & Pick<Services, 'cursors' | 'inboxes' | 'traffic'>

/** New messages: of one conversation by seq, those behind `after` first; or of all the viewer's, from now on. */
export const followAddedMessages = async (
  needs: Needs,
  viewer: Reader,
  { conversationId, after }: { conversationId: string | null; after: string | null },
  budget: StreamBudget,
): Promise<EventStream<Message>> => {
  if (conversationId !== null) return followOne(needs, viewer, conversationId, after, budget)
  if (after !== null) throw badInput('after', 'after goes with a conversation.')
  const stream = new EventStream<Message>(budget)
  return stream.open(async () => {
    const inbox = await needs.inboxes.follow(viewer, {
      onMessages: (_, messages) => {
        needs.traffic.delivered += messages.length
        messages.forEach(message => stream.push(message))
      },
    })
    stream.onEnd(inbox.close)
  })
}

const followOne = async (
  needs: Needs,
  viewer: Reader,
  conversationId: string,
  after: string | null,
  budget: StreamBudget,
): Promise<EventStream<Message>> => {
  const from = after === null ? null : readAfter(needs, conversationId, after)
  let seq = from ?? 0
  let live = false
  const stream = new EventStream<Message>(budget)
  return stream.open(async () => {
    const following = await followConversation(needs, viewer, conversationId, {
      onMessages(messages) {
        if (!live) return
        for (const message of messages) {
          if (message.seq <= seq) continue
          seq = message.seq
          needs.traffic.delivered++
          stream.push(message)
        }
      },
      onDenied: error => stream.end(error),
    })
    stream.onEnd(following.close)
    if (from === null) {
      seq = following.position().seq
      live = true
      return
    }
    await requireNotAhead(needs, conversationId, from)
    stream.refill = async () => {
      const { reached, messages } = await readPage(needs, following, seq)
      if (stream.ended) return false
      needs.traffic.delivered += messages.length
      stream.replay(messages)
      seq = Math.max(seq, reached)
      // Level with the feed, and live in the same tick.
      live = seq >= following.position().seq
      return !live
    }
  })
}

const readAfter = (needs: Needs, conversationId: string, after: string): number => {
  const cursor = needs.cursors.readMessage(after)
  if (cursor.conversationId !== conversationId) throw badInput('after', 'The cursor is of another conversation.')
  return cursor.seq
}

const requireNotAhead = async (needs: Needs, conversationId: string, seq: number): Promise<void> => {
  // Not the feed's position, which may be behind: the cursor may come from another process.
  const head = (await needs.feeds.source.heads([conversationId])).get(conversationId)
  if (!head || seq > head.seq) throw badInput('after', 'The cursor is ahead of the conversation.')
}

/** By seq, by a query of its own: in rev order an edited old message would come after newer ones. */
const readPage = async (needs: Needs, { view, position, reach }: Following, seq: number) => {
  const through = position().seq
  if (through <= seq) return { messages: [], reached: seq }
  const { source, pageSize } = needs.feeds
  const messages = await source.messagesAfter(view.conversation.id, seq, through, pageSize)
  // What a message holds may be newer than what is known of the viewer's access.
  await reach(Math.max(0, ...messages.map(message => message.rev)))
  const reached = (messages.length === pageSize ? messages.at(-1)?.seq : undefined) ?? through
  return { messages: messages.filter(message => view.shows(message)), reached }
}

/** Changes of messages that were already added, in one conversation or in all the viewer's. */
export const followUpdatedMessages = async (
  needs: Needs,
  viewer: Reader,
  conversationId: string | null,
  budget: StreamBudget,
): Promise<EventStream<Message>> => {
  const stream = new EventStream<Message>(budget)
  /** By conversation, up to where messages were handed out as new: after that, also in the same gap, they change. */
  const added = new Map<string, number>()
  const takeAdded = (messages: Message[]) =>
    messages.forEach(({ conversationId, seq }) => added.set(conversationId, seq))
  const push = (changes: Change[], since: number) => {
    const wasAdded = ({ addedRev, conversationId, seq }: Message) =>
      addedRev <= since || seq <= (added.get(conversationId) ?? 0)
    for (const change of changes) if (change.kind === 'message' && wasAdded(change.message)) stream.push(change.message)
  }
  return stream.open(async () => {
    const following =
      conversationId === null
        ? await needs.inboxes.follow(viewer, {
            onChanges: (_, changes, since) => push(changes, since),
            onMessages: (_, messages) => takeAdded(messages),
          })
        : await followConversation(needs, viewer, conversationId, {
            onChanges: push,
            onMessages: takeAdded,
            onDenied: error => stream.end(error),
          })
    stream.onEnd(following.close)
  })
}
