import { Field, ID, InputType, ObjectType } from 'type-graphql'
import type { Conversation, Participant } from '../conversations/conversation.js'
import { ConversationType, ParticipantType } from '../conversations/conversation.types.js'

@InputType('MarkInput', { description: 'How far the viewer has come in a conversation.' })
export class MarkInputType {
  @Field(() => ID, { description: 'The conversation.' })
  conversationId!: string

  @Field(() => ID, {
    nullable: true,
    description: 'That message and all before it; without it, everything at the time of the request.',
  })
  throughMessageId?: string | null
}

@ObjectType('MarkPayload', { description: 'Where the viewer stands now.' })
export class MarkPayloadType {
  @Field(() => ConversationType, { description: 'The conversation, with its counts as they are now.' })
  conversation!: Conversation

  @Field(() => ParticipantType, { description: 'The viewer’s part, with its positions.' })
  participant!: Participant
}
