import { verifyLedgerJob } from './billing/verify-ledger-job.js'
import { escalationsJob } from './emergencies/escalations-job.js'
import type { Job } from './jobs/job.js'
import { vacuumJob } from './jobs/vacuum-job.js'
import { notificationsJob } from './notifications/notifications-job.js'
import { webhooksJob } from './notifications/webhooks-job.js'
import { auditChainJob } from './oversight/audit-chain-job.js'
import { auditRetentionJob } from './oversight/audit-retention-job.js'
import { retentionJob } from './retention/retention-job.js'
import { expireSessionsJob } from './sessions/expire-sessions-job.js'

/** All there are: a job is a file, and a line here. */
const JOBS = [
  expireSessionsJob,
  verifyLedgerJob,
  retentionJob,
  auditRetentionJob,
  vacuumJob,
  escalationsJob,
  webhooksJob,
  notificationsJob,
  auditChainJob,
] as const

/** What any of them needs. */
type Needs = (typeof JOBS)[number] extends (needs: infer All) => Job ? All : never

export const listJobs = (needs: Needs): Job[] => JOBS.map(makeJob => makeJob(needs))
