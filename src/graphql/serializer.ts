import type { GraphQLLeafType } from 'graphql'

/** Undefined, or a throw, for what is no good value. */
export type Serialize = (value: unknown) => unknown

// The specified scalars that leave such a value as it is.
const UNCHANGED: Readonly<Record<string, string>> = { String: 'string', ID: 'string', Boolean: 'boolean' }

const isException = (value: unknown) =>
  typeof value === 'function' || value instanceof Error || (value as { then?: unknown }).then !== undefined

/** For values that are read from an object: most are good as they are. */
export const serializer = (type: GraphQLLeafType): Serialize => {
  const unchanged = UNCHANGED[type.name]
  return value => {
    if (typeof value === unchanged) return value
    if (value === undefined || isException(value)) return undefined
    return type.serialize(value) ?? undefined
  }
}
