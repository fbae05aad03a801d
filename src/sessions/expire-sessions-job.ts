import type { Done, Job } from '../jobs/job.js'
import type { Services } from '../services.js'
import { endSessionWithin } from './end-session.js'
import type { IdleSession } from './session-activity.store.js'

type Needs = Pick<Services, 'config' | 'ledger' | 'payments' | 'sessionActivity' | 'sessions' | 'writer'>

/** How often calls are looked for in which people meet. */
const EVERY_MS = 10_000

/** Ends it as of its last activity, unless somebody was faster or there is new activity. */
const expire = (needs: Needs, { id, conversationId }: IdleSession): Promise<boolean> =>
  needs.writer.run(async writing => {
    const open = await writing.open(conversationId)
    const at = await needs.sessionActivity.idleSince(writing.tx, id, needs.config.sessionIdleMs)
    if (!open || at === null || open.conversation.activeSessionId !== id) return false
    return (await endSessionWithin(needs, writing, open, { reason: null, by: null, status: 'EXPIRED', at })) !== null
  })

/** Of those that are idle now, a hundred at a time. */
async function* idleBatches({ sessionActivity, config }: Needs): AsyncGenerator<IdleSession[]> {
  for (let last: IdleSession | undefined; ;) {
    const idle: IdleSession[] = await sessionActivity.idle(config.sessionIdleMs, last?.id ?? null)
    last = idle.at(-1)
    if (!last) return
    yield idle
  }
}

/** One that fails holds up no other. */
async function* expireIdle(needs: Needs): AsyncGenerator<Done> {
  await needs.sessionActivity.touchCalls()
  const failures: unknown[] = []
  for await (const idle of idleBatches(needs))
    for (const session of idle) {
      const ended = await expire(needs, session).catch((error: unknown) => {
        failures.push(error)
        return false
      })
      yield { sessions: Number(ended) }
    }
  if (failures.length > 0) throw new AggregateError(failures, 'Some sessions did not expire.')
}

/** Sessions without activity for SESSION_IDLE_MINUTES end, and are charged, as of their last activity. */
export const expireSessionsJob = (needs: Needs): Job => ({
  name: 'expire-sessions',
  about: 'Ends sessions without activity for SESSION_IDLE_MINUTES, as of their last activity, and charges them.',
  everyMs: EVERY_MS,
  off: needs.config.sessionIdleMs === 0 ? 'SESSION_IDLE_MINUTES is 0: they run until somebody ends them.' : null,
  run: () => expireIdle(needs),
  async *preview() {
    for await (const idle of idleBatches(needs)) yield { sessions: idle.length }
  },
})
