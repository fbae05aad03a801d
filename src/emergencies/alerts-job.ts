import type { Job } from '../jobs/job.js'
import type { Services } from '../services.js'

export const alertsJob = ({ emergencyWatch }: Pick<Services, 'emergencyWatch'>): Job => ({
  name: 'alerts',
  about: 'Tells the participants of new emergencies.',
  everyMs: null,
  off: null,
  async *run() {
    yield await emergencyWatch.alert()
  },
  async *preview() {
    yield { 'emergencies to tell of': (await emergencyWatch.countDue()).flagged }
  },
})
