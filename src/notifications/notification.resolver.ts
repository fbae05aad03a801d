import {
  Arg,
  Args,
  Ctx,
  Directive,
  FieldResolver,
  Mutation,
  Query,
  Resolver,
  Root,
  type SubscribeResolverData,
  Subscription,
} from 'type-graphql'
import type { Conversation } from '../conversations/conversation.js'
import { ConversationType } from '../conversations/conversation.types.js'
import { readUnreadCounts } from '../conversations/unread-counts.js'
import { type Context, requireViewer } from '../graphql/context.js'
import { ForwardPageArgs } from '../graphql/page.types.js'
import type { Message } from '../messages/message.js'
import { MessageType } from '../messages/message.types.js'
import { UserType } from '../people/people.types.js'
import type { Person } from '../people/person.js'
import type { Session } from '../sessions/session.js'
import { SessionType } from '../sessions/session.types.js'
import { findConversation, findMessageOf, findSessionOf } from './find-subject.js'
import { followNotifications } from './follow-notifications.js'
import { listNotifications } from './list-notifications.js'
import { markNotificationsRead } from './mark-notifications-read.js'
import { type Notification, titleOf } from './notification.js'
import {
  MarkNotificationsReadInputType,
  MarkNotificationsReadPayloadType,
  NotificationConnectionType,
  NotificationType,
  NotifyInputType,
  NotifyPayloadType,
} from './notification.types.js'
import { notify } from './notify.js'

@Resolver(() => NotificationType)
export class NotificationResolver {
  @Directive('@auth')
  @Query(() => NotificationConnectionType, { description: 'The viewer’s. Newest first.' })
  notifications(
    @Ctx() context: Context,
    @Arg('unreadOnly', () => Boolean, { nullable: true, defaultValue: false, description: 'Only those not yet read.' })
    unreadOnly: boolean | null,
    @Args(() => ForwardPageArgs) page: ForwardPageArgs,
  ): Promise<NotificationConnectionType> {
    return listNotifications(context.services, requireViewer(context), unreadOnly ?? false, page)
  }

  @Directive('@auth')
  @Mutation(() => MarkNotificationsReadPayloadType, {
    nullable: true,
    description:
      'All of them without ids. It reads no message; reading a conversation (`markRead`) reads its MESSAGE notification, and acknowledging an emergency one’s own notifications of it.',
  })
  async markNotificationsRead(
    @Ctx() context: Context,
    @Arg('input', () => MarkNotificationsReadInputType, { nullable: true, defaultValue: {}, description: 'Which.' })
    input: MarkNotificationsReadInputType | null,
  ): Promise<MarkNotificationsReadPayloadType> {
    const viewer = requireViewer(context)
    const notifications = await markNotificationsRead(context.services, viewer, input?.ids ?? null)
    return { notifications, unreadCounts: await readUnreadCounts(context.services, viewer) }
  }

  @Directive('@auth(requires: [ADMIN])')
  @Mutation(() => NotifyPayloadType, {
    nullable: true,
    description:
      'A SYSTEM notification to these people, or a SYSTEM message into a conversation, from the host system. CONFLICT: CONVERSATION_NOT_ACTIVE.',
  })
  notify(
    @Ctx() context: Context,
    @Arg('input', () => NotifyInputType, { description: 'What, and to whom.' }) input: NotifyInputType,
  ): Promise<NotifyPayloadType> {
    return notify(context.services, requireViewer(context), input)
  }

  @Directive('@auth')
  @Subscription(() => NotificationType, {
    subscribe: ({ context }: SubscribeResolverData<unknown, unknown, Context>) =>
      followNotifications(context.services, requireViewer(context), context.connection.queue),
    description:
      'The viewer’s new notifications, on each of their connections, each once, from now on. It begins anew after a reconnect: a query sent behind it on the same WebSocket misses nothing.',
  })
  notificationAdded(@Root() notification: Notification): Notification {
    return notification
  }

  @FieldResolver(() => String, {
    description:
      'In English, without private text: of SYSTEM the host system’s words. A client in another language goes by `kind`.',
  })
  title(@Root() notification: Notification): string {
    return titleOf(notification)
  }

  @FieldResolver(() => UserType, { nullable: true, description: 'Who did it; null where nobody in particular did.' })
  actor(@Root() { actorId }: Notification, @Ctx() { services }: Context): Promise<Person> | null {
    return actorId === null ? null : services.loaders.person(actorId)
  }

  @FieldResolver(() => ConversationType, {
    nullable: true,
    description:
      'Where; null where that is nowhere, or the viewer takes no part any more. An admin who takes none learns its id, kind and status alone: what else cannot be null is FORBIDDEN.',
  })
  conversation(@Root() notification: Notification, @Ctx() context: Context): Promise<Conversation | null> {
    return findConversation(context.services, requireViewer(context), notification)
  }

  @FieldResolver(() => MessageType, {
    nullable: true,
    description:
      'Of MESSAGE the first unread one when it was made. Null where there is none, or the viewer may not see it any more; of EMERGENCY_ESCALATED without its text for an admin who takes no part.',
  })
  message(@Root() notification: Notification, @Ctx() context: Context): Promise<Message | null> {
    return findMessageOf(context.services, requireViewer(context), notification)
  }

  @FieldResolver(() => SessionType, {
    nullable: true,
    description: 'The session; null without one, or where the viewer takes no part any more.',
  })
  session(@Root() notification: Notification, @Ctx() context: Context): Promise<Session | null> {
    return findSessionOf(context.services, requireViewer(context), notification)
  }
}
