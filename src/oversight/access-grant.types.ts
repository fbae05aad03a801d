import { Field, ID, InputType, Int, ObjectType } from 'type-graphql'
import { PageInfoType } from '../graphql/page.types.js'
import { DateTime } from '../graphql/scalars.js'
import type { PageInfo } from '../paging/page.js'
import type { AccessGrant } from './access-grant.js'
import type { RequestAccessInput } from './grant-access.js'

@ObjectType('AccessGrant', {
  description: 'An admin’s temporary, recorded right to read what they take no part in.',
})
export class AccessGrantType {
  @Field(() => ID, { description: 'One for each time that access was asked for.' })
  id!: string

  @Field(() => String, { description: 'Why, in the admin’s words: the subject reads it.' })
  reason!: string

  @Field(() => DateTime, { description: 'Since when.' })
  grantedAt!: Date

  @Field(() => DateTime, { description: 'Until when, at most.' })
  expiresAt!: Date

  @Field(() => DateTime, { nullable: true, description: 'When it was ended before its time; null if it was not.' })
  endedAt!: Date | null
}

@ObjectType('AccessGrantEdge', { description: 'A grant and its place in the list.' })
export class AccessGrantEdgeType {
  @Field(() => String, { description: 'The place in the list.' })
  cursor!: string

  @Field(() => AccessGrantType, { description: 'The grant.' })
  node!: AccessGrant
}

@ObjectType('AccessGrantConnection', { description: 'A page of grants.' })
export class AccessGrantConnectionType {
  @Field(() => [AccessGrantEdgeType], { description: 'Newest first.' })
  edges!: AccessGrantEdgeType[]

  @Field(() => PageInfoType, { description: 'Where the page lies in its list.' })
  pageInfo!: PageInfo
}

@InputType('RequestAccessInput', { description: 'Whose data, why, and for how long.' })
export class RequestAccessInputType implements RequestAccessInput {
  @Field(() => ID, { description: 'The person. Unknown: NOT_FOUND; oneself: BAD_USER_INPUT.' })
  subjectId!: string

  @Field(() => String, { description: '10 to 500 characters, which the subject reads.' })
  reason!: string

  @Field(() => Int, { description: '5 to 240.' })
  minutes!: number
}

@InputType('EndAccessInput', { description: 'A grant to end.' })
export class EndAccessInputType {
  @Field(() => ID, { description: 'The grant. Unknown: NOT_FOUND.' })
  id!: string
}

@ObjectType('AccessGrantPayload', { description: 'The grant as it is stored now.' })
export class AccessGrantPayloadType {
  @Field(() => AccessGrantType, { description: 'The grant.' })
  accessGrant!: AccessGrant
}
