import { Field, Int, ObjectType } from 'type-graphql'
import { DateTime } from '../graphql/scalars.js'
import { COST_OF_A_TEXT } from './message.types.js'
import type { Revision } from './message.js'

@ObjectType('MessageRevision', { description: 'A text that a message had, or has.' })
export class MessageRevisionType implements Revision {
  @Field(() => Int, { description: '1 for the original, then 2, 3, …' })
  revision!: number

  @Field(() => String, { complexity: COST_OF_A_TEXT, description: 'The text; empty where a card had none.' })
  body!: string

  @Field(() => DateTime, { description: 'When it was written.' })
  createdAt!: Date
}
