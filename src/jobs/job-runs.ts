import type { Done } from './job.js'

export type JobOutcome = 'DONE' | 'STOPPED' | 'FAILED'

export interface JobRun {
  outcome: JobOutcome
  ms: number
  done: Done
}

interface Counts {
  outcomes: Map<JobOutcome, number>
  done: Map<string, number>
  seconds: number
  /** Seconds since 1970; null while there is none. */
  lastSuccess: number | null
}

const increase = <Key>(counts: Map<Key, number>, key: Key, by: number) => counts.set(key, (counts.get(key) ?? 0) + by)

/** How the jobs went that ran in this process, and when each succeeded last, anywhere. */
export class JobRuns {
  readonly #jobs = new Map<string, Counts>()

  get entries(): ReadonlyMap<string, Counts> {
    return this.#jobs
  }

  record(job: string, { outcome, ms, done }: JobRun): void {
    const counts = this.#of(job)
    increase(counts.outcomes, outcome, 1)
    for (const [what, count] of Object.entries(done)) increase(counts.done, what, count)
    counts.seconds += ms / 1000
    if (outcome === 'DONE') this.succeeded(job, new Date())
  }

  succeeded(job: string, at: Date): void {
    const counts = this.#of(job)
    counts.lastSuccess = Math.max(counts.lastSuccess ?? 0, at.getTime() / 1000)
  }

  #of(job: string): Counts {
    const counts = this.#jobs.get(job) ?? { outcomes: new Map(), done: new Map(), seconds: 0, lastSuccess: null }
    this.#jobs.set(job, counts)
    return counts
  }
}
