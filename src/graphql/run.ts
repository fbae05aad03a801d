import { locatedError, OperationTypeNode, responsePathAsArray, type ExecutionResult, type GraphQLError } from 'graphql'
import type { Complete } from './complete.js'
import type { Context } from './context.js'
import type { Variables } from './cost.js'
import { executeField, executeFields, settle } from './execute-fields.js'
import type { Plan, Selection } from './plan.js'
import { limitError } from './request-errors.js'
import type { Slot } from './slot.js'

/**
 * How many objects one execution may give: more would hold everybody else up. The cost of an operation is told before it runs,
 * where nobody knows how long a list without a page size is.
 */
export const MAX_OBJECTS = 60_000

export interface RunOptions {
  plan: Plan
  context: Context
  variables: Variables
  rootValue: unknown
}

/** One execution of a plan. What is answered is filled in place, and is whole when nothing is pending any more. */
export class Run {
  readonly plan: Plan
  readonly context: Context
  readonly variables: Variables
  readonly rootValue: unknown
  readonly #errors: GraphQLError[] = []
  #data: object | null = null
  #nulled = false
  #pending = 0
  #objectsLeft = MAX_OBJECTS
  #onIdle = () => {}

  constructor({ plan, context, variables, rootValue }: RunOptions) {
    this.plan = plan
    this.context = context
    this.variables = variables
    this.rootValue = rootValue
  }

  execute(): ExecutionResult | Promise<ExecutionResult> {
    const { root, of } = this.plan
    if (of.operation.operation === OperationTypeNode.MUTATION) return this.#inTurn(root)
    this.#data = executeFields(this, root, this.rootValue, undefined)
    return this.#pending === 0 ? this.#result() : this.#idle().then(() => this.#result())
  }

  /** A field of a mutation begins when all of the one before is done. */
  async #inTurn({ fields, blank }: Selection): Promise<ExecutionResult> {
    const data = (this.#data = { ...blank })
    for (const field of fields) {
      if (this.#nulled) break
      executeField(this, field, this.rootValue, data, undefined)
      if (this.#pending > 0) await this.#idle()
    }
    return this.#result()
  }

  wait(promise: PromiseLike<unknown>, slot: Slot, complete: Complete): void {
    this.#pending++
    promise.then(
      value => {
        settle(this, slot, complete, value)
        this.#settled()
      },
      (error: unknown) => {
        this.fail(slot, error)
        this.#settled()
      },
    )
  }

  /** The nearest place that may be null becomes null. */
  fail(slot: Slot, error: unknown): void {
    if (this.#isNulled(slot)) return
    this.#errors.push(locatedError(error, slot.field.nodes, responsePathAsArray(slot)))
    let place: Slot | undefined = slot
    while (place && !place.nullable) place = place.prev
    if (!place) return void (this.#nulled = true)
    place.nulled = true
    place.fill(null)
  }

  /** False for an object too many: then nothing is answered but that. */
  admit(): boolean {
    if (this.#objectsLeft-- > 0) return true
    // Once: many more may come yet.
    if (this.#objectsLeft === -1) {
      const refusal = limitError(
        'cost',
        `The answer would hold more than ${MAX_OBJECTS} objects: ask for shorter pages.`,
      )
      this.#errors.splice(0, Infinity, refusal)
      this.#nulled = true
    }
    return false
  }

  #isNulled(slot: Slot): boolean {
    for (let place: Slot | undefined = slot; place; place = place.prev) if (place.nulled) return true
    return this.#nulled
  }

  #idle(): Promise<void> {
    return new Promise(resolve => (this.#onIdle = resolve))
  }

  #settled(): void {
    if (--this.#pending === 0) this.#onIdle()
  }

  #result(): ExecutionResult {
    const data = (this.#nulled ? null : this.#data) as ExecutionResult['data']
    return this.#errors.length === 0 ? { data } : { errors: this.#errors, data }
  }
}
