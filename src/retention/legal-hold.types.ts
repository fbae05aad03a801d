import { Field, ID, InputType, ObjectType } from 'type-graphql'
import { PageInfoType } from '../graphql/page.types.js'
import { DateTime } from '../graphql/scalars.js'
import type { PageInfo } from '../paging/page.js'
import type { NumberedHold } from './legal-hold.js'
import type { LegalHoldInput } from './set-legal-hold.js'

@ObjectType('LegalHold', { description: 'Why a conversation keeps everything. For admins alone.' })
export class LegalHoldType {
  @Field(() => String, { description: 'In the words of the admin who set it, or gave a new reason.' })
  reason!: string

  @Field(() => DateTime, { description: 'Since when it is held for this reason.' })
  at!: Date
}

@ObjectType('LegalHoldEntry', { description: 'That a conversation was put under legal hold, or that it was lifted.' })
export class LegalHoldEntryType {
  @Field(() => Boolean, { description: 'True: it keeps everything since. False: it does not any more.' })
  isHeld!: boolean

  @Field(() => String, { description: 'In the words of the admin.' })
  reason!: string

  @Field(() => DateTime, { description: 'When, by the database’s clock.' })
  at!: Date
}

@ObjectType('LegalHoldEdge', { description: 'A place in a list of legal holds.' })
export class LegalHoldEdgeType {
  @Field(() => String, { description: 'Marks the place.' })
  cursor!: string

  @Field(() => LegalHoldEntryType, { description: 'What was said.' })
  node!: NumberedHold
}

@ObjectType('LegalHoldConnection', { description: 'A page of legal holds.' })
export class LegalHoldConnectionType {
  @Field(() => [LegalHoldEdgeType], { description: 'Newest first.' })
  edges!: LegalHoldEdgeType[]

  @Field(() => PageInfoType, { description: 'Where the page lies in its list.' })
  pageInfo!: PageInfo
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
