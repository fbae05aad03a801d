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

export interface Found<T> {
  /** One more than the page holds, where the list goes on. */
  found: T[]
  limit: number
  /** Behind what the page begins; null at the list's start. */
  after: unknown
  cursorOf: (item: T) => string
}

/** A page of a list that is read in one direction alone. */
export const pagedForward = <T>({ found, limit, after, cursorOf }: Found<T>): Paged<T> =>
  paged(found.slice(0, limit), cursorOf, { hasNextPage: found.length > limit, hasPreviousPage: after !== null })
