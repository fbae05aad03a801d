import 'reflect-metadata'
import { ArgsType, Field, Int, ObjectType } from 'type-graphql'
import type { PageInput } from '../paging/page.js'

@ObjectType('PageInfo', { description: 'Where a page lies in its list.' })
export class PageInfoType {
  @Field(() => Boolean, { description: 'Whether the list goes on behind the page.' })
  hasNextPage!: boolean

  @Field(() => Boolean, { description: 'Whether the list has something before the page.' })
  hasPreviousPage!: boolean

  @Field(() => String, { nullable: true, description: 'The cursor of the first edge; null for an empty page.' })
  startCursor!: string | null

  @Field(() => String, { nullable: true, description: 'The cursor of the last edge; null for an empty page.' })
  endCursor!: string | null
}

// type-graphql prints arguments in reverse, and the schema turns them round: hence this order.
@ArgsType()
export class ForwardPageArgs implements PageInput {
  @Field(() => String, { nullable: true, description: 'The cursor behind which the page begins.' })
  after?: string | null

  @Field(() => Int, { nullable: true, description: 'The size of the page: 1 to 100, 50 where omitted.' })
  first?: number | null
}

@ArgsType()
export class PageArgs implements PageInput {
  @Field(() => String, {
    nullable: true,
    description: 'The cursor before which the page ends. Not with `first` or `after`.',
  })
  before?: string | null

  @Field(() => Int, {
    nullable: true,
    description: 'The size of a page that ends at `before` or at the end: 1 to 100.',
  })
  last?: number | null

  @Field(() => String, {
    nullable: true,
    description: 'The cursor behind which the page begins. Not with `last` or `before`.',
  })
  after?: string | null

  @Field(() => Int, {
    nullable: true,
    description: 'The size of a page that begins behind `after` or at the start: 1 to 100.',
  })
  first?: number | null
}
