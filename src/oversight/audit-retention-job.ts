import type { Job } from '../jobs/job.js'
import type { Services } from '../services.js'

const DAY_MS = 86_400_000

/** The log's oldest events; it stays verifiable. */
export const auditRetentionJob = ({
  config: { auditRetentionDays: days },
  auditStore,
}: Pick<Services, 'config' | 'auditStore'>): Job => ({
  name: 'audit-retention',
  about: 'Removes events older than AUDIT_RETENTION_DAYS from the beginning of the audit log, which stays verifiable.',
  everyMs: DAY_MS,
  off: days === 0 ? 'AUDIT_RETENTION_DAYS is 0: everything is kept' : null,
  async *run() {
    for (let more = true; more;) {
      const pruned = await auditStore.prune(days)
      more = pruned.more
      yield { events: pruned.events }
    }
  },
  async *preview() {
    yield { events: await auditStore.countOld(days) }
  },
})
