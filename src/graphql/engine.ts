import {
  execute,
  getOperationAST,
  GraphQLError,
  Kind,
  MaxIntrospectionDepthRule,
  NoSchemaIntrospectionCustomRule,
  OperationTypeNode,
  parse,
  specifiedRules,
  subscribe,
  validate,
  type DocumentNode,
  type ExecutionResult,
  type FormattedExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql'
import { LRUCache } from 'lru-cache'
import type { Context } from './context.js'
import { compileCost, MAX_COST, type CostOf, type Variables } from './cost.js'
import type { ErrorFormatter } from './format-error.js'
import { checkShape, MAX_TOKENS, operationsOf } from './limits.js'
import { limitError } from './request-errors.js'

// Bounds on what is kept: documents, and the characters of their sources.
const CACHED_DOCUMENTS = 2_000
const CACHED_CHARACTERS = 8_000_000
const LONGEST_CACHED_SOURCE = 32_000
const MAX_VALIDATION_ERRORS = 20

/** A document that was parsed, validated and measured. */
interface Loaded {
  document: DocumentNode
  costs: Map<OperationDefinitionNode, CostOf>
}

export interface Refused {
  errors: readonly GraphQLError[]
}

/** An operation that may run. */
export interface Operation {
  readonly document: DocumentNode
  readonly node: OperationDefinitionNode
  readonly kind: OperationTypeNode
  readonly variables: Variables
}

export type Delivery = FormattedExecutionResult
export type Deliveries = AsyncGenerator<Delivery, void, void>

export interface EngineOptions {
  schema: GraphQLSchema
  introspection: boolean
  formatError: ErrorFormatter
}

/** The one place where documents are parsed, validated, limited and executed, whatever transport brought them. */
export class Engine {
  readonly #cache = new LRUCache<string, Loaded | Refused>({
    max: CACHED_DOCUMENTS,
    maxSize: CACHED_CHARACTERS,
    maxEntrySize: LONGEST_CACHED_SOURCE,
    sizeCalculation: (_, source) => source.length + 1,
  })

  constructor(private readonly options: EngineOptions) {}

  get schema() {
    return this.options.schema
  }

  /** Parsed, validated and measured, once for each source. */
  load(source: string): Loaded | Refused {
    const cached = this.#cache.get(source)
    if (cached) return cached
    const loaded = this.#load(source)
    this.#cache.set(source, loaded)
    return loaded
  }

  /** Whether and how the operation may run. */
  prepare(source: string, operationName?: string | null, variables?: Variables | null): Operation | Refused {
    const loaded = this.load(source)
    if ('errors' in loaded) return loaded
    const node = getOperationAST(loaded.document, operationName)
    if (!node) return { errors: [unresolved(operationName)] }
    const cost = loaded.costs.get(node)?.(variables ?? {}) ?? 0
    if (cost > MAX_COST)
      return { errors: [limitError('cost', `The operation may read ${cost} objects; ${MAX_COST} are allowed.`)] }
    return { document: loaded.document, node, kind: node.operation, variables: variables ?? {} }
  }

  /** A query or a mutation. Never rejects. */
  async execute(operation: Operation, context: Context): Promise<Delivery> {
    try {
      return this.#format(await execute(this.#args(operation, context)), context)
    } catch (error) {
      return { errors: [this.options.formatError(error, context.requestId)] }
    }
  }

  /** A result instead of deliveries: the subscription was refused. Never rejects; what ends it later is thrown as it is. */
  async subscribe(operation: Operation, context: Context): Promise<Deliveries | Delivery> {
    try {
      const outcome = await subscribe(this.#args(operation, context))
      return Symbol.asyncIterator in outcome ? this.#deliveries(outcome, context) : this.#format(outcome, context)
    } catch (error) {
      return { errors: [this.options.formatError(error, context.requestId)] }
    }
  }

  formatErrors(errors: readonly unknown[], requestId: string) {
    return errors.map(error => this.options.formatError(error, requestId))
  }

  #load(source: string): Loaded | Refused {
    const document = parseBounded(source)
    if (document instanceof GraphQLError) return { errors: [document] }
    const misshapen = checkShape(document)
    if (misshapen.length > 0) return { errors: misshapen }
    const { schema, introspection } = this.options
    const rules = [
      ...specifiedRules,
      MaxIntrospectionDepthRule,
      ...(introspection ? [] : [NoSchemaIntrospectionCustomRule]),
    ]
    const invalid = validate(schema, document, rules, {
      maxErrors: MAX_VALIDATION_ERRORS,
      hideSuggestions: !introspection,
    })
    if (invalid.length > 0) return { errors: invalid.map(withCode) }
    return { document, costs: new Map(operationsOf(document).map(node => [node, compileCost(schema, document, node)])) }
  }

  #args({ document, node, variables }: Operation, contextValue: Context) {
    return {
      schema: this.options.schema,
      document,
      operationName: node.name?.value,
      variableValues: variables,
      contextValue,
      hideSuggestions: !this.options.introspection,
    }
  }

  #format({ errors, ...result }: ExecutionResult, { requestId }: Context): Delivery {
    return errors ? { errors: this.formatErrors(errors, requestId), ...result } : result
  }

  /** Keeps `return` its own: a client's `complete` must not wait behind a pending event. */
  #deliveries(source: AsyncGenerator<ExecutionResult, void, void>, context: Context): Deliveries {
    const ended = countSubscription(context.connection)
    const formatted = ({ done, value }: IteratorResult<ExecutionResult, void>): IteratorResult<Delivery, void> => {
      if (done) ended()
      return done ? { done, value: undefined } : { done: false, value: this.#format(value as ExecutionResult, context) }
    }
    const end = (step: () => Promise<IteratorResult<ExecutionResult, void>>) => {
      ended()
      return step().then(formatted)
    }
    const failed = (error: unknown) => {
      ended()
      throw error
    }
    const deliveries = {
      next: () => source.next().then(formatted, failed),
      return: () => end(() => source.return(undefined)),
      throw: (error: unknown) => end(() => source.throw(error)),
      [Symbol.asyncIterator]: () => deliveries,
    } as Deliveries
    return deliveries
  }
}

const countSubscription = (connection: Context['connection']) => {
  let counted = true
  connection.activeSubscriptions++
  return () => {
    if (counted) connection.activeSubscriptions--
    counted = false
  }
}

const parseBounded = (source: string): DocumentNode | GraphQLError => {
  try {
    return parse(source, { maxTokens: MAX_TOKENS })
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error
    if (/more tha[nt] \d+ tokens/.test(error.message))
      return limitError('tokens', `The document has more than ${MAX_TOKENS} tokens.`)
    return new GraphQLError(error.message, { ...error, extensions: { code: 'GRAPHQL_PARSE_FAILED' } })
  }
}

const withCode = (error: GraphQLError) =>
  new GraphQLError(error.message, {
    nodes: error.nodes,
    source: error.source,
    positions: error.positions,
    extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
  })

const unresolved = (operationName: string | null | undefined) =>
  new GraphQLError(
    operationName
      ? `The document has no operation "${operationName}".`
      : 'operationName must say which operation to run.',
    { extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } },
  )

export const isRefused = (outcome: object): outcome is Refused => 'errors' in outcome

/** Whether the document holds an operation of that kind under that name. */
export const isSubscription = (operation: Operation) => operation.kind === OperationTypeNode.SUBSCRIPTION

export const EMPTY_DOCUMENT: DocumentNode = { kind: Kind.DOCUMENT, definitions: [] }
