import { Field, ID, InputType, ObjectType } from 'type-graphql'
import { ConversationStatusEnum, RoleEnum, RoomTypeEnum } from '../graphql/enums.js'
import { DateTime } from '../graphql/scalars.js'
import type { Role } from '../people/person.js'
import type { Conversation, ConversationStatus, RoomType } from './conversation.js'
import { ConversationType } from './conversation.types.js'

const TITLE = 'What it is called: 1 to 200 characters.'
const DESCRIPTION = 'What it is about: up to 2,000 characters.'
const TAGS = 'Up to 20 words of up to 50 characters, each once.'

@ObjectType('RolePermission', { description: 'What a role may do in a conversation.' })
export class RolePermissionType {
  @Field(() => RoleEnum, { description: 'The role.' })
  role!: Role

  @Field(() => Boolean, { description: 'Whether its participants may send.' })
  canSend!: boolean

  @Field(() => Boolean, { description: 'Whether its participants see what was before them.' })
  canViewHistory!: boolean
}

@ObjectType('OwnPermission', { description: 'What goes before the role’s permission; null: the role’s applies.' })
export class OwnPermissionType {
  @Field(() => Boolean, { nullable: true, description: 'Whether they may send.' })
  canSend!: boolean | null

  @Field(() => Boolean, { nullable: true, description: 'Whether they see what was before them.' })
  canViewHistory!: boolean | null
}

@ObjectType('ConversationPayload', { description: 'The conversation as it is now.' })
export class ConversationPayloadType {
  @Field(() => ConversationType, { description: 'The conversation.' })
  conversation!: Conversation
}

@InputType('CreateGroupInput', { description: 'A new GROUP conversation, in which the viewer takes part.' })
export class CreateGroupInputType {
  @Field(() => [ID], {
    description:
      'Who else: a professional names colleagues and patients in their care, an admin anyone; at most 499, and not oneself. `contacts` has no colleagues: their ids are the host system’s to give.',
  })
  participantIds!: string[]

  @Field(() => String, { description: TITLE })
  title!: string

  @Field(() => RoomTypeEnum, { nullable: true, description: 'What it is for.' })
  roomType?: RoomType | null = RoomTypeEnum.GENERAL

  @Field(() => String, { nullable: true, description: DESCRIPTION })
  description?: string | null

  @Field(() => [String], { nullable: true, description: TAGS })
  tags?: string[] | null
}

@InputType('StartSupportInput', { description: 'Whose SUPPORT conversation.' })
export class StartSupportInputType {
  @Field(() => ID, { nullable: true, description: 'Admins only.' })
  userId?: string | null
}

@InputType('UpdateConversationInput', { description: 'What is omitted stays as it is, and null clears.' })
export class UpdateConversationInputType {
  @Field(() => ID, { description: 'The conversation.' })
  conversationId!: string

  @Field(() => String, { nullable: true, description: TITLE })
  title?: string | null

  @Field(() => String, { nullable: true, description: DESCRIPTION })
  description?: string | null

  @Field(() => [String], { nullable: true, description: TAGS })
  tags?: string[] | null

  @Field(() => RoomTypeEnum, { nullable: true, description: 'What it is for; null makes it GENERAL.' })
  roomType?: RoomType | null
}

@InputType('SetConversationStatusInput', { description: 'A status for a conversation.' })
export class SetConversationStatusInputType {
  @Field(() => ID, { description: 'The conversation.' })
  conversationId!: string

  @Field(() => ConversationStatusEnum, { description: 'The status.' })
  status!: ConversationStatus
}

@InputType('ParticipantsInput', { description: 'People in a GROUP conversation.' })
export class ParticipantsInputType {
  @Field(() => ID, { description: 'The conversation.' })
  conversationId!: string

  @Field(() => [ID], { description: 'The people: at most 500.' })
  userIds!: string[]
}

@InputType('RolePermissionsInput', { description: 'What a role may do; what is omitted or null stays as it is.' })
export class RolePermissionsInputType {
  @Field(() => ID, { description: 'The conversation.' })
  conversationId!: string

  @Field(() => RoleEnum, { description: 'The role.' })
  role!: Role

  @Field(() => Boolean, { nullable: true, description: 'Whether its participants may send.' })
  canSend?: boolean | null

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether its participants see what was before; taken, they see nothing older than that moment. Given, or given back, it counts what they have not read of the old messages as unread.',
  })
  canViewHistory?: boolean | null
}

@InputType('ParticipantPermissionsInput', {
  description: 'What one participant may do, whatever their role may; what is omitted stays as it is.',
})
export class ParticipantPermissionsInputType {
  @Field(() => ID, { description: 'The conversation.' })
  conversationId!: string

  @Field(() => ID, { description: 'The participant. Who takes no part: NOT_FOUND.' })
  userId!: string

  @Field(() => Boolean, { nullable: true, description: 'Whether they may send; null: as their role.' })
  canSend?: boolean | null

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether they see what was before; null: as their role. Given, or given back, it counts what they have not read of the old messages as unread.',
  })
  canViewHistory?: boolean | null
}

@InputType('NotificationSettingsInput', { description: 'The viewer’s own; what is omitted stays as it is.' })
export class NotificationSettingsInputType {
  @Field(() => ID, { description: 'The conversation.' })
  conversationId!: string

  @Field(() => Boolean, { nullable: true, description: 'Whether there are notifications of it; null: yes.' })
  enabled?: boolean | null

  @Field(() => DateTime, { nullable: true, description: 'None until then; null: no such time.' })
  mutedUntil?: Date | null
}
