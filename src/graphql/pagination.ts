import 'reflect-metadata'
import { ArgsType, Field, Int, ObjectType } from 'type-graphql'
import { badInput } from '../errors.js'

export const MAX_PAGE = 100
export const DEFAULT_PAGE = 50

export interface PageInput {
  first?: number | null
  after?: string | null
  last?: number | null
  before?: string | null
}

export interface Page {
  limit: number
  /** From the newer end towards the older; items are given oldest to newest all the same. */
  backward: boolean
  /** `after` where forward, `before` where backward. */
  cursor: string | null
}

export interface PageInfo {
  hasNextPage: boolean
  hasPreviousPage: boolean
  startCursor: string | null
  endCursor: string | null
}

export interface Edge<T> {
  cursor: string
  node: T
}

export interface Paged<T> {
  edges: Edge<T>[]
  pageInfo: PageInfo
}

const size = (field: 'first' | 'last', value: number) => {
  if (!Number.isInteger(value) || value < 1 || value > MAX_PAGE)
    throw badInput(field, `${field} must be from 1 to ${MAX_PAGE}.`)
  return value
}

/** Without `first`, `last` or a cursor, a list that ends with the newest gives its last page: `fromEnd`. */
export const pageArgs = ({ first, after, last, before }: PageInput, fromEnd = false): Page => {
  const given = (value: unknown) => value !== null && value !== undefined
  if (given(first) && given(last)) throw badInput('last', 'first and last exclude each other.')
  if (given(first) && given(before)) throw badInput('before', 'first goes with after.')
  if (given(last) && given(after)) throw badInput('after', 'last goes with before.')
  if (given(after) && given(before)) throw badInput('before', 'after and before exclude each other.')
  const backward = given(last) || given(before) || (fromEnd && !given(first) && !given(after))
  const field = backward ? 'last' : 'first'
  return {
    limit: size(field, (backward ? last : first) ?? DEFAULT_PAGE),
    backward,
    cursor: (backward ? before : after) ?? null,
  }
}

/** `items` in the order of the list. */
export const paged = <T>(
  items: T[],
  cursorOf: (item: T) => string,
  has: { hasNextPage: boolean; hasPreviousPage: boolean },
): Paged<T> => {
  const edges = items.map(node => ({ cursor: cursorOf(node), node }))
  return {
    edges,
    pageInfo: { ...has, startCursor: edges[0]?.cursor ?? null, endCursor: edges.at(-1)?.cursor ?? null },
  }
}

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
