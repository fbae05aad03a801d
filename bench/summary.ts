import type { Measurement } from './measure.js'
import type { ContenderName } from './options.js'
import type { ScenarioName } from './scenarios.js'

export interface Run extends Measurement {
  scenario: ScenarioName
  contender: ContenderName
  round: number
}

export interface Spread {
  median: number
  least: number
  most: number
}

/** Of the rounds of one contender in one scenario. */
export interface Summary {
  contender: ContenderName
  result: Spread
  /** Milliseconds: medians of the rounds' percentiles. */
  latencies: Record<string, { p50: number; p99: number }>
  /** Microseconds for each operation. */
  cpu: Record<'server' | 'postgres' | 'redis' | 'load', number>
  /** Of one core. */
  loadShare: number
  rssMib: number
  violations: Record<string, number>
}

/** Of two contenders, taken within each round, because machines drift from round to round. */
export interface Ratio {
  of: ContenderName
  to: ContenderName
  result: Spread
  serverCpu: Spread
}

export const spreadOf = (values: number[]): Spread => {
  const sorted = [...values].sort((one, other) => one - other)
  const at = (index: number) => sorted[index] ?? Number.NaN
  const middle = (sorted.length - 1) / 2
  return {
    median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2,
    least: at(0),
    most: at(sorted.length - 1),
  }
}

const median = (values: number[]) => spreadOf(values).median

export const microsOf = (run: Measurement, which: keyof Measurement['cpuSeconds']): number =>
  (run.cpuSeconds[which] / run.operations) * 1e6

const latenciesOf = (runs: Run[]) =>
  Object.fromEntries(
    Object.keys(runs[0]?.latencies ?? {}).map(name => {
      const all = runs.flatMap(({ latencies }) => latencies[name] ?? [])
      return [name, { p50: median(all.map(({ p50 }) => p50)), p99: median(all.map(({ p99 }) => p99)) }]
    }),
  )

const violationsOf = (runs: Run[]) => {
  const sums: Record<string, number> = {}
  for (const { violations } of runs)
    for (const [what, count] of Object.entries(violations)) sums[what] = (sums[what] ?? 0) + count
  return sums
}

export const summaryOf = (contender: ContenderName, runs: Run[]): Summary => {
  const cpu = (which: keyof Measurement['cpuSeconds']) => median(runs.map(run => microsOf(run, which)))
  return {
    contender,
    result: spreadOf(runs.map(({ result }) => result)),
    latencies: latenciesOf(runs),
    cpu: { server: cpu('server'), postgres: cpu('postgres'), redis: cpu('redis'), load: cpu('load') },
    loadShare: median(runs.map(({ cpuSeconds, seconds }) => cpuSeconds.load / seconds)),
    rssMib: median(runs.map(({ rssKib }) => rssKib / 1024)),
    violations: violationsOf(runs),
  }
}

export const ratioOf = (of: ContenderName, to: ContenderName, runs: Run[]): Ratio | undefined => {
  const pairs = runs.flatMap(one => {
    const other = runs.find(({ contender, round }) => contender === to && round === one.round)
    return one.contender === of && other ? [{ one, other }] : []
  })
  if (pairs.length === 0) return undefined
  return {
    of,
    to,
    result: spreadOf(pairs.map(({ one, other }) => one.result / other.result)),
    serverCpu: spreadOf(pairs.map(({ one, other }) => microsOf(one, 'server') / microsOf(other, 'server'))),
  }
}
