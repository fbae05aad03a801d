import { Arg, Args, Ctx, Directive, ID, Mutation, Query, Resolver } from 'type-graphql'
import { type Context, requireViewer } from '../graphql/context.js'
import { ForwardPageArgs } from '../graphql/page.types.js'
import type { Conversation } from './conversation.js'
import {
  ConversationConnectionType,
  ConversationFilterType,
  ConversationType,
  StartConversationInputType,
  StartConversationPayloadType,
  UnreadCountsType,
} from './conversation.types.js'
import { listConversations } from './list-conversations.js'
import { findReadAccess } from './read-access.js'
import { startConversation } from './start-conversation.js'
import { readUnreadCounts } from './unread-counts.js'

@Resolver()
export class ConversationResolver {
  @Directive('@auth')
  @Query(() => ConversationConnectionType, {
    description:
      'Those that the viewer takes part in, of an admin also every SUPPORT conversation. By `lastActivityAt`, newest first.',
  })
  conversations(
    @Ctx() context: Context,
    @Arg('filter', () => ConversationFilterType, { nullable: true, defaultValue: {}, description: 'Which.' })
    filter: ConversationFilterType | null,
    @Args(() => ForwardPageArgs) page: ForwardPageArgs,
  ): Promise<ConversationConnectionType> {
    return listConversations(context.services, requireViewer(context), filter, page)
  }

  @Directive('@auth')
  @Query(() => ConversationType, {
    nullable: true,
    description:
      'A conversation that the viewer takes part in. Others’ are NOT_FOUND, to admins FORBIDDEN but under an access grant for somebody who takes part.',
  })
  async conversation(
    @Ctx() context: Context,
    @Arg('id', () => ID, { description: 'The id of the conversation.' }) id: string,
  ): Promise<Conversation> {
    return (await findReadAccess(context.services, requireViewer(context), id)).conversation
  }

  @Directive('@auth')
  @Query(() => UnreadCountsType, { description: 'What the viewer has not read.' })
  unreadCounts(@Ctx() context: Context): Promise<UnreadCountsType> {
    return readUnreadCounts(context.services, requireViewer(context))
  }

  @Directive('@auth')
  @Mutation(() => StartConversationPayloadType, {
    nullable: true,
    description:
      'The DIRECT conversation with a user: created, or returned if there is one, also when the care relationship has ended since. One cannot be created then: CONFLICT, CARE_RELATIONSHIP_ENDED. One that the other has deleted is neither returned nor created anew: CONFLICT, CONVERSATION_NOT_ACTIVE; who deleted it gets it, DELETED, and may bring it back. RATE_LIMITED beyond the configured starts a minute; what is only returned does not count.',
  })
  startConversation(
    @Ctx() context: Context,
    @Arg('input', () => StartConversationInputType, { description: 'With whom.' }) input: StartConversationInputType,
  ): Promise<StartConversationPayloadType> {
    return startConversation(context.services, requireViewer(context), input)
  }
}
