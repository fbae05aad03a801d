import type { Done, Job } from '../jobs/job.js'
import { NIL_UUID } from '../limits/ids.js'
import type { Services } from '../services.js'
import type { NotificationPlace, RetentionStore } from './retention.store.js'

const HOUR_MS = 3_600_000
/** How often a conversation is tried that somebody else has locked, before it is left to the next run. */
const MOST_ATTEMPTS = 5

/** All that is old in one conversation, a batch at a time; whether it could be done. */
async function* empty(store: RetentionStore, conversationId: string, days: number): AsyncGenerator<Done, boolean> {
  for (;;) {
    const removed = await store.removeOld(conversationId, days)
    if (removed === 'BUSY') return false
    if (removed === 0) return true
    yield { messages: removed }
  }
}

async function* removeMessages(store: RetentionStore, days: number): AsyncGenerator<Done> {
  const busy: string[] = []
  for (let after: string | null = NIL_UUID; after !== null;) {
    const { last, ids } = await store.due(days, after)
    for (const id of ids) if (!(yield* empty(store, id, days))) busy.push(id)
    // Between two looks there is time for others, too.
    yield {}
    after = last
  }
  for (let attempt = 1; attempt <= MOST_ATTEMPTS && busy.length > 0; attempt++)
    for (const id of busy.splice(0)) {
      if (!(yield* empty(store, id, days))) busy.push(id)
      yield {}
    }
}

async function* removeNotifications(store: RetentionStore, days: number): AsyncGenerator<Done> {
  for (let place: NotificationPlace = { at: new Date(0), id: NIL_UUID }; ;) {
    const looked = await store.removeOldNotifications(days, place)
    if (!looked) return
    yield { notifications: looked.removed }
    place = looked.next
  }
}

async function* preview(store: RetentionStore, days: number): AsyncGenerator<Done> {
  for (let after: string | null = NIL_UUID; after !== null;) {
    const { last, messages, conversations } = await store.preview(days, after)
    yield { messages, conversations }
    after = last
  }
  yield { notifications: await store.countOldNotifications(days) }
}

/** Messages older than MESSAGE_RETENTION_DAYS, with all that hangs on them; never what is under a legal hold. */
export const retentionJob = ({
  config: { messageRetentionDays: days },
  retention,
}: Pick<Services, 'config' | 'retention'>): Job => ({
  name: 'retention',
  about: 'Removes messages older than MESSAGE_RETENTION_DAYS with all that hangs on them, and old notifications.',
  everyMs: HOUR_MS,
  off: days === 0 ? 'MESSAGE_RETENTION_DAYS is 0: everything is kept' : null,
  async *run() {
    yield* removeMessages(retention, days)
    yield* removeNotifications(retention, days)
  },
  preview: () => preview(retention, days),
})
