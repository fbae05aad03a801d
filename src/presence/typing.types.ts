import { Field, ID, InputType, ObjectType } from 'type-graphql'
import { DateTime } from '../graphql/scalars.js'
import type { Typing } from './typing.js'

@ObjectType('Typing', { description: 'That a person types in a conversation, or stopped.' })
export class TypingType {
  @Field(() => ID, { description: 'The conversation.' })
  conversationId!: string

  @Field(() => Boolean, { description: 'False: they stopped.' })
  isTyping!: boolean

  @Field(() => DateTime, { nullable: true, description: 'When it ends unless it is repeated; null for a stop.' })
  expiresAt!: Date | null
}

@InputType('SetTypingInput', { description: 'That the viewer types, or stopped.' })
export class SetTypingInputType {
  @Field(() => ID, { description: 'A conversation in which the viewer may send.' })
  conversationId!: string

  @Field(() => Boolean, { description: 'True: for the next 6 seconds. False: no more.' })
  isTyping!: boolean
}

@ObjectType('SetTypingPayload', { description: 'What the others are told.' })
export class SetTypingPayloadType {
  @Field(() => TypingType, { description: "The viewer's typing." })
  typing!: Typing
}
