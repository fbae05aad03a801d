import type { Job } from '../jobs/job.js'
import type { Services } from '../services.js'
import type { PushWorker } from './push-worker.js'

export const webhooksJob = ({ config, pushWorker }: Pick<Services, 'config'> & { pushWorker: PushWorker }): Job => ({
  name: 'webhooks',
  about: 'Pushes the notifications that are due to the host system.',
  everyMs: null,
  off: config.notificationWebhook ? null : 'NOTIFICATION_WEBHOOK_URL is not set: nothing is pushed',
  async *run() {
    yield await pushWorker.drain()
  },
  async *preview() {
    yield { deliveries: await pushWorker.countDue() }
  },
})
