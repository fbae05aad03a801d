import { Arg, Args, Ctx, Directive, ID, Query, Resolver } from 'type-graphql'
import { type Context, requireViewer } from '../graphql/context.js'
import { DirectionEnum } from '../graphql/enums.js'
import { ForwardPageArgs } from '../graphql/page.types.js'
import type { Direction, Message } from './message.js'
import { MessageConnectionType, MessageType } from './message.types.js'
import { findMessage, readUnread } from './unread-messages.js'
import { listUserHistory } from './user-history.js'

@Resolver()
export class MessageListsResolver {
  @Directive('@auth')
  @Query(() => MessageType, {
    nullable: true,
    description:
      'NOT_FOUND for what the viewer may not see; to admins FORBIDDEN in conversations in which they take no part, but under an access grant.',
  })
  message(@Ctx() context: Context, @Arg('id', () => ID, { description: 'The message.' }) id: string): Promise<Message> {
    return findMessage(context.services, requireViewer(context), id)
  }

  @Directive('@auth')
  @Query(() => MessageConnectionType, {
    description:
      'Unread messages, oldest first; without a conversation, over all. Of others, neither deleted nor SYSTEM messages. What is read leaves the list: begin it anew after `markRead`.',
  })
  unreadMessages(
    @Ctx() context: Context,
    @Arg('conversationId', () => ID, {
      nullable: true,
      description: 'Only in this conversation. NOT_FOUND for others’ conversations, to admins FORBIDDEN.',
    })
    conversationId: string | null,
    @Args(() => ForwardPageArgs) page: ForwardPageArgs,
  ): Promise<MessageConnectionType> {
    return readUnread(context.services, requireViewer(context), conversationId ?? null, page)
  }

  @Directive('@auth')
  @Query(() => MessageConnectionType, {
    nullable: true,
    description:
      'All of a user’s messages, newest first, as they may see them themselves: one’s own; another’s only for an admin with an AccessGrant for that user, otherwise FORBIDDEN. Each read is audited.',
  })
  userHistory(
    @Ctx() context: Context,
    @Arg('userId', () => ID, { nullable: true, description: 'Omitted: the viewer.' }) userId: string | null,
    @Arg('direction', () => DirectionEnum, {
      nullable: true,
      defaultValue: 'BOTH',
      description: 'Which of them; BOTH where omitted.',
    })
    direction: Direction | null,
    @Args(() => ForwardPageArgs) page: ForwardPageArgs,
  ): Promise<MessageConnectionType> {
    const which = { userId: userId ?? null, direction: direction ?? 'BOTH' }
    return listUserHistory(context.services, requireViewer(context), which, page)
  }
}
