import type { FormattedExecutionResult as Result } from 'graphql'

type Made = string | Promise<string | null>

/** Results of events that are the same for everyone who asks the same: made once, kept as long as the event. */
export class SharedResults {
  readonly #byEvent = new WeakMap<object, Map<string, Made>>()

  /** As JSON. Null where it cannot be shared, since something failed: then everyone makes their own. */
  get(event: object, question: string, make: () => Result | Promise<Result>): Made | null {
    const results = this.#resultsOf(event)
    const known = results.get(question)
    if (known !== undefined) return known
    const keep = (result: Result) => {
      const text = result.errors ? null : JSON.stringify(result)
      if (text === null) results.delete(question)
      else results.set(question, text)
      return text
    }
    const made = make()
    if (!(made instanceof Promise)) return keep(made)
    const kept = made.then(keep)
    results.set(question, kept)
    return kept
  }

  #resultsOf(event: object): Map<string, Made> {
    const results = this.#byEvent.get(event) ?? new Map<string, Made>()
    this.#byEvent.set(event, results)
    return results
  }
}
