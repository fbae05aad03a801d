import {
  defaultTypeResolver,
  isObjectType,
  type GraphQLAbstractType,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql'
import type { Selection } from './plan.js'
import { executeFields, infoOf, isPromise, settle } from './execute-fields.js'
import type { Run } from './run.js'
import { Slot } from './slot.js'

/** From what a resolver gave to what is answered, its objects included. Throws what is wrong with the value itself. */
export type Complete = (run: Run, value: unknown, slot: Slot) => unknown

export const required =
  (inner: Complete, where: string): Complete =>
  (run, value, slot) => {
    if (value === null || value === undefined) throw new Error(`Cannot return null for non-nullable field ${where}.`)
    return inner(run, value, slot)
  }

export const optional =
  (inner: Complete): Complete =>
  (run, value, slot) => {
    if (value === null || value === undefined) return null
    if (value instanceof Error) throw value
    return inner(run, value, slot)
  }

export const leaf =
  (type: GraphQLLeafType): Complete =>
  (_run, value) => {
    const serialized: unknown = type.serialize(value)
    if (serialized === null || serialized === undefined) throw new Error(`${type.name} cannot represent a value.`)
    return serialized
  }

export const list =
  (item: Complete, nullable: boolean, where: string): Complete =>
  (run, value, slot) => {
    if (typeof value !== 'object' || !(Symbol.iterator in (value as object)))
      throw new Error(`Expected Iterable, but did not find one for field "${where}".`)
    const results: unknown[] = []
    for (const element of value as Iterable<unknown>) {
      const place = new Slot(slot, results.length, undefined, results, nullable, slot.field)
      results.push(null)
      settle(run, place, item, element)
    }
    return results
  }

export const object =
  (selection: () => Selection): Complete =>
  (run, value, slot) =>
    run.admit() ? executeFields(run, selection(), value, slot) : null

export const abstract = (
  type: GraphQLAbstractType,
  schema: GraphQLSchema,
  selections: (type: GraphQLObjectType) => Selection,
  where: string,
): Complete => {
  const resolveType = type.resolveType ?? defaultTypeResolver
  const named = (name: unknown) => {
    const found = typeof name === 'string' ? schema.getType(name) : undefined
    if (!isObjectType(found) || !schema.isSubType(type, found))
      throw new Error(`The type of a value of ${where} is none of ${type.name}.`)
    return selections(found)
  }
  return (run, value, slot) => {
    const name = resolveType(value, run.context, infoOf(run, slot), type)
    if (!run.admit()) return null
    if (!isPromise(name)) return executeFields(run, named(name), value, slot)
    run.wait(name, slot, (_run, resolved) => executeFields(run, named(resolved), value, slot))
    return null
  }
}
