import type { Job } from '../jobs/job.js'
import type { MessageNotifier } from './message-notifier.js'

export const notificationsJob = ({ notifier }: { notifier: MessageNotifier }): Job => ({
  name: 'notifications',
  about: 'Makes the notifications of messages that a process left behind when it died.',
  everyMs: null,
  off: null,
  run: () => notifier.sweepAll(),
  async *preview() {
    yield { 'messages to look at': await notifier.countUnswept() }
  },
})
