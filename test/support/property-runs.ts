const RUNS = process.env.PROPERTY_RUNS === undefined ? undefined : Number(process.env.PROPERTY_RUNS)
const HOUR_MS = 3_600_000

/** How long a test of a property may take. */
export const PROPERTY_TIMEOUT_MS = HOUR_MS

/** The same runs each time, as many as fit; with PROPERTY_RUNS so many, drawn anew, however long they take. */
export const propertyRuns = (numRuns: number) => ({
  ...(RUNS === undefined ? { seed: 1, interruptAfterTimeLimit: 20_000 } : { interruptAfterTimeLimit: HOUR_MS }),
  numRuns: RUNS ?? numRuns,
  markInterruptAsFailure: false,
  endOnFailure: process.env.NO_SHRINK !== undefined,
})
