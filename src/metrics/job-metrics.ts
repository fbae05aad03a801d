import { Counter, Gauge, type Registry } from 'prom-client'
import type { JobRuns } from '../jobs/job-runs.js'

/** Of the jobs that run by themselves; what ran by hand shows in the last success alone. */
export const addJobMetrics = (registry: Registry, runs: JobRuns): void => {
  const registers = [registry]
  new Counter({
    name: 'colloquy_job_runs_total',
    help: 'Runs of jobs in this process: DONE, STOPPED with the process, or FAILED.',
    labelNames: ['job', 'outcome'],
    registers,
    collect() {
      this.reset()
      for (const [job, { outcomes }] of runs.entries)
        for (const [outcome, count] of outcomes) this.inc({ job, outcome }, count)
    },
  })
  new Counter({
    name: 'colloquy_job_items_total',
    help: 'What the jobs of this process have done, by what it was done to.',
    labelNames: ['job', 'item'],
    registers,
    collect() {
      this.reset()
      for (const [job, { done }] of runs.entries) for (const [item, count] of done) this.inc({ job, item }, count)
    },
  })
  new Counter({
    name: 'colloquy_job_seconds_total',
    help: 'How long the jobs of this process have run.',
    labelNames: ['job'],
    registers,
    collect() {
      this.reset()
      for (const [job, { seconds }] of runs.entries) this.inc({ job }, seconds)
    },
  })
  new Gauge({
    name: 'colloquy_job_last_success_timestamp_seconds',
    help: 'When a run of the job was done last: in the whole installation for those with a time of their own, else in this process.',
    labelNames: ['job'],
    registers,
    collect() {
      this.reset()
      for (const [job, { lastSuccess }] of runs.entries) if (lastSuccess !== null) this.set({ job }, lastSuccess)
    },
  })
}
