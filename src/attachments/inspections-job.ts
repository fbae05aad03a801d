import type { Job } from '../jobs/job.js'
import type { Services } from '../services.js'

export const inspectionsJob = ({ inspectionWorker }: Pick<Services, 'inspectionWorker'>): Job => ({
  name: 'inspections',
  about: 'Inspects the files that were uploaded.',
  everyMs: null,
  off: null,
  async *run() {
    yield await inspectionWorker.drain()
  },
  async *preview() {
    yield { files: await inspectionWorker.countDue() }
  },
})
