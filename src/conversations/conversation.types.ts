import { Field, ID, InputType, Int, ObjectType } from 'type-graphql'
import { ConversationKindEnum, ConversationStatusEnum, RoleEnum } from '../graphql/enums.js'
import { PageInfoType } from '../graphql/page.types.js'
import { DateTime } from '../graphql/scalars.js'
import type { PageInfo } from '../paging/page.js'
import type { Role } from '../people/person.js'
import type { Conversation, ConversationKind, ConversationStatus } from './conversation.js'
import type { ConversationFilter } from './list-conversations.js'

@ObjectType('Conversation', { description: 'Where people write to each other.' })
export class ConversationType {
  @Field(() => ID, { description: 'The id of the conversation.' })
  id!: string

  @Field(() => ConversationKindEnum, { description: 'What kind it is; never changes.' })
  kind!: ConversationKind

  @Field(() => ConversationStatusEnum, { description: 'What may be done in it.' })
  status!: ConversationStatus
}

@ObjectType('Participant', { description: 'One person’s part in one conversation.' })
export class ParticipantType {
  @Field(() => ID, { description: 'One for each conversation and user.' })
  id!: string

  @Field(() => ID, { description: 'The id of the conversation.' })
  conversationId!: string

  @Field(() => RoleEnum, {
    description:
      'The profile under which the person takes part: a user may be a patient here and a professional elsewhere.',
  })
  role!: Role

  @Field(() => DateTime, { description: 'When they joined, the last time.' })
  joinedAt!: Date

  @Field(() => DateTime, { nullable: true, description: 'When they left; null while they take part.' })
  leftAt!: Date | null

  @Field(() => Int, {
    description:
      'The `seq` of the last message delivered to this participant; 0 before the first. Never behind `readThrough`.',
  })
  deliveredThrough!: number

  @Field(() => Int, { description: 'The `seq` of the last message read by this participant; 0 before the first.' })
  readThrough!: number
}

@ObjectType('ConversationEdge', { description: 'A conversation and its place in the list.' })
export class ConversationEdgeType {
  @Field(() => String, {
    description: 'Marks the place as it was when the page was read: activity moves a conversation up.',
  })
  cursor!: string

  @Field(() => ConversationType, { description: 'The conversation.' })
  node!: Conversation
}

@ObjectType('ConversationConnection', { description: 'A page of conversations.' })
export class ConversationConnectionType {
  @Field(() => [ConversationEdgeType], { description: 'By `lastActivityAt`, newest first.' })
  edges!: ConversationEdgeType[]

  @Field(() => PageInfoType, { description: 'Where the page lies in its list.' })
  pageInfo!: PageInfo
}

@ObjectType('UnreadCounts', {
  description:
    'What a user has not read. A query lists every conversation with unread messages; an update only those that changed, zero included: a cache reads `total` and each conversation’s `unreadCount`, and does not keep the list of an update.',
})
export class UnreadCountsType {
  @Field(() => ID, { description: 'The viewer’s id.' })
  id!: string

  @Field(() => Int, { description: 'Unread messages in all conversations together.' })
  total!: number

  @Field(() => Int, { description: 'Unread notifications.' })
  notifications!: number
}

@InputType('ConversationFilter', { description: 'Which conversations. All conditions must hold.' })
export class ConversationFilterType implements ConversationFilter {
  @Field(() => [ConversationStatusEnum], {
    nullable: true,
    description: 'Those in one of these. Only ACTIVE ones where it is omitted or null.',
  })
  statuses?: ConversationStatus[] | null = [ConversationStatusEnum.ACTIVE]

  @Field(() => [ConversationKindEnum], { nullable: true, description: 'Those of one of these kinds; all without it.' })
  kinds?: ConversationKind[] | null

  @Field(() => ID, { nullable: true, description: 'Those that this user takes part in as well.' })
  participantId?: string | null

  @Field(() => Boolean, { nullable: true, description: 'Only those with unread messages.' })
  unreadOnly?: boolean | null = false

  @Field(() => String, {
    nullable: true,
    description:
      'Matches a part of the title or of the other participants’ names, in upper or lower case. Up to 200 characters.',
  })
  search?: string | null
}

@InputType('StartConversationInput', { description: 'With whom.' })
export class StartConversationInputType {
  @Field(() => ID, {
    description: 'The other person. Unknown or inactive: NOT_FOUND; oneself: BAD_USER_INPUT; never related: FORBIDDEN.',
  })
  userId!: string

  @Field(() => RoleEnum, {
    nullable: true,
    description:
      'The viewer’s own role. Needed where both could be patient or professional to each other (BAD_USER_INPUT without it); a role that does not fit is FORBIDDEN.',
  })
  asRole?: Role | null
}

@ObjectType('StartConversationPayload', { description: 'The conversation.' })
export class StartConversationPayloadType {
  @Field(() => ConversationType, { description: 'The conversation.' })
  conversation!: Conversation

  @Field(() => Boolean, { description: 'False if it was there before.' })
  created!: boolean
}
