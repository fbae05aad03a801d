import {
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'
import { limitError } from './request-errors.js'

export const MAX_TOKENS = 1_000
export const MAX_DEPTH = 12
export const MAX_ALIASES = 15

interface Shape {
  depth: number
  aliases: number
}

export type Fragments = ReadonlyMap<string, FragmentDefinitionNode>

export const fragmentsOf = (document: DocumentNode): Fragments =>
  new Map(
    document.definitions.flatMap(definition =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : [],
    ),
  )

export const operationsOf = (document: DocumentNode): OperationDefinitionNode[] =>
  document.definitions.filter(definition => definition.kind === Kind.OPERATION_DEFINITION)

/** Measures each fragment once, however often it is spread. */
class Measure {
  readonly #shapes = new Map<string, Shape>()

  constructor(private readonly fragments: Fragments) {}

  of(selectionSet: SelectionSetNode | undefined): Shape {
    const shape = { depth: 0, aliases: 0 }
    for (const selection of selectionSet?.selections ?? []) {
      const part = this.#selection(selection)
      shape.depth = Math.max(shape.depth, part.depth)
      shape.aliases += part.aliases
    }
    return shape
  }

  #selection(selection: SelectionSetNode['selections'][number]): Shape {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return this.#fragment(selection.name.value)
    if (selection.kind === Kind.INLINE_FRAGMENT) return this.of(selection.selectionSet)
    // Introspection is deep by nature: the specified rules bound it, and the switch turns it off.
    if (selection.name.value.startsWith('__')) return { depth: 1, aliases: 0 }
    const below = this.of(selection.selectionSet)
    return { depth: below.depth + 1, aliases: below.aliases + (selection.alias ? 1 : 0) }
  }

  #fragment(name: string): Shape {
    const known = this.#shapes.get(name)
    if (known) return known
    // Stands in for a fragment that spreads itself, which the specified rules refuse.
    this.#shapes.set(name, { depth: 0, aliases: 0 })
    const shape = this.of(this.fragments.get(name)?.selectionSet)
    this.#shapes.set(name, shape)
    return shape
  }
}

/** What the shape of the document alone decides, per operation. */
export const checkShape = (document: DocumentNode): GraphQLError[] => {
  const measure = new Measure(fragmentsOf(document))
  return operationsOf(document).flatMap(operation => {
    const { depth, aliases } = measure.of(operation.selectionSet)
    return [
      ...(depth > MAX_DEPTH
        ? [limitError('depth', `The operation is ${depth} levels deep; ${MAX_DEPTH} are allowed.`)]
        : []),
      ...(aliases > MAX_ALIASES
        ? [limitError('aliases', `The operation has ${aliases} aliases; ${MAX_ALIASES} are allowed.`)]
        : []),
    ]
  })
}
