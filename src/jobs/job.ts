/** What was done, by what it was done to: { messages: 200 }. */
export type Done = Readonly<Record<string, number>>

/** Work that nobody asks for. Adding one: a file that makes it, and a line in the list of jobs. */
export interface Job {
  readonly name: string
  /** What it does, for the operator. */
  readonly about: string
  /** Between two runs, of whichever process; null: each process does it all the time anyway, and a run by hand is one more. */
  readonly everyMs: number | null
  /** Why there is nothing to do, as the server is configured; null where there is. */
  readonly off: string | null
  /**
   * One batch after the other, each safe wherever, however often and beside whatever it runs. What is broken off between two
   * or within one goes on with the next run.
   */
  run(): AsyncIterable<Done>
  /** What a run would do now; changes nothing. */
  preview(): AsyncIterable<Done>
}

export const addDone = (one: Done, other: Done): Done => {
  const sum: Record<string, number> = { ...one }
  for (const [what, count] of Object.entries(other)) sum[what] = (sum[what] ?? 0) + count
  return sum
}
