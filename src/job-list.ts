import { escalationsJob } from './emergencies/escalations-job.js'
import type { Job } from './jobs/job.js'
import { vacuumJob } from './jobs/vacuum-job.js'
import { notificationsJob } from './notifications/notifications-job.js'
import { webhooksJob } from './notifications/webhooks-job.js'
import { auditChainJob } from './oversight/audit-chain-job.js'
import { auditRetentionJob } from './oversight/audit-retention-job.js'
import { retentionJob } from './retention/retention-job.js'

type Needs = Parameters<typeof retentionJob>[0] &
  Parameters<typeof auditRetentionJob>[0] &
  Parameters<typeof auditChainJob>[0] &
  Parameters<typeof escalationsJob>[0] &
  Parameters<typeof webhooksJob>[0] &
  Parameters<typeof notificationsJob>[0] &
  Parameters<typeof vacuumJob>[0]

/** All there are: a job is a file, and a line here. */
const JOBS = [
  retentionJob,
  auditRetentionJob,
  vacuumJob,
  escalationsJob,
  webhooksJob,
  notificationsJob,
  auditChainJob,
] as const

export const listJobs = (needs: Needs): Job[] => JOBS.map(makeJob => makeJob(needs))
