import type { Done, Job } from '../jobs/job.js'
import { NIL_UUID } from '../limits/ids.js'
import type { Services } from '../services.js'
import { countLeftovers, removeLeftovers } from './leftovers.js'
import { removeAttachments } from './remove-attachments.js'
import type { DuePlace } from './sent-attachments.store.js'

type Needs = Pick<Services, 'attachments' | 'files' | 'sentAttachments'>

const HOUR_MS = 3_600_000
const AT_ONCE = 50
const BEFORE_ALL: DuePlace = { expiresAt: new Date(0), id: NIL_UUID }

async function* removeDue(needs: Needs): AsyncGenerator<Done> {
  const failed: unknown[] = []
  for (let place: DuePlace | undefined = BEFORE_ALL; ;) {
    const due = await needs.sentAttachments.due(place, AT_ONCE)
    place = due.at(-1)
    if (!place) break
    const { removed, failures } = await removeAttachments(
      needs,
      due.map(({ id }) => id),
    )
    yield { attachments: removed.length }
    failed.push(...failures)
  }
  if (failed.length > 0)
    throw new AggregateError(failed.slice(0, 10), `${failed.length} attachments could not be removed.`)
}

async function* removeAll(needs: Needs): AsyncGenerator<Done> {
  yield* removeLeftovers(needs)
  yield* removeDue(needs)
}

/** What was sent stays as long as its message, which a legal hold keeps. */
export const attachmentsJob = (needs: Needs): Job => ({
  name: 'attachments',
  about:
    'Removes files that were not sent within 24 hours, those whose messages retention has removed, and what died processes left behind.',
  everyMs: HOUR_MS,
  off: null,
  run: () => removeAll(needs),
  async *preview() {
    yield { attachments: await needs.sentAttachments.countDue() }
    yield* countLeftovers(needs)
  },
})
