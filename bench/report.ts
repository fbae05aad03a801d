import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import type { Options } from './options.js'
import { type Scenario, scenarioOf, type ScenarioName } from './scenarios.js'
import { microsOf, type Ratio, ratioOf, type Run, type Spread, type Summary, summaryOf } from './summary.js'
import { tableOf } from './table.js'

interface Result {
  scenario: ScenarioName
  title: string
  unit: string
  aim: string | null
  summaries: Summary[]
  ratios: Ratio[]
}

const number = (value: number) =>
  !Number.isFinite(value)
    ? '–'
    : value < 10
      ? value.toFixed(2)
      : value < 100
        ? value.toFixed(1)
        : Math.round(value).toLocaleString('en')
const range = ({ least, most }: Spread) => `${number(least)}–${number(most)}`
const milliseconds = ({ p50, p99 }: { p50: number; p99: number }) => `${number(p50)}/${number(p99)}`
const violationText = (violations: Record<string, number>) =>
  Object.entries(violations)
    .map(([what, count]) => `${count} ${what}`)
    .join(', ')

/** While it goes on: a line for each run. */
export const describeRun = (run: Run, { unit }: Scenario): string =>
  [
    `  ${run.round} ${run.contender.padEnd(14)} ${number(run.result)} ${unit}`,
    `server ${number(microsOf(run, 'server'))} µs`,
    ...(Object.keys(run.violations).length > 0 ? [`VIOLATIONS: ${violationText(run.violations)}`] : []),
  ].join(', ')

const resultOf = (name: ScenarioName, { contenders, smoke }: Options, all: Run[]): Result => {
  const { title, unit, aim } = scenarioOf(name, smoke)
  const runs = all.filter(({ scenario }) => scenario === name)
  const others = contenders.filter(name => name !== 'ours')
  return {
    scenario: name,
    title,
    unit,
    aim,
    summaries: contenders.flatMap(contender => {
      const own = runs.filter(run => run.contender === contender)
      return own.length > 0 ? [summaryOf(contender, own)] : []
    }),
    ratios: others.flatMap(other => ratioOf('ours', other, runs) ?? []),
  }
}

const rowsOf = ({ unit, summaries }: Result) => {
  const names = Object.keys(summaries[0]?.latencies ?? {})
  const head = [
    ...['', unit, 'range', ...names.map(name => `${name} ms p50/p99`)],
    ...['server µs', 'postgres µs', 'redis µs', 'load µs', 'load’s core', 'server MiB', 'violations'],
  ]
  const rows = summaries.map(({ contender, result, latencies, cpu, loadShare, rssMib, violations }) => [
    ...[contender, number(result.median), range(result), ...Object.values(latencies).map(milliseconds)],
    ...[cpu.server, cpu.postgres, cpu.redis, cpu.load].map(number),
    ...[`${Math.round(loadShare * 100)} %`, number(rssMib), violationText(violations) || 'none'],
  ])
  return [head, ...rows]
}

const ratioLine = ({ of, to, result, serverCpu }: Ratio, aim: string | null) =>
  `${of}/${to}: ${number(result.median)} (${range(result)})${to === 'limit' && aim !== null ? `, aim ${aim}` : ''}; ` +
  `server CPU ${number(serverCpu.median)} × (${range(serverCpu)})`

const printed = (result: Result) =>
  [`\n${result.title}`, ...tableOf(rowsOf(result)), ...result.ratios.map(ratio => ratioLine(ratio, result.aim))].join(
    '\n',
  )

const keep = (root: string, content: object) => {
  const folder = join(root, 'bench', 'results')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${new Date().toISOString().replaceAll(':', '-')}.json`)
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`)
  return file
}

/** Prints and keeps the results. 1 where ours or the limit broke the order, lost or doubled something. */
export const writeReport = (root: string, options: Options, runs: Run[]): number => {
  const results = options.scenarios.map(name => resultOf(name, options, runs))
  for (const result of results) console.log(printed(result))
  const { seconds, warmUpSeconds, rounds, smoke } = options
  const machine = { cores: cpus().length, cpu: cpus()[0]?.model, node: process.version }
  const file = keep(root, { machine, seconds, warmUpSeconds, rounds, smoke, results, runs })
  console.log(`\nAll figures: ${file}`)
  const broken = runs.filter(({ contender, violations }) => contender !== 'stock' && violationText(violations) !== '')
  for (const { scenario, contender, round, violations } of broken)
    console.error(`\nVIOLATED in ${scenario}, ${contender}, round ${round}: ${violationText(violations)}`)
  return broken.length > 0 ? 1 : 0
}
