import { Arg, Directive, Extensions, ID, Resolver, Root, type SubscribeResolverData, Subscription } from 'type-graphql'
import { type Context, requireViewer } from '../graphql/context.js'
import type { ConversationEvent, InboxEvent } from './conversation-events.js'
import { ConversationEventType, InboxEventUnion } from './conversation-events.types.js'
import { UnreadCountsType } from './conversation.types.js'
import { followEvents } from './follow-events.js'
import { followInbox } from './follow-inbox.js'
import { followUnreadCounts } from './follow-unread-counts.js'
import type { UnreadCounts } from './unread-counts.js'

type To<Args> = SubscribeResolverData<unknown, Args, Context>

const events = ({ args, context }: To<{ conversationId: string; after?: string | null }>) => {
  const where = { conversationId: args.conversationId, after: args.after ?? null }
  return followEvents(context.services, requireViewer(context), where, context.connection.queue)
}

const inbox = ({ context }: To<object>) =>
  followInbox(context.services, requireViewer(context), context.connection.queue)

const unreadCounts = ({ context }: To<object>) =>
  followUnreadCounts(context.services, requireViewer(context), context.connection.queue)

@Resolver()
export class ConversationEventsResolver {
  @Directive('@auth')
  @Subscription(() => InboxEventUnion, {
    subscribe: inbox,
    description:
      'The viewer’s list of conversations, live: a ConversationChanged when the last message, the unread count, the status, the title or the participants change. Several changes in quick succession may be told as one.',
  })
  inboxEvents(@Root() event: InboxEvent): InboxEvent {
    return event
  }

  @Directive('@auth')
  @Subscription(() => UnreadCountsType, {
    subscribe: unreadCounts,
    description: 'The present counts at once, then every change.',
  })
  unreadCountsChanged(@Root() counts: UnreadCounts): UnreadCounts {
    return counts
  }

  @Directive('@auth')
  @Extensions({ shared: true })
  @Subscription(() => ConversationEventType, {
    subscribe: events,
    description:
      'Everything that happens in a conversation but typing and presence, resumable across connections, server processes and restarts. With `after`: what changed since, the latest state of each thing once, in the order of its last change; then CaughtUp; then live. Without `after`: CaughtUp first. ResyncRequired instead of a replay that could not be complete. A client that reconnects hands over its last cursor; a second CaughtUp to an operation without `after` means that it missed something, and queries again.',
  })
  conversationEvents(
    @Root() event: ConversationEvent,
    @Arg('conversationId', () => ID, { description: 'The conversation.' }) _conversationId: string,
    @Arg('after', () => String, {
      nullable: true,
      description:
        'The cursor of the last event that was taken in, or an `eventCursor`. Of another conversation: BAD_USER_INPUT.',
    })
    _after?: string | null,
  ): ConversationEvent {
    return event
  }
}
