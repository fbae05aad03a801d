import type { Measurement } from './measure.js'
import type { ContenderName, Options } from './options.js'
import type { Scenario, ScenarioName } from './scenarios.js'

export interface Run extends Measurement {
  scenario: ScenarioName
  contender: ContenderName
  round: number
}

const ms = (value: number) => (value < 10 ? value.toFixed(1) : value.toFixed(0))

export const describeRun = (run: Run, { unit }: Scenario): string => {
  const { cpuSeconds, operations, seconds } = run
  const micros = (value: number) => Math.round((value / operations) * 1e6)
  return [
    `  ${run.round} ${run.contender.padEnd(6)} ${run.result.toFixed(run.result < 100 ? 1 : 0)} ${unit}`,
    ...Object.entries(run.latencies).map(([name, { p50, p99 }]) => `${name} ${ms(p50)}/${ms(p99)} ms`),
    `CPU µs: server ${micros(cpuSeconds.server)}, postgres ${micros(cpuSeconds.postgres)}, redis ${micros(cpuSeconds.redis)}`,
    `load ${Math.round((cpuSeconds.load / seconds) * 100)} % of a core`,
    `RSS ${Math.round(run.rssKib / 1024)} MiB`,
    ...(Object.keys(run.violations).length > 0 ? [`VIOLATIONS ${JSON.stringify(run.violations)}`] : []),
  ].join('; ')
}

export const writeReport = (_root: string, _options: Options, runs: Run[]): number =>
  runs.some(({ contender, violations }) => contender !== 'stock' && Object.keys(violations).length > 0) ? 1 : 0
