import { Args, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql'
import { type Context, requireViewer } from '../graphql/context.js'
import { ForwardPageArgs, PageArgs } from '../graphql/page.types.js'
import { DateTime } from '../graphql/scalars.js'
import type { Message } from '../messages/message.js'
import { MessageConnectionType, MessageType } from '../messages/message.types.js'
import { readHistory } from '../messages/read-history.js'
import { pageArgs } from '../paging/page.js'
import { UserType } from '../people/people.types.js'
import { isAdmin, type Person, type Viewer } from '../people/person.js'
import { listSessions } from '../sessions/list-sessions.js'
import type { Session } from '../sessions/session.js'
import { SessionConnectionType, SessionType } from '../sessions/session.types.js'
import type { Shown } from './conversation-access.js'
import type { Conversation, Part, Participant } from './conversation.js'
import { ConversationType, ParticipantType } from './conversation.types.js'
import type { SightKey } from './part-key.js'
import { findReadAccess, readerOf } from './read-access.js'
import { findSight, mayNotRead, readOwnParticipant, requireSight } from './read-own-part.js'

const sightOf = (context: Context, conversation: Shown) =>
  findSight(context.services, requireViewer(context), conversation)

const mustBeSeen = (context: Context, conversation: Shown) =>
  requireSight(context.services, requireViewer(context), conversation)

const keyOf = (viewer: Viewer, { id }: Conversation): SightKey => ({
  conversationId: id,
  userId: viewer.userId,
  asAdmin: isAdmin(viewer),
})

const counterpartOf = (conversation: Conversation, { userId, role }: Part): string | null => {
  const { kind, patientId, professionalId, supportUserId } = conversation
  if (kind === 'DIRECT') return userId === patientId ? professionalId : patientId
  return kind === 'SUPPORT' && role === 'ADMIN' ? supportUserId : null
}

/** Whoever reaches a conversation, through whatever object, is asked here again. */
@Resolver(() => ConversationType)
export class ConversationFieldsResolver {
  @FieldResolver(() => [ParticipantType], {
    description: 'Those who take part now. Those who left are found through `Message.sender` and the receipts.',
  })
  async participants(@Root() conversation: Shown, @Ctx() context: Context): Promise<Participant[]> {
    await mustBeSeen(context, conversation)
    return context.services.loaders.participantsOf(conversation.id)
  }

  @FieldResolver(() => ParticipantType, {
    nullable: true,
    description: 'The viewer’s own part; null for an admin who takes none.',
  })
  viewer(@Root() conversation: Shown, @Ctx() context: Context): Promise<Participant | null> {
    return readOwnParticipant(context.services, requireViewer(context), conversation)
  }

  @FieldResolver(() => UserType, {
    nullable: true,
    description: 'DIRECT: the other person. SUPPORT: for an admin the user, for the user null. Otherwise null.',
  })
  async counterpart(@Root() conversation: Shown, @Ctx() context: Context): Promise<Person | null> {
    const access = await sightOf(context, conversation)
    const otherId = access && counterpartOf(conversation, access.part)
    return otherId === null ? null : context.services.loaders.person(otherId)
  }

  @FieldResolver(() => MessageType, {
    nullable: true,
    description: 'The newest that the viewer may see, SYSTEM messages included; null where there is none.',
  })
  async lastMessage(@Root() conversation: Shown, @Ctx() context: Context): Promise<Message | null> {
    const { loaders } = context.services
    const viewer = requireViewer(context)
    const asked = [sightOf(context, conversation), loaders.lastMessage(keyOf(viewer, conversation))] as const
    const [access, message] = await Promise.all(asked)
    return access?.grant ? loaders.lastMessage(keyOf(readerOf(viewer, access), conversation)) : access && message
  }

  @FieldResolver(() => Int, {
    description:
      'Others’ messages beyond the viewer’s read position that they may see, without SYSTEM messages, deleted ones, and DELETED conversations; derived, never a stored counter. At the support desk, what its user wrote and no admin has read.',
  })
  async unreadCount(@Root() conversation: Shown, @Ctx() context: Context): Promise<number> {
    await mustBeSeen(context, conversation)
    return context.services.loaders.unreadCount(keyOf(requireViewer(context), conversation))
  }

  @FieldResolver(() => MessageType, {
    nullable: true,
    description: 'The oldest unread message: where to open the conversation. Null when nothing is unread.',
  })
  async firstUnread(@Root() conversation: Shown, @Ctx() context: Context): Promise<Message | null> {
    const { loaders } = context.services
    const asked = [
      sightOf(context, conversation),
      loaders.firstUnread(keyOf(requireViewer(context), conversation)),
    ] as const
    const [access, message] = await Promise.all(asked)
    return access && message
  }

  @FieldResolver(() => MessageConnectionType, {
    description: 'Oldest to newest in both directions, those that the viewer may see. Without arguments, the last 50.',
  })
  async messages(
    @Root() { id, access: known }: Shown,
    @Ctx() context: Context,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<MessageConnectionType> {
    const access = known ?? (await findReadAccess(context.services, requireViewer(context), id, mayNotRead))
    return readHistory(context.services, access, pageArgs(page, true))
  }

  @FieldResolver(() => Int, {
    description: '1, or higher once retention has removed the oldest messages: those below are gone.',
  })
  async firstSeq(@Root() conversation: Shown, @Ctx() context: Context): Promise<number> {
    await mustBeSeen(context, conversation)
    return conversation.firstSeq
  }

  @FieldResolver(() => SessionType, { nullable: true, description: 'The session that is running; null without one.' })
  async activeSession(@Root() conversation: Shown, @Ctx() context: Context): Promise<Session | null> {
    const { activeSessionId } = conversation
    if (activeSessionId === null || !(await sightOf(context, conversation))) return null
    return context.services.loaders.session(activeSessionId)
  }

  @FieldResolver(() => SessionConnectionType, { description: 'Its sessions, newest first.' })
  async sessions(
    @Root() conversation: Shown,
    @Ctx() context: Context,
    @Args(() => ForwardPageArgs) page: ForwardPageArgs,
  ): Promise<SessionConnectionType> {
    const reader = readerOf(requireViewer(context), await mustBeSeen(context, conversation))
    return listSessions(context.services, reader, { conversationId: conversation.id }, page)
  }

  @FieldResolver(() => DateTime, { description: 'When it was created.' })
  async createdAt(@Root() conversation: Shown, @Ctx() context: Context): Promise<Date> {
    await mustBeSeen(context, conversation)
    return conversation.createdAt
  }

  @FieldResolver(() => DateTime, {
    description: 'When the last message came, or it was created: the order of `conversations`.',
  })
  async lastActivityAt(@Root() conversation: Shown, @Ctx() context: Context): Promise<Date> {
    await mustBeSeen(context, conversation)
    return conversation.lastActivityAt
  }
}
