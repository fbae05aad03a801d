import { Field, ID, InputType, ObjectType } from 'type-graphql'
import { DateTime } from '../graphql/scalars.js'
import type { LegalHoldInput } from './set-legal-hold.js'

@ObjectType('LegalHold', { description: 'Why a conversation keeps everything. For admins alone.' })
export class LegalHoldType {
  @Field(() => String, { description: 'In the words of the admin who set it, or gave a new reason.' })
  reason!: string

  @Field(() => DateTime, { description: 'Since when it is held for this reason.' })
  at!: Date
}

@InputType('LegalHoldInput', { description: 'A hold to set, or to lift.' })
export class LegalHoldInputType implements LegalHoldInput {
  @Field(() => ID, { description: 'The conversation, whatever its status. Unknown: NOT_FOUND.' })
  conversationId!: string

  @Field(() => Boolean, { description: 'True: it keeps everything from now on. False: it does not any more.' })
  hold!: boolean

  @Field(() => String, { description: 'Why: 10 to 500 characters, kept for good, for admins alone.' })
  reason!: string
}
