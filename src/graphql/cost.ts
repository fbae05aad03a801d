import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql'
import { DEFAULT_PAGE, MAX_PAGE } from '../paging/page.js'
import { type Count, evaluate, memoized, product, sum } from './count.js'
import { fragmentsOf, type Fragments } from './limits.js'

declare module 'graphql' {
  // The parameters have to be those that graphql-js declares.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  interface GraphQLFieldExtensions<_TSource, _TContext, _TArgs = any> {
    /** How many a list without a page size is taken to hold, where that is less than LIST_SIZE. */
    listSize?: number
  }
}

/**
 * The cost of an operation is the number of objects that it may read: 1 for each field that gives an object, times the
 * sizes of the pages and lists around it. Edges, page information and plain values are free, but for those that say what
 * they cost: a message's text may be long, under each alias anew.
 */
export const MAX_COST = 10_000
/** Of each event of a subscription: many may come at a time. */
export const MAX_EVENT_COST = 1_000

/** What a list without a page size is taken to hold. */
const LIST_SIZE = 10

export type Variables = Readonly<Record<string, unknown>>

export type CostOf = (variables: Variables) => number

/** Out of bounds, or both: the resolver's to refuse. */
const pageSize = (otherwise: unknown) => (given: unknown[]) => {
  if (given.every(value => value === null || value === undefined))
    return typeof otherwise === 'number' ? otherwise : DEFAULT_PAGE
  const sizes = given.filter(value => typeof value === 'number' && Number.isFinite(value)) as number[]
  return Math.min(Math.max(1, ...sizes), MAX_PAGE)
}

const listSize = ([given]: unknown[]) => (Array.isArray(given) ? given.length : LIST_SIZE)

class Compiler {
  readonly #fragments: Fragments
  readonly #counts = new Map<string, Count>()

  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
    private readonly operation: OperationDefinitionNode,
  ) {
    this.#fragments = fragmentsOf(document)
  }

  operationCount(): Count {
    const root = this.schema.getRootType(this.operation.operation)
    return root ? this.#selections(this.operation.selectionSet, root) : 0
  }

  #selections(selectionSet: SelectionSetNode, parent: GraphQLCompositeType): Count {
    return sum(
      selectionSet.selections.map(selection => {
        if (selection.kind === Kind.FRAGMENT_SPREAD) return this.#fragment(selection.name.value)
        if (selection.kind === Kind.FIELD) return this.#field(selection, parent)
        return this.#selections(selection.selectionSet, this.#typed(selection.typeCondition?.name.value, parent))
      }),
    )
  }

  #typed(name: string | undefined, otherwise: GraphQLCompositeType): GraphQLCompositeType {
    const type = name === undefined ? undefined : this.schema.getType(name)
    return isCompositeType(type) ? type : otherwise
  }

  #fragment(name: string): Count {
    const known = this.#counts.get(name)
    if (known !== undefined) return known
    const fragment = this.#fragments.get(name)
    const type = fragment && this.schema.getType(fragment.typeCondition.name.value)
    const count = fragment && isCompositeType(type) ? this.#selections(fragment.selectionSet, type) : 0
    const once: Count = typeof count === 'number' ? count : request => memoized(name, count, request)
    this.#counts.set(name, once)
    return once
  }

  #field(node: FieldNode, parent: GraphQLCompositeType): Count {
    const field = 'getFields' in parent ? parent.getFields()[node.name.value] : undefined
    const type = field && getNamedType(field.type)
    if (!field) return 0
    if (!node.selectionSet || !isCompositeType(type)) return Number(field.extensions.complexity ?? 0)
    const below = this.#selections(node.selectionSet, type)
    if (/(Connection|Edge)$/.test(parent.name)) return below
    return product(this.#size(field, node), sum([1, below]))
  }

  #size(field: GraphQLField<unknown, unknown>, node: FieldNode): Count {
    const given = (name: string) => node.arguments?.find(argument => argument.name.value === name)?.value
    const first = field.args.find(argument => argument.name === 'first')
    if (first) return this.#reading([given('first'), given('last')], pageSize(first.defaultValue))
    if (!isListType(getNullableType(field.type))) return 1
    if (field.extensions.listSize !== undefined) return field.extensions.listSize
    const list = field.args.find(argument => isListType(getNullableType(argument.type)))
    return this.#reading([list && given(list.name)], listSize)
  }

  #reading(nodes: (ValueNode | undefined)[], read: (values: unknown[]) => number): Count {
    const values = nodes.map(node => this.#value(node))
    const constant = values.every(value => typeof value !== 'function')
    if (constant) return read(values)
    return ({ variables }) =>
      read(
        values.map(value => (typeof value === 'function' ? (value as (from: Variables) => unknown)(variables) : value)),
      )
  }

  /** A function where a variable decides. */
  #value(node: ValueNode | undefined): unknown {
    if (node?.kind !== Kind.VARIABLE) return node && literal(node)
    const name = node.name.value
    const definition = this.operation.variableDefinitions?.find(({ variable }) => variable.name.value === name)
    const otherwise = definition?.defaultValue && literal(definition.defaultValue)
    // graphql-js loses a variable of this name: the argument is as omitted.
    if (name === '__proto__') return undefined
    // As graphql-js asks: what every object inherits is not given.
    return (variables: Variables) => (Object.hasOwn(variables, name) ? variables[name] : otherwise)
  }
}

const literal = (value: ValueNode): unknown => {
  if (value.kind === Kind.INT) return Number(value.value)
  if (value.kind === Kind.LIST) return value.values
  return value.kind === Kind.NULL ? null : undefined
}

/** For a document that is valid. */
export const compileCost = (
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): CostOf => {
  const count = new Compiler(schema, document, operation).operationCount()
  return variables => evaluate(count, { variables, fragments: new Map() })
}
