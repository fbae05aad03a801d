import type { Done } from '../../src/jobs/job.js'
import type { RunByHand } from '../../src/jobs/job-runner.js'
import type { TestApp } from './start-app.js'

const HOUR_MS = 3_600_000

/** No job runs by itself. */
export const BY_HAND = { lookEveryMs: HOUR_MS, leaseMs: HOUR_MS, retryMs: HOUR_MS }

/** By hand, at that process. */
export const runJob = async (
  { services }: Pick<TestApp, 'services'>,
  name: string,
  options?: RunByHand,
): Promise<Done> => {
  const job = services.jobs.jobs.find(job => job.name === name)
  if (!job) throw new Error(`There is no job ${name}.`)
  return (await services.jobs.runNow(job, options)).done
}

/** As if the oldest messages, up to this one, with their marks, had been sent 400 days before. */
export const makeOld = async ({ database }: Pick<TestApp, 'database'>, conversationId: string, throughSeq: number) => {
  const AGE = `interval '400 days'`
  await database.call(`update messages set created_at = created_at - ${AGE} where conversation_id = $1 and seq <= $2`, [
    conversationId,
    throughSeq,
  ])
}
