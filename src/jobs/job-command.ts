import { setInterval } from 'node:timers'
import type { Done, Job } from './job.js'
import type { JobRunner } from './job-runner.js'

/** What it is given is not what it knows: told to whoever typed it. */
export class JobUsageError extends Error {}

const PROGRESS_MS = 1_000
const USAGE = 'npm run job -- <name> [--dry-run]'

const numbers = new Intl.NumberFormat('en')
const told = (done: Done) => {
  const parts = Object.entries(done).map(([what, count]) => `${numbers.format(count)} ${what}`)
  return parts.length > 0 ? parts.join(', ') : 'nothing'
}

const UNITS: [ms: number, unit: string][] = [
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
  [1_000, 'second'],
]

const rhythmOf = ({ everyMs, off }: Job) => {
  if (off !== null) return `off (${off})`
  if (everyMs === null) return 'at all times'
  const [ms, unit] = UNITS.find(([ms]) => everyMs % ms === 0) ?? [1, 'millisecond']
  return everyMs === ms ? `every ${unit}` : `every ${everyMs / ms} ${unit}s`
}

const listOf = (jobs: readonly Job[]) =>
  [`Jobs; to run one by hand: ${USAGE}`, ...jobs.map(job => `\n${job.name}: ${rhythmOf(job)}\n  ${job.about}`)].join(
    '\n',
  )

/** A line that is written over where somebody looks on, and one after the other where it is kept. */
const progressLine = (out: NodeJS.WriteStream, text: () => string) => {
  const timer = setInterval(() => out.write(out.isTTY ? `\r\x1b[K${text()}` : `${text()}\n`), PROGRESS_MS)
  return () => {
    clearInterval(timer)
    if (out.isTTY) out.write('\r\x1b[K')
  }
}

/** Runs one by hand, or lists them all. Throws where it fails. */
export const runJobCommand = async (
  runner: JobRunner,
  args: readonly string[],
  out: NodeJS.WriteStream,
): Promise<void> => {
  const [name, ...others] = args.filter(arg => arg !== '--dry-run')
  if (name === undefined) return void out.write(`${listOf(runner.jobs)}\n`)
  const job = runner.jobs.find(job => job.name === name)
  if (!job || others.length > 0)
    throw new JobUsageError(`Usage: ${USAGE}\nJobs: ${runner.jobs.map(job => job.name).join(', ')}`)
  if (job.off !== null) return void out.write(`${name}: nothing to do. ${job.off}.\n`)
  const dryRun = args.includes('--dry-run')
  let soFar: Done = {}
  const began = performance.now()
  const text = (is: string) => `${name}: ${is} ${told(soFar)}, ${Math.round((performance.now() - began) / 1000)} s`
  const endProgress = progressLine(out, () => text(dryRun ? 'found so far' : 'so far'))
  try {
    const { outcome, done } = await runner.runNow(job, { dryRun, onProgress: done => (soFar = done) })
    soFar = done
    endProgress()
    const is = outcome === 'STOPPED' ? 'stopped, the next run goes on; so far' : dryRun ? 'would be done:' : 'done:'
    out.write(`${text(is)}\n`)
  } finally {
    endProgress()
  }
}
