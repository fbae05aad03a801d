import { Field, ID, InputType, ObjectType } from 'type-graphql'
import type { UnreadCounts } from '../conversations/unread-counts.js'
import { UnreadCountsType } from '../conversations/conversation.types.js'
import { NotificationKindEnum } from '../graphql/enums.js'
import { PageInfoType } from '../graphql/page.types.js'
import { DateTime } from '../graphql/scalars.js'
import type { Message } from '../messages/message.js'
import { MessageType } from '../messages/message.types.js'
import type { PageInfo } from '../paging/page.js'
import type { Notification, NotificationKind } from './notification.js'
import type { NotifyInput } from './notify.js'

@ObjectType('Notification', {
  description: 'Carries no message text: what is private stays behind the conversation.',
})
export class NotificationType {
  @Field(() => ID, { description: 'The id of the notification.' })
  id!: string

  @Field(() => NotificationKindEnum, { description: 'What it tells of.' })
  kind!: NotificationKind

  @Field(() => Boolean, { description: 'Whether it should be brought to attention at once, muted or not.' })
  urgent!: boolean

  @Field(() => DateTime, { description: 'When it was made, by the database’s clock.' })
  createdAt!: Date

  @Field(() => DateTime, { nullable: true, description: 'When it was read; null while it is not.' })
  readAt!: Date | null
}

@ObjectType('NotificationEdge', { description: 'A notification and its place in the list.' })
export class NotificationEdgeType {
  @Field(() => String, { description: 'The notification’s cursor.' })
  cursor!: string

  @Field(() => NotificationType, { description: 'The notification.' })
  node!: Notification
}

@ObjectType('NotificationConnection', { description: 'A page of notifications.' })
export class NotificationConnectionType {
  @Field(() => [NotificationEdgeType], { description: 'Newest first.' })
  edges!: NotificationEdgeType[]

  @Field(() => PageInfoType, { description: 'Where the page lies in its list.' })
  pageInfo!: PageInfo
}

@InputType('MarkNotificationsReadInput', { description: 'Which notifications.' })
export class MarkNotificationsReadInputType {
  @Field(() => [ID], {
    nullable: true,
    description:
      'The viewer’s own, at most 100: what is not theirs is NOT_FOUND, and then none is marked. All without it.',
  })
  ids?: string[] | null
}

@ObjectType('MarkNotificationsReadPayload', { description: 'What was read.' })
export class MarkNotificationsReadPayloadType {
  @Field(() => [NotificationType], {
    description:
      'Those named; without ids those that were unread, the newest 100 at most: a cache that holds more queries them anew. Newest first.',
  })
  notifications!: Notification[]

  @Field(() => UnreadCountsType, { description: 'What is unread now.' })
  unreadCounts!: UnreadCounts
}

@InputType('NotifyInput', { description: 'To people, or into a conversation: not both.' })
export class NotifyInputType implements NotifyInput {
  @Field(() => [ID], {
    nullable: true,
    description:
      'Whom a SYSTEM notification goes to, 1 to 100. Unknown or inactive ones are NOT_FOUND, and then nobody is notified.',
  })
  userIds?: string[] | null

  @Field(() => ID, { nullable: true, description: 'Where a SYSTEM message is written.' })
  conversationId?: string | null

  @Field(() => String, { description: 'At most 200 characters, shown as it is, and pushed: no private text.' })
  title!: string

  @Field(() => Boolean, { nullable: true, description: 'Only of what goes to people: else BAD_USER_INPUT.' })
  urgent?: boolean | null = false
}

@ObjectType('NotifyPayload', { description: 'What was made.' })
export class NotifyPayloadType {
  @Field(() => [NotificationType], { description: 'One for each person, empty for a conversation.' })
  notifications!: Notification[]

  @Field(() => MessageType, { nullable: true, description: 'The message in the conversation; null for people.' })
  message!: Message | null
}
