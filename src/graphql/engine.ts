import {
  createSourceEventStream,
  type ExecutionResult,
  type FormattedExecutionResult,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from 'graphql'
import type { Execute } from './compiled-operation.js'
import type { Context } from './context.js'
import type { Variables } from './cost.js'
import { Deliveries, type Source } from './deliveries.js'
import { Documents, type Loaded, type Refused } from './documents.js'
import type { ErrorFormatter } from './format-error.js'
import type { OperationObserver } from './operation-observer.js'
import { type Operation, prepareOperation } from './operation.js'
import { resolveAlone, resolveShared } from './resolve-events.js'

/** A result as it is sent. */
export type Result = FormattedExecutionResult

export interface EngineOptions {
  schema: GraphQLSchema
  introspection: boolean
  formatError: ErrorFormatter
  observer?: OperationObserver
}

/** The one place where documents are parsed, validated, limited and executed, whatever transport brought them. */
export class Engine {
  readonly #documents: Documents

  constructor(private readonly options: EngineOptions) {
    this.#documents = new Documents(options.schema, options.introspection)
  }

  get schema() {
    return this.options.schema
  }

  /** The document alone. */
  load(source: string): Loaded | Refused {
    return this.#documents.load(source)
  }

  /** Whether and how the operation may run. */
  prepare(source: string, operationName?: string | null, variables?: Variables | null): Operation | Refused {
    return prepareOperation(this.load(source), operationName, variables ?? {})
  }

  /** The answer to what may not run, whether the engine or its transport refuses it. */
  refuse(errors: readonly unknown[], requestId: string): { errors: GraphQLFormattedError[] } {
    const formatted = this.formatErrors(errors, requestId)
    this.options.observer?.refused(outcomeOf(formatted))
    return { errors: formatted }
  }

  /** A query or a mutation. Never rejects. */
  async execute(operation: Operation, context: Context): Promise<Result> {
    const result = await this.#execute(operation.compiled.with(operation.variables), context)
    this.#observe(operation, context, result.errors)
    return result
  }

  /** At once where nothing has to be awaited. Never throws, nor rejects. */
  #execute(execute: Execute, context: Context, rootValue?: unknown): Result | Promise<Result> {
    const failed = (error: unknown): Result => ({ errors: [this.options.formatError(error, context.requestId)] })
    try {
      const result = execute(context, rootValue)
      if (!(result instanceof Promise)) return this.#format(result, context)
      return result.then(awaited => this.#format(awaited, context)).catch(failed)
    } catch (error) {
      return failed(error)
    }
  }

  /** A result instead of deliveries: the subscription was refused. Never rejects; what ends it later is thrown as it is. */
  async subscribe(operation: Operation, context: Context): Promise<Deliveries | Result> {
    const begun = await this.#subscribe(operation, context)
    this.#observe(operation, context, 'errors' in begun ? begun.errors : undefined)
    return begun
  }

  async #subscribe(operation: Operation, context: Context): Promise<Deliveries | Result> {
    try {
      const outcome = await createSourceEventStream(this.#args(operation, context))
      if (!(Symbol.asyncIterator in outcome)) return this.#format(outcome, context)
      return new Deliveries({
        // Every subscription of the schema gives an EventStream.
        source: outcome as unknown as Source,
        resolve: this.#resolver(operation, context),
        onEnd: countSubscription(context.connection),
        cost: operation.cost,
        connection: context.connection,
      })
    } catch (error) {
      return { errors: [this.options.formatError(error, context.requestId)] }
    }
  }

  #resolver({ compiled, sharing, variables }: Operation, context: Context) {
    const execute = compiled.with(variables)
    const make = (event: unknown) => this.#execute(execute, context, event)
    return sharing ? resolveShared(make, sharing, variables, context) : resolveAlone(make)
  }

  formatErrors(errors: readonly unknown[], requestId: string) {
    return errors.map(error => this.options.formatError(error, requestId))
  }

  #observe({ node }: Operation, context: Context, errors: Result['errors']): void {
    this.options.observer?.ran(node.name?.value, outcomeOf(errors), context)
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

  #format({ errors, ...result }: ExecutionResult, { requestId }: Context): Result {
    return errors ? { errors: this.formatErrors(errors, requestId), ...result } : result
  }
}

const outcomeOf = (errors: Result['errors']): string => {
  const code = errors?.[0]?.extensions?.code
  if (typeof code === 'string') return code
  return errors?.length ? 'INTERNAL_SERVER_ERROR' : 'OK'
}

const countSubscription = (connection: Context['connection']) => {
  let counted = true
  connection.activeSubscriptions++
  return () => {
    if (counted) connection.activeSubscriptions--
    counted = false
  }
}
