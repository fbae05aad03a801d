import { collectFields, collectSubFields } from '@graphql-tools/utils'
import {
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql'
import * as complete from './complete.js'
import type { Complete } from './complete.js'
import type { Context } from './context.js'
import type { Variables } from './cost.js'
import { serializer, type Serialize } from './serializer.js'

/** One field of a selection, with everything about it that is the same for every object and every request. */
export interface PlannedField {
  readonly key: string
  readonly nodes: readonly FieldNode[]
  readonly parent: GraphQLObjectType
  readonly definition: GraphQLField<unknown, Context>
  readonly nullable: boolean
  /** Where the value is a property of the object and holds no objects; undefined where that fails. */
  readonly serialize: Serialize | undefined
  readonly complete: Complete
}

export interface Selection {
  readonly fields: readonly PlannedField[]
  /** An object of the answer before it is filled: the keys are in their order whatever comes first. */
  readonly blank: Readonly<Record<string, null>>
}

/** For how many more fields there is room. */
export interface Room {
  left: number
}

export interface PlanOf {
  readonly schema: GraphQLSchema
  readonly fragments: Record<string, FragmentDefinitionNode>
  readonly operation: OperationDefinitionNode
  /** What @skip and @include ask. */
  readonly switches: Variables
  readonly room: Room
}

type Nodes = ReadonlyMap<string, FieldNode[]>

/** How an operation is executed: what graphql-js finds out for each object anew. Grows with the types that it meets. */
export class Plan {
  readonly #root: GraphQLObjectType
  #selection: Selection | undefined

  constructor(readonly of: PlanOf) {
    const root = of.schema.getRootType(of.operation.operation)
    if (!root) throw new Error(`The schema has no ${of.operation.operation}.`)
    this.#root = root
    of.room.left--
  }

  get root(): Selection {
    const { schema, fragments, operation, switches } = this.of
    this.#selection ??= this.#select(
      this.#root,
      collectFields(schema, fragments, switches, this.#root, operation.selectionSet).fields,
    )
    return this.#selection
  }

  #select(parent: GraphQLObjectType, nodes: Nodes): Selection {
    const fields = [...nodes].flatMap(([key, group]) => this.#field(parent, key, group) ?? [])
    this.of.room.left -= fields.length
    return { fields, blank: Object.fromEntries(fields.map(({ key }) => [key, null])) }
  }

  #field(parent: GraphQLObjectType, key: string, nodes: FieldNode[]): PlannedField | undefined {
    const definition = this.#definition(parent, nodes[0]?.name.value ?? key)
    if (!definition) return undefined
    const nullable = !isNonNullType(definition.type)
    const inner = isNonNullType(definition.type) ? definition.type.ofType : definition.type
    const serialize = isLeafType(inner) && !definition.resolve ? serializer(inner) : undefined
    const where = `${parent.name}.${definition.name}`
    const completed = this.#complete(definition.type, nodes, where)
    return { key, nodes, parent, definition, nullable, serialize, complete: completed }
  }

  #definition(parent: GraphQLObjectType, name: string): GraphQLField<unknown, Context> | undefined {
    if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef
    const meta = [SchemaMetaFieldDef, TypeMetaFieldDef].find(field => field.name === name)
    if (meta && parent === this.of.schema.getQueryType()) return meta
    return parent.getFields()[name]
  }

  #complete(type: GraphQLOutputType, nodes: FieldNode[], where: string): Complete {
    if (isNonNullType(type)) return complete.required(this.#complete(type.ofType, nodes, where), where)
    return complete.optional(this.#completeValue(type, nodes, where))
  }

  #completeValue(type: GraphQLOutputType, nodes: FieldNode[], where: string): Complete {
    if (isLeafType(type)) return complete.leaf(type)
    if (isListType(type))
      return complete.list(this.#complete(type.ofType, nodes, where), !isNonNullType(type.ofType), where)
    if (isAbstractType(type)) return complete.abstract(type, this.of.schema, this.#selections(nodes), where)
    if (isObjectType(type)) {
      const selections = this.#selections(nodes)
      return complete.object(() => selections(type))
    }
    throw new Error(`${where} is not of an output type.`)
  }

  /** Each type's when it is first met. Fragments can make a plan much larger than its document: what has no room is not kept. */
  #selections(nodes: FieldNode[]): (type: GraphQLObjectType) => Selection {
    const { schema, fragments, switches, room } = this.of
    const kept = new Map<GraphQLObjectType, Selection>()
    return type => {
      const known = kept.get(type)
      if (known) return known
      const isKept = room.left > 0
      const selection = this.#select(type, collectSubFields(schema, fragments, switches, type, nodes).fields)
      if (isKept) kept.set(type, selection)
      return selection
    }
  }
}
