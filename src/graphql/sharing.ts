import {
  getNamedType,
  isAbstractType,
  isObjectType,
  Kind,
  OperationTypeNode,
  typeFromAST,
  visit,
  type ASTNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  type GraphQLType,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'
import type { Context } from './context.js'
import type { Variables } from './cost.js'
import { SharedResults } from './shared-results.js'

declare module 'graphql' {
  // The parameters have to be those that graphql-js declares.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  interface GraphQLFieldExtensions<_TSource, _TContext, _TArgs = any> {
    /** Its value follows from its object and its arguments alone, whoever asks. */
    shared?: boolean
    /** Throws where the viewer may not have it. */
    admit?: (context: Context) => void
  }
}

/** A subscription operation whose results are the same for all who may have them. */
export interface Sharing {
  readonly results: SharedResults
  /** Of the variables that the results depend on: equal where the results are. */
  question(variables: Variables): string
  /** Throws where this viewer may not have what others are given. */
  admit(context: Context): void
}

/** Null where a result depends on who asks. */
export const findSharing = (
  schema: GraphQLSchema,
  document: DocumentNode,
  node: OperationDefinitionNode,
): Sharing | null => {
  const [root, ...others] = node.selectionSet.selections
  if (node.operation !== OperationTypeNode.SUBSCRIPTION || root?.kind !== Kind.FIELD || others.length > 0) return null
  const field = schema.getSubscriptionType()?.getFields()[root.name.value]
  if (!field?.extensions.shared) return null
  const walk = new Walk(schema, document)
  if (!walk.isShared(root.selectionSet, field.type)) return null
  const names = variablesIn([...(root.directives ?? []), ...walk.seen])
  return {
    results: new SharedResults(),
    // What is omitted may have a default: it is not null.
    question: variables => JSON.stringify(names.map(name => (Object.hasOwn(variables, name) ? [variables[name]] : []))),
    admit: context => field.extensions.admit?.(context),
  }
}

const variablesIn = (nodes: readonly ASTNode[]): string[] => {
  const names = new Set<string>()
  for (const node of nodes) visit(node, { Variable: ({ name }) => void names.add(name.value) })
  return [...names]
}

/** What has no resolver of its own is a property of its object. */
const isFieldShared = ({ resolve, extensions }: GraphQLField<unknown, unknown>) =>
  (!resolve || extensions.shared === true) && !extensions.admit

class Walk {
  /** Every selection set; each fragment's once. */
  readonly seen = new Set<SelectionSetNode>()

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly document: DocumentNode,
  ) {}

  isShared(set: SelectionSetNode | undefined, type: GraphQLType): boolean {
    if (!set) return true
    const objects = this.objectsOf(type)
    this.seen.add(set)
    return set.selections.every(selection => {
      if (selection.kind === Kind.FIELD) return objects.every(object => this.isSharedOn(object, selection))
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? this.fragment(selection.name.value) : selection
      if (!fragment || this.seen.has(fragment.selectionSet)) return fragment !== undefined
      const condition = fragment.typeCondition && typeFromAST(this.schema, fragment.typeCondition)
      return this.isShared(fragment.selectionSet, condition ?? type)
    })
  }

  private isSharedOn(object: GraphQLObjectType, node: FieldNode): boolean {
    if (node.name.value === '__typename') return true
    const field = object.getFields()[node.name.value]
    return field !== undefined && isFieldShared(field) && this.isShared(node.selectionSet, field.type)
  }

  private objectsOf(type: GraphQLType): readonly GraphQLObjectType[] {
    const named = getNamedType(type)
    if (isAbstractType(named)) return this.schema.getPossibleTypes(named)
    return isObjectType(named) ? [named] : []
  }

  private fragment(name: string) {
    return this.document.definitions.find(
      definition => definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === name,
    ) as Extract<DocumentNode['definitions'][number], { kind: Kind.FRAGMENT_DEFINITION }> | undefined
  }
}
