import { Field, ID, InputType, Int, ObjectType } from 'type-graphql'
import type { Person } from '../people/person.js'
import type { ReactionGroup } from './reaction.js'

@ObjectType('ReactionGroup', { description: 'Those who reacted to a message with the same emoji.' })
export class ReactionGroupType implements ReactionGroup {
  @Field(() => String, { description: 'The emoji, written in full: with its variation selectors.' })
  emoji!: string

  @Field(() => Int, { description: 'How many people reacted with it.' })
  count!: number

  @Field(() => Boolean, { description: 'Whether the viewer is one of them.' })
  viewerReacted!: boolean

  reactors!: Person[]
}

@InputType('ReactionInput', { description: 'A reaction to a message.' })
export class ReactionInputType {
  @Field(() => ID, { description: 'The message.' })
  messageId!: string

  @Field(() => String, {
    description:
      'One emoji of those that Unicode recommends for interchange, whether with its variation selectors or without; anything else is BAD_USER_INPUT.',
  })
  emoji!: string
}
