import type { Job } from '../jobs/job.js'
import type { Services } from '../services.js'

export const escalationsJob = ({ emergencyWatch }: Pick<Services, 'emergencyWatch'>): Job => ({
  name: 'escalations',
  about: 'Tells the participants of new emergencies, and all admins of those that nobody acknowledged in time.',
  everyMs: null,
  off: null,
  async *run() {
    yield await emergencyWatch.look()
  },
  async *preview() {
    const { flagged, overdue } = await emergencyWatch.countDue()
    yield { 'emergencies to tell of': flagged, escalations: overdue }
  },
})
