import type { Job } from '../jobs/job.js'
import type { Services } from '../services.js'

export const escalationsJob = ({ emergencyWatch }: Pick<Services, 'emergencyWatch'>): Job => ({
  name: 'escalations',
  about: 'Tells all admins of emergencies that nobody acknowledged in time.',
  everyMs: null,
  off: null,
  async *run() {
    yield await emergencyWatch.escalate()
  },
  async *preview() {
    yield { escalations: (await emergencyWatch.countDue()).overdue }
  },
})
