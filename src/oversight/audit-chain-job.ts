import type { Job } from '../jobs/job.js'
import type { Services } from '../services.js'

export const auditChainJob = ({ audit }: Pick<Services, 'audit'>): Job => ({
  name: 'audit-chain',
  about: 'Makes the events that wait part of the audit log’s chain.',
  everyMs: null,
  off: null,
  async *run() {
    yield await audit.chain()
  },
  async *preview() {
    yield { events: await audit.countPending() }
  },
})
