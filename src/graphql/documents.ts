import {
  GraphQLError,
  MaxIntrospectionDepthRule,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql'
import { LRUCache } from 'lru-cache'
import { CompiledOperation } from './compiled-operation.js'
import { compileCost, type CostOf } from './cost.js'
import { checkShape, MAX_TOKENS, operationsOf } from './limits.js'
import { limitError, withoutLiterals } from './request-errors.js'
import { findSharing, type Sharing } from './sharing.js'

// Bounds on what is kept: documents, and about how many bytes they hold. A parsed document and its plans are many times its source.
const CACHED_DOCUMENTS = 2_000
const CACHED_BYTES = 64 << 20
const BYTES_PER_TOKEN = 1_300
const BYTES_PER_ERROR = 2_000
const LONGEST_CACHED_SOURCE = 32_000
const MAX_VALIDATION_ERRORS = 20

/** A document that was parsed, validated and measured. */
export interface Loaded {
  document: DocumentNode
  costs: ReadonlyMap<OperationDefinitionNode, CostOf>
  compiled: ReadonlyMap<OperationDefinitionNode, CompiledOperation>
  /** Of the subscriptions whose results are shared. */
  sharings: ReadonlyMap<OperationDefinitionNode, Sharing>
}

export interface Refused {
  errors: readonly GraphQLError[]
}

export const isRefused = (outcome: object): outcome is Refused => 'errors' in outcome

/** Each document is parsed, validated and measured once; refusals are kept as well. */
export class Documents {
  readonly #cache = new LRUCache<string, Loaded | Refused>({
    max: CACHED_DOCUMENTS,
    maxSize: CACHED_BYTES,
    sizeCalculation: (outcome, source) => 2 * source.length + bytesOf(outcome),
  })

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly introspection: boolean,
  ) {}

  load(source: string): Loaded | Refused {
    const cached = this.#cache.get(source)
    if (cached) return cached
    const loaded = this.#load(source)
    if (source.length <= LONGEST_CACHED_SOURCE) this.#cache.set(source, loaded)
    return loaded
  }

  #load(source: string): Loaded | Refused {
    const document = parseBounded(source)
    if (document instanceof GraphQLError) return { errors: [document] }
    const misshapen = checkShape(document)
    if (misshapen.length > 0) return { errors: misshapen }
    const invalid = this.#validate(document)
    if (invalid.length > 0) return { errors: invalid.map(error => withCode(error, 'GRAPHQL_VALIDATION_FAILED')) }
    const costs = operationsOf(document).map(node => [node, compileCost(this.schema, document, node)] as const)
    const sharings = operationsOf(document).flatMap(node => {
      const sharing = findSharing(this.schema, document, node)
      return sharing ? [[node, sharing] as const] : []
    })
    return { document, costs: new Map(costs), compiled: this.#compile(document), sharings: new Map(sharings) }
  }

  #compile(document: DocumentNode): ReadonlyMap<OperationDefinitionNode, CompiledOperation> {
    const operations = operationsOf(document)
    const room = Math.ceil(tokensOf(document) / operations.length)
    const of = { schema: this.schema, document, room, hideSuggestions: !this.introspection }
    return new Map(operations.map(operation => [operation, new CompiledOperation({ ...of, operation })]))
  }

  #validate(document: DocumentNode): readonly GraphQLError[] {
    const rules = [
      ...specifiedRules,
      MaxIntrospectionDepthRule,
      ...(this.introspection ? [] : [NoSchemaIntrospectionCustomRule]),
    ]
    try {
      // A suggestion tells of the schema as introspection does.
      const options = { maxErrors: MAX_VALIDATION_ERRORS, hideSuggestions: !this.introspection }
      return validate(this.schema, document, rules, options)
    } catch (error) {
      // The rule for a subscription's one field throws where a variable decides on that field.
      if (error instanceof GraphQLError) return [error]
      throw error
    }
  }
}

const parseBounded = (source: string): DocumentNode | GraphQLError => {
  try {
    return parse(source, { maxTokens: MAX_TOKENS })
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error
    if (/more tha[nt] \d+ tokens/.test(error.message))
      return limitError('tokens', `The document has more than ${MAX_TOKENS} tokens.`)
    return withCode(error, 'GRAPHQL_PARSE_FAILED')
  }
}

/** Without its nodes, which would keep the whole document, and without what people wrote there. */
const withCode = (error: GraphQLError, code: string) => {
  const { source, positions } = error
  return new GraphQLError(withoutLiterals(error), { source, positions, extensions: { code } })
}

const tokensOf = ({ tokenCount = MAX_TOKENS }: DocumentNode) => tokenCount

const bytesOf = (outcome: Loaded | Refused) =>
  isRefused(outcome) ? outcome.errors.length * BYTES_PER_ERROR : tokensOf(outcome.document) * BYTES_PER_TOKEN
