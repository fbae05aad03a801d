import { eachApart } from '../jobs/each-apart.js'
import type { Done, Job } from '../jobs/job.js'
import type { Services } from '../services.js'
import type { EndNeeds } from './end-session.js'
import { endWithDeactivated } from './end-with-people.js'

type Needs = EndNeeds & Pick<Services, 'stays' | 'writer'>

const EVERY_MS = 10_000

const endFor = async (needs: Needs, userId: string): Promise<Done> => ({
  people: 1,
  sessions: await needs.writer.run(writing => endWithDeactivated(needs, writing, [userId])),
})

async function* endForAll(needs: Needs): AsyncGenerator<Done> {
  const people = await needs.sessionActivity.inactivePeople()
  yield* eachApart(people, userId => endFor(needs, userId), 'Some deactivated people are still in sessions.')
}

/** `upsertUsers` ends them itself: this finds what it missed, and who was deactivated by hand. */
export const deactivatedSessionsJob = (needs: Needs): Job => ({
  name: 'deactivated-sessions',
  about:
    'Takes people who are not active any more out of sessions; ends, and charges, those that do not go on without them.',
  everyMs: EVERY_MS,
  off: null,
  run: () => endForAll(needs),
  async *preview() {
    const people = await needs.sessionActivity.inactivePeople()
    if (people.length > 0) yield { people: people.length }
  },
})
