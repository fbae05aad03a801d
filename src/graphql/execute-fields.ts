import {
  defaultFieldResolver,
  getArgumentValues,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
} from 'graphql'
import type { Complete } from './complete.js'
import type { Context } from './context.js'
import type { PlannedField, Selection } from './plan.js'
import type { Run } from './run.js'
import { Slot, type Holder } from './slot.js'

export const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'

export const infoOf = ({ plan, rootValue, variables }: Run, slot: Slot): GraphQLResolveInfo => {
  const { definition, nodes, parent } = slot.field
  return {
    fieldName: definition.name,
    fieldNodes: nodes,
    returnType: definition.type,
    parentType: parent,
    path: slot,
    schema: plan.of.schema,
    fragments: plan.of.fragments,
    rootValue,
    operation: plan.of.operation,
    variableValues: variables,
  }
}

const NO_ARGUMENTS = Object.freeze({})

const resolve = (resolver: GraphQLFieldResolver<unknown, Context>, run: Run, slot: Slot, source: unknown): unknown => {
  const { definition, nodes } = slot.field
  const given =
    definition.args.length === 0
      ? NO_ARGUMENTS
      : getArgumentValues(definition as GraphQLField<unknown, unknown>, nodes[0]!, run.variables)
  return resolver(source, given, run.context, infoOf(run, slot))
}

const isObject = (source: unknown): source is Record<string, unknown> => typeof source === 'object' && source !== null

const valueOf = (run: Run, slot: Slot, source: unknown): unknown => {
  const { resolve: resolver, name } = slot.field.definition
  if (resolver) return resolve(resolver, run, slot, source)
  const value = isObject(source) ? source[name] : undefined
  return typeof value === 'function' ? resolve(defaultFieldResolver, run, slot, source) : value
}

/** Completes the value into its slot. Never throws. */
export const settle = (run: Run, slot: Slot, complete: Complete, value: unknown): void => {
  try {
    if (isPromise(value)) run.wait(value, slot, complete)
    else slot.fill(complete(run, value, slot))
  } catch (error) {
    run.fail(slot, error)
  }
}

export const executeField = (
  run: Run,
  field: PlannedField,
  source: unknown,
  into: Holder,
  parent: Slot | undefined,
): void => {
  const slot = new Slot(parent, field.key, field.parent.name, into, field.nullable, field)
  try {
    settle(run, slot, field.complete, valueOf(run, slot, source))
  } catch (error) {
    run.fail(slot, error)
  }
}

/** A value that is there and done with; undefined where it takes more. */
const readLeaf = ({ serialize, definition }: PlannedField, source: unknown): unknown => {
  if (!serialize || !isObject(source)) return undefined
  try {
    const value = source[definition.name]
    return value === null ? undefined : serialize(value)
  } catch {
    return undefined
  }
}

export const executeFields = (run: Run, { fields, blank }: Selection, source: unknown, slot: Slot | undefined) => {
  const into: Holder = { ...blank }
  for (const field of fields) {
    const value = readLeaf(field, source)
    if (value === undefined) executeField(run, field, source, into, slot)
    else into[field.key] = value
  }
  return into
}
