import { Arg, Args, Ctx, Directive, Extensions, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql'
import type { Conversation } from '../conversations/conversation.js'
import { ConversationType } from '../conversations/conversation.types.js'
import { findReadAccess } from '../conversations/read-access.js'
import { type Context, requireViewer } from '../graphql/context.js'
import { PageArgs } from '../graphql/page.types.js'
import { pageArgs } from '../paging/page.js'
import { UserType } from '../people/people.types.js'
import type { Person } from '../people/person.js'
import type { Session } from '../sessions/session.js'
import { SessionType } from '../sessions/session.types.js'
import { deleteMessage, editMessage, restoreMessage } from './change-message.js'
import type { Message } from './message.js'
import { DeleteMessageInputType, EditMessageInputType, RestoreMessageInputType } from './message-change.types.js'
import { MessageConnectionType, MessagePayloadType, MessageType, SendMessageInputType } from './message.types.js'
import { readHistory } from './read-history.js'
import { sendMessage } from './send-message.js'

@Resolver(() => MessageType)
export class MessageResolver {
  @Directive('@auth')
  @Query(() => MessageConnectionType, {
    nullable: true,
    description:
      'The messages of one conversation, oldest to newest in both directions. Without first or last, the last 50. NOT_FOUND for others’ conversations, to admins FORBIDDEN but under an access grant.',
  })
  async history(
    @Ctx() context: Context,
    @Arg('conversationId', () => ID, { description: 'The conversation.' }) conversationId: string,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<MessageConnectionType> {
    const access = await findReadAccess(context.services, requireViewer(context), conversationId)
    return readHistory(context.services, access, pageArgs(page, true))
  }

  @Directive('@auth')
  @Mutation(() => MessagePayloadType, {
    nullable: true,
    description:
      'Answers only once the message is stored. The same `clientMessageId` from the same sender in the same conversation returns the first message again, for as long as that is kept; with a different content it is a CONFLICT (IDEMPOTENCY_KEY_REUSED). Also CONFLICT: CARE_RELATIONSHIP_ENDED, CONVERSATION_NOT_ACTIVE. RATE_LIMITED beyond the configured messages a minute. After UNAVAILABLE, repeat it with the same `clientMessageId`.',
  })
  async sendMessage(
    @Ctx() context: Context,
    @Arg('input', () => SendMessageInputType, { description: 'The message.' }) input: SendMessageInputType,
  ): Promise<MessagePayloadType> {
    return { message: await sendMessage(context.services, requireViewer(context), input) }
  }

  @Directive('@auth')
  @Mutation(() => MessagePayloadType, {
    nullable: true,
    description:
      'Own messages only; the text before stays among the `revisions`. CONFLICT: MESSAGE_DELETED, CARE_RELATIONSHIP_ENDED, CONVERSATION_NOT_ACTIVE.',
  })
  async editMessage(
    @Ctx() context: Context,
    @Arg('input', () => EditMessageInputType, { description: 'The message and its new text.' })
    input: EditMessageInputType,
  ): Promise<MessagePayloadType> {
    return { message: await editMessage(context.services, requireViewer(context), input) }
  }

  @Directive('@auth')
  @Mutation(() => MessagePayloadType, {
    nullable: true,
    description:
      'Own messages, or any by an admin who takes part. The place in the order stays; the text, its revisions and the card are shown to nobody any more. Deleting a deleted message changes nothing and returns it.',
  })
  async deleteMessage(
    @Ctx() context: Context,
    @Arg('input', () => DeleteMessageInputType, { description: 'The message.' }) input: DeleteMessageInputType,
  ): Promise<MessagePayloadType> {
    return { message: await deleteMessage(context.services, requireViewer(context), input) }
  }

  @Directive('@auth')
  @Mutation(() => MessagePayloadType, {
    nullable: true,
    description:
      'Within the recovery time (30 days unless the server is configured otherwise); by who deleted it, or an admin who takes part. Beyond it CONFLICT: MESSAGE_DELETED; also CARE_RELATIONSHIP_ENDED, CONVERSATION_NOT_ACTIVE. Restoring a message that is there changes nothing and returns it.',
  })
  async restoreMessage(
    @Ctx() context: Context,
    @Arg('input', () => RestoreMessageInputType, { description: 'The message.' }) input: RestoreMessageInputType,
  ): Promise<MessagePayloadType> {
    return { message: await restoreMessage(context.services, requireViewer(context), input) }
  }

  @Extensions({ shared: true })
  @FieldResolver(() => String, {
    description: 'Opaque; marks this message’s place in `history` and in `messageAdded(after:)`.',
  })
  cursor(@Root() message: Message, @Ctx() { services }: Context): string {
    return services.cursors.message(message.conversationId, message.seq)
  }

  @Extensions({ shared: true })
  @FieldResolver(() => ConversationType, { description: 'The conversation.' })
  conversation(@Root() message: Message, @Ctx() { services }: Context): Promise<Conversation> {
    return services.loaders.conversation(message.conversationId)
  }

  @Extensions({ shared: true })
  @FieldResolver(() => UserType, { nullable: true, description: 'Who sent it. Null for SYSTEM messages.' })
  sender(@Root() { sender, senderId }: Message, @Ctx() { services }: Context): Promise<Person> | Person | null {
    return sender ?? (senderId === null ? null : services.loaders.person(senderId))
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'The sender’s own key for this message; only the sender sees it.',
  })
  clientMessageId(@Root() message: Message, @Ctx() { viewer }: Context): string | null {
    const given = message.clientMessageId !== message.id
    return given && viewer !== null && viewer.userId === message.senderId ? message.clientMessageId : null
  }

  @Extensions({ shared: true })
  @FieldResolver(() => SessionType, {
    nullable: true,
    description: 'The session that was ACTIVE in the conversation when this was sent.',
  })
  session(@Root() message: Message, @Ctx() { services }: Context): Promise<Session> | null {
    return message.sessionId === null ? null : services.loaders.session(message.sessionId)
  }
}
