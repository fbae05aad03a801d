import { Redis } from 'ioredis'
import { type Contender, makeContenders } from './contenders.js'
import { Databases } from './databases.js'
import { measure } from './measure.js'
import { readOptions } from './options.js'
import { describeRun, writeReport } from './report.js'
import { scenarioOf } from './scenarios.js'
import type { Run } from './summary.js'

interface Place {
  root: string
  work: string
  args: string[]
}

/** Scenario by scenario, and in each round by round, so that what is compared lies minutes apart at most. */
export const main = async ({ root, work, args }: Place): Promise<number> => {
  const options = readOptions(args)
  const databases = new Databases(options.databaseUrl, process.pid)
  const redis = new Redis(options.redisUrl)
  const runs: Run[] = []
  const breaking = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => breaking.abort())
  const needs = { root, work, options, databases, redis, signal: breaking.signal }
  try {
    const contenders = await makeContenders(needs)
    for (const name of options.scenarios) {
      const scenario = scenarioOf(name, options.smoke)
      console.log(`\n${scenario.title}`)
      const able = contenders.filter(contender => scenario.only?.includes(contender.name) ?? true)
      const measureOne = async (contender: Contender, round: number) => {
        const measurement = await measure(needs, contender, scenario)
        const run = { scenario: name, contender: contender.name, round, ...measurement }
        runs.push(run)
        console.log(describeRun(run, scenario))
      }
      for (let round = 1; round <= options.rounds; round++)
        // Where the figures do not matter, there is no need to take turns.
        if (options.smoke) await Promise.all(able.map(contender => measureOne(contender, round)))
        else for (const contender of able) await measureOne(contender, round)
    }
  } finally {
    redis.disconnect()
    await databases.dropAll()
  }
  return writeReport(root, options, runs)
}
