import { fork } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import type { Contender } from './contenders.js'
import type { Database, Databases } from './databases.js'
import { fill } from './fill.js'
import type { FromLoad, Job, Outcome, ToLoad } from './load/job.js'
import type { Options } from './options.js'
import { cpuOf, cpuOfPostgres, rssOf } from './processes.js'
import type { Scenario } from './scenarios.js'
import type { ServerProcess } from './server-process.js'
import { inventConversations } from './world.js'

/** Seconds of CPU, and KiB. */
interface Meters {
  server: number
  postgres: number
  redis: number
  rss: number
}

export interface Measurement extends Outcome {
  /** Between the marks. */
  cpuSeconds: { server: number; postgres: number; redis: number; load: number }
  /** At the second mark. */
  rssKib: number
}

export interface Needs {
  work: string
  options: Options
  databases: Databases
  redis: Redis
  /** Breaks the run off. */
  signal: AbortSignal
}

const cpuOfRedis = async (redis: Redis) => {
  const info = await redis.info('cpu')
  const of = (name: string) => Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(info)?.[1] ?? 0)
  return of('used_cpu_user') + of('used_cpu_sys')
}

const readMeters = async (redis: Redis, server: ServerProcess, database: Database): Promise<Meters> => ({
  server: cpuOf(server.pid),
  postgres: cpuOfPostgres(database.name),
  redis: await cpuOfRedis(redis),
  rss: rssOf(server.pid),
})

/** Runs the load in a process of its own; `onMark` is awaited at both its marks. */
const runLoad = ({ work, signal }: Needs, job: Job, onMark: () => Promise<void>): Promise<Outcome> => {
  const load = fork(join(work, 'js', 'bench', 'load', 'main.js'), {
    env: { PATH: process.env.PATH },
    signal,
  })
  const tell = (message: ToLoad) => load.send(message)
  return new Promise<Outcome>((resolve, reject) => {
    load.on('message', (message: FromLoad) => {
      if ('outcome' in message) resolve(message.outcome)
      else if ('error' in message) reject(new Error(message.error))
      else onMark().then(() => tell('go'), reject)
    })
    load.once('error', reject)
    load.once('exit', () => reject(new Error('The load ended before its time.')))
    tell({ job })
  }).finally(() => load.kill())
}

/** The young generation alone may take up and give back 16 KiB for each of 2,000: kept small, for everybody. */
const COLLECTING = ['--expose-gc', '--max-semi-space-size=1']

/** What is garbage does not count, and what was given back to the system is not there any more. */
const collect = async (server: ServerProcess) => {
  server.signal('SIGUSR2')
  await sleep(1_000)
}

const measureOn = async (needs: Needs, contender: Contender, scenario: Scenario, database: Database) => {
  const { work, options, redis } = needs
  const conversations = inventConversations(scenario.shape)
  await fill(database.url, contender.tables, conversations, scenario.shape)
  const isIdle = scenario.work.kind === 'idle'
  const isCollected = scenario.work.kind === 'idle' && scenario.work.collected
  const collecting = isCollected ? [...COLLECTING, '--import', join(work, 'js', 'bench', 'collect.js')] : []
  const server = await contender.start(database, [...collecting, ...options.nodeArgs])
  try {
    const job: Job = {
      address: server.address,
      databaseUrl: database.url,
      conversations,
      before: scenario.shape.messages,
      work: scenario.work,
      warmUpMs: options.warmUpSeconds * 1000,
      measureMs: options.seconds * 1000,
    }
    const meters: Meters[] = []
    const outcome = await runLoad(needs, job, async () => {
      if (isCollected) await collect(server)
      meters.push(await readMeters(redis, server, database))
    })
    return measurementOf(outcome, meters, isIdle)
  } finally {
    await server.stop()
  }
}

const measurementOf = (outcome: Outcome, [before, after]: Meters[], isIdle: boolean): Measurement => {
  if (!before || !after) throw new Error('The load set no marks.')
  return {
    ...outcome,
    result: isIdle ? (after.rss - before.rss) / outcome.operations : outcome.result,
    cpuSeconds: {
      server: after.server - before.server,
      postgres: after.postgres - before.postgres,
      redis: after.redis - before.redis,
      load: outcome.loadCpuSeconds,
    },
    rssKib: after.rss,
  }
}

/** One run of one contender, on a fresh copy of its database. */
export const measure = async (needs: Needs, contender: Contender, scenario: Scenario): Promise<Measurement> => {
  const database = await needs.databases.create(contender.name, contender.template.name)
  try {
    return await measureOn(needs, contender, scenario, database)
  } finally {
    await needs.databases.drop(database.name)
  }
}
