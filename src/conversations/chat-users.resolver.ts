import { Arg, Args, Ctx, Directive, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql'
import type { Context } from '../graphql/context.js'
import { ForwardPageArgs } from '../graphql/page.types.js'
import { DateTime } from '../graphql/scalars.js'
import type { Message } from '../messages/message.js'
import { MessageType } from '../messages/message.types.js'
import { UserType } from '../people/people.types.js'
import type { Person } from '../people/person.js'
import { ChatUserConnectionType, ChatUserType } from './chat-users.types.js'
import type { Conversation } from './conversation.js'
import { ConversationType } from './conversation.types.js'
import type { DeskEntry } from './desk-entry.js'
import { listChatUsers } from './list-chat-users.js'

@Resolver(() => ChatUserType)
export class ChatUserResolver {
  @Directive('@auth(requires: [ADMIN])')
  @Query(() => ChatUserConnectionType, {
    description:
      'Users with a SUPPORT conversation, the most recently active first. `inboxEvents` tells an admin when to read it again.',
  })
  chatUsers(
    @Ctx() { services }: Context,
    @Arg('search', () => String, { nullable: true, description: 'Part of the name, in upper or lower case.' })
    search: string | null,
    @Args(() => ForwardPageArgs) page: ForwardPageArgs,
  ): Promise<ChatUserConnectionType> {
    return listChatUsers(services, search, page)
  }

  @FieldResolver(() => ID, { description: 'The user’s.' })
  id(@Root() { userId }: DeskEntry): string {
    return userId
  }

  @FieldResolver(() => UserType, { description: 'Who wrote to the desk.' })
  user(@Root() { userId }: DeskEntry, @Ctx() { services }: Context): Promise<Person> {
    return services.loaders.person(userId)
  }

  @FieldResolver(() => ConversationType, { description: 'Their SUPPORT conversation.' })
  conversation(@Root() { conversation }: DeskEntry): Conversation {
    return conversation
  }

  @FieldResolver(() => DateTime, { nullable: true, description: 'When the newest message was sent; null without one.' })
  lastMessageAt(@Root() { lastMessage }: DeskEntry): Date | null {
    return lastMessage?.createdAt ?? null
  }

  @FieldResolver(() => MessageType, { nullable: true, description: 'The newest message; null without one.' })
  lastMessage(@Root() { lastMessage }: DeskEntry): Message | null {
    return lastMessage
  }
}
