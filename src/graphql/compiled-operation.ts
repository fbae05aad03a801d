import {
  getVariableValues,
  Kind,
  visit,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql'
import type { Context } from './context.js'
import type { Variables } from './cost.js'
import { fragmentsOf } from './limits.js'
import { Plan, type PlanOf, type Room } from './plan.js'
import { Run } from './run.js'

export interface CompiledOperationOptions {
  schema: GraphQLSchema
  document: DocumentNode
  operation: OperationDefinitionNode
  hideSuggestions: boolean
  /** How many fields its plans may keep planned. */
  room: number
}

/** An operation with its variables: what a query runs once, and a subscription for each event. */
export type Execute = (context: Context, rootValue?: unknown) => ExecutionResult | Promise<ExecutionResult>

type Inputs = { coerced: Variables } | { errors: readonly GraphQLError[] }

/** Executes like graphql-js, whose rules it follows, by plans that are made once. */
export class CompiledOperation {
  readonly #fragments: PlanOf['fragments']
  readonly #switches: readonly string[]
  /** By what @skip and @include are told. */
  readonly #plans = new Map<string, Plan>()
  #room: Room

  constructor(private readonly options: CompiledOperationOptions) {
    this.#fragments = Object.fromEntries(fragmentsOf(options.document))
    this.#switches = switchesOf(options.document)
    this.#room = { left: options.room }
  }

  with(variables: Variables): Execute {
    let inputs: Inputs | undefined
    return (context, rootValue) => {
      inputs ??= this.#coerce(variables)
      if ('errors' in inputs) return { errors: inputs.errors }
      const { coerced } = inputs
      return new Run({ plan: this.#plan(coerced), context, variables: coerced, rootValue }).execute()
    }
  }

  #coerce(variables: Variables): Inputs {
    const { schema, operation, hideSuggestions } = this.options
    const { errors, coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables, {
      maxErrors: MAX_COERCION_ERRORS,
      hideSuggestions,
    })
    return errors ? { errors } : { coerced }
  }

  #plan(variables: Variables): Plan {
    const key = this.#switches.map(name => String(variables[name])).join()
    const kept = this.#plans.get(key)
    if (kept && this.#room.left > 0) return kept
    if (this.#room.left <= 0) this.#empty()
    const { schema, operation } = this.options
    const plan = new Plan({ schema, operation, fragments: this.#fragments, switches: variables, room: this.#room })
    this.#plans.set(key, plan)
    return plan
  }

  #empty(): void {
    this.#plans.clear()
    this.#room = { left: this.options.room }
  }
}

// graphql-js's own.
const MAX_COERCION_ERRORS = 50

/** The variables that decide what is left out. */
const switchesOf = (document: DocumentNode): string[] => {
  const names = new Set<string>()
  visit(document, {
    Directive: ({ arguments: given }) => {
      for (const { value } of given ?? []) if (value.kind === Kind.VARIABLE) names.add(value.name.value)
    },
  })
  return [...names]
}
