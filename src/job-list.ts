import { attachmentsJob } from './attachments/attachments-job.js'
import { finishUploadsJob } from './attachments/finish-uploads-job.js'
import { inspectionsJob } from './attachments/inspections-job.js'
import { verifyLedgerJob } from './billing/verify-ledger-job.js'
import { alertsJob } from './emergencies/alerts-job.js'
import { escalationsJob } from './emergencies/escalations-job.js'
import type { Job } from './jobs/job.js'
import { vacuumJob } from './jobs/vacuum-job.js'
import { notificationsJob } from './notifications/notifications-job.js'
import { webhooksJob } from './notifications/webhooks-job.js'
import { auditChainJob } from './oversight/audit-chain-job.js'
import { auditRetentionJob } from './oversight/audit-retention-job.js'
import { retentionJob } from './retention/retention-job.js'
import { deactivatedSessionsJob } from './sessions/deactivated-sessions-job.js'
import { expireSessionsJob } from './sessions/expire-sessions-job.js'

/** All there are: a job is a file, and a line here. */
const JOBS = [
  expireSessionsJob,
  deactivatedSessionsJob,
  finishUploadsJob,
  verifyLedgerJob,
  retentionJob,
  attachmentsJob,
  auditRetentionJob,
  vacuumJob,
  alertsJob,
  escalationsJob,
  webhooksJob,
  inspectionsJob,
  notificationsJob,
  auditChainJob,
] as const

/** What any of them needs. */
type Needs = (typeof JOBS)[number] extends (needs: infer All) => Job ? All : never

export const listJobs = (needs: Needs): Job[] => JOBS.map(makeJob => makeJob(needs))
