const MAX_NAMES = 200
const LONGEST_NAME = 64
const LOOKS_LIKE_AN_ID = /\d{3}|[\da-f]{12}/i
const UNNAMED = 'unnamed'

/** What was refused before it ran, and whatever should have no name of its own. */
export const OTHER = 'other'

/** Operations by name and outcome. Names are the clients' to choose: what is kept of them is bounded. */
export class OperationCounts {
  readonly #byName = new Map<string, Map<string, number>>([
    [OTHER, new Map()],
    [UNNAMED, new Map()],
  ])

  /** The name to count and to log it by. Nobody without a token adds one. */
  nameOf(given: string | undefined, identified: boolean): string {
    if (given === undefined) return UNNAMED
    if (this.#byName.has(given)) return given
    if (!identified || this.#byName.size >= MAX_NAMES || given.length > LONGEST_NAME || LOOKS_LIKE_AN_ID.test(given))
      return OTHER
    this.#byName.set(given, new Map())
    return given
  }

  count(name: string, outcome: string): void {
    const outcomes = this.#byName.get(name)
    outcomes?.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
  }

  *entries(): Generator<{ operation: string; outcome: string; count: number }> {
    for (const [operation, outcomes] of this.#byName)
      for (const [outcome, count] of outcomes) yield { operation, outcome, count }
  }
}
