import { parseArgs } from 'node:util'
import { type ScenarioName, scenarioNames } from './scenarios.js'

export const contenderNames = [
  'ours',
  'without-audit',
  'without-search',
  'without-both',
  'with-retention',
  'before',
  'limit',
  'stock',
] as const
export type ContenderName = (typeof contenderNames)[number]

const USUAL: ContenderName[] = ['ours', 'before', 'limit', 'stock']

export interface Options {
  databaseUrl: string
  redisUrl: string
  contenders: ContenderName[]
  scenarios: ScenarioName[]
  seconds: number
  warmUpSeconds: number
  rounds: number
  smoke: boolean
  /** A checkout that is built already, in the place of this one. */
  app: string | undefined
  /** Another such checkout, measured as `before`. */
  before: string | undefined
  nodeArgs: string[]
}

const chosen = <T extends string>(
  option: string,
  given: string | undefined,
  names: readonly T[],
  usual = names,
): T[] => {
  if (given === undefined) return [...usual]
  const wanted = given.split(',')
  const unknown = wanted.find(name => !names.includes(name as T))
  if (unknown !== undefined) throw new Error(`--${option} knows ${names.join(', ')}, and not "${unknown}".`)
  return names.filter(name => wanted.includes(name))
}

const positive = (option: string, given: string | undefined, fallback: number) => {
  const value = given === undefined ? fallback : Number(given)
  if (!(value > 0)) throw new Error(`--${option} must be a positive number, and is "${given}".`)
  return value
}

/** What it is given begins with a dash itself, which is only understood behind an equals sign. */
const withNodeArgs = (args: string[]) => {
  const at = args.indexOf('--node-args')
  return at === -1 ? args : args.toSpliced(at, 2, `--node-args=${args[at + 1] ?? ''}`)
}

export const readOptions = (args: string[], env: NodeJS.ProcessEnv = process.env): Options => {
  const { values } = parseArgs({
    args: withNodeArgs(args),
    options: {
      only: { type: 'string' },
      scenario: { type: 'string' },
      seconds: { type: 'string' },
      'warm-up': { type: 'string' },
      rounds: { type: 'string' },
      app: { type: 'string' },
      before: { type: 'string' },
      'node-args': { type: 'string' },
      smoke: { type: 'boolean', default: false },
    },
  })
  const { smoke, before } = values
  const contenders = chosen('only', values.only, contenderNames, USUAL)
  return {
    databaseUrl: env.BENCH_DATABASE_URL ?? 'postgresql://postgres@127.0.0.1:5432/postgres',
    redisUrl: env.BENCH_REDIS_URL ?? 'redis://127.0.0.1:6379',
    contenders: before === undefined ? contenders.filter(name => name !== 'before') : contenders,
    scenarios: chosen('scenario', values.scenario, scenarioNames),
    seconds: positive('seconds', values.seconds, smoke ? 1 : 10),
    warmUpSeconds: positive('warm-up', values['warm-up'], smoke ? 0.5 : 3),
    rounds: positive('rounds', values.rounds, smoke ? 1 : 3),
    smoke,
    app: values.app,
    before,
    nodeArgs: values['node-args']?.split(' ').filter(Boolean) ?? [],
  }
}
