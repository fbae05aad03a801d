import type { FormattedExecutionResult } from 'graphql'

type Made = string | Promise<string | null>

/** Results of events that are the same for everyone who asks the same: made once, kept as long as the event. */
export class SharedResults {
  readonly #byEvent = new WeakMap<object, Map<string, Made>>()

  /** As JSON. Null where it cannot be shared, since something failed: then everyone makes their own. */
  get(event: object, question: string, make: () => Promise<FormattedExecutionResult>): Made {
    const results = this.#resultsOf(event)
    const known = results.get(question)
    if (known !== undefined) return known
    const made = make().then(result => {
      if (result.errors) {
        results.delete(question)
        return null
      }
      const text = JSON.stringify(result)
      results.set(question, text)
      return text
    })
    results.set(question, made)
    return made
  }

  #resultsOf(event: object): Map<string, Made> {
    const results = this.#byEvent.get(event) ?? new Map<string, Made>()
    this.#byEvent.set(event, results)
    return results
  }
}
