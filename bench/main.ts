import { Redis } from 'ioredis'
import { makeContenders } from './contenders.js'
import { Databases } from './databases.js'
import { measure } from './measure.js'
import { readOptions } from './options.js'
import { describeRun, type Run, writeReport } from './report.js'
import { scenarioOf } from './scenarios.js'

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
  try {
    const contenders = await makeContenders({ root, work, options, databases })
    for (const name of options.scenarios) {
      const scenario = scenarioOf(name, options.smoke)
      console.log(`\n${scenario.title}`)
      for (let round = 1; round <= options.rounds; round++)
        for (const contender of contenders) {
          const measurement = await measure({ work, options, databases, redis }, contender, scenario)
          const run = { scenario: name, contender: contender.name, round, ...measurement }
          runs.push(run)
          console.log(describeRun(run, scenario))
        }
    }
  } finally {
    redis.disconnect()
    await databases.dropAll()
  }
  return writeReport(root, options, runs)
}
