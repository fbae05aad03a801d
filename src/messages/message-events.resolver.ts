import { Arg, Directive, Extensions, ID, Resolver, Root, type SubscribeResolverData, Subscription } from 'type-graphql'
import type { Participant } from '../conversations/conversation.js'
import { ParticipantType } from '../conversations/conversation.types.js'
import { type Context, requireViewer } from '../graphql/context.js'
import { followAddedMessages, followUpdatedMessages } from './follow-messages.js'
import { followReceipts } from './follow-receipts.js'
import type { Message } from './message.js'
import { MessageType } from './message.types.js'

interface Where {
  conversationId?: string | null
}
type To<Args> = SubscribeResolverData<unknown, Args, Context>

const addedMessages = ({ args, context }: To<Where & { after?: string | null }>) => {
  const where = { conversationId: args.conversationId ?? null, after: args.after ?? null }
  return followAddedMessages(context.services, requireViewer(context), where, context.connection.queue)
}

const updatedMessages = ({ args, context }: To<Where>) =>
  followUpdatedMessages(context.services, requireViewer(context), args.conversationId ?? null, context.connection.queue)

const receipts = ({ args, context }: To<Where>) =>
  followReceipts(context.services, requireViewer(context), args.conversationId ?? null, context.connection.queue)

const ONE_OR_ALL = 'Of this conversation only; without it, of all of the viewer’s, those to come included.'

@Resolver()
export class MessageEventsResolver {
  @Directive('@auth')
  @Extensions({ shared: true })
  @Subscription(() => MessageType, {
    subscribe: addedMessages,
    description:
      'New messages, the viewer’s own included. With a conversation: in the order of `seq`, each once, without a gap; with `after`, everything since that message first. Without one: those of all the viewer’s conversations, present and future, in order within each, from now on: after a reconnect a client queries what it may have missed. A consumer that is too slow is disconnected, and resumes with `after`.',
  })
  messageAdded(
    @Root() message: Message,
    @Arg('conversationId', () => ID, { nullable: true, description: ONE_OR_ALL }) _conversationId?: string | null,
    @Arg('after', () => String, {
      nullable: true,
      description:
        'A message’s cursor: of another conversation, ahead of the newest message, or without `conversationId` it is BAD_USER_INPUT.',
    })
    _after?: string | null,
  ): Message {
    return message
  }

  @Directive('@auth')
  @Extensions({ shared: true })
  @Subscription(() => MessageType, {
    subscribe: updatedMessages,
    description:
      'Edits, deletions and whatever else changes a message that was already added; not receipts. It begins anew after a reconnect: `conversationEvents` is what resumes.',
  })
  messageUpdated(
    @Root() message: Message,
    @Arg('conversationId', () => ID, { nullable: true, description: ONE_OR_ALL }) _conversationId?: string | null,
  ): Message {
    return message
  }

  @Directive('@auth')
  @Extensions({ shared: true })
  @Subscription(() => ParticipantType, {
    subscribe: receipts,
    description:
      'Positions moving forward. Without a conversation, in all of the viewer’s. It begins anew after a reconnect: `conversationEvents` is what resumes.',
  })
  receiptAdvanced(
    @Root() participant: Participant,
    @Arg('conversationId', () => ID, { nullable: true, description: ONE_OR_ALL }) _conversationId?: string | null,
  ): Participant {
    return participant
  }
}
