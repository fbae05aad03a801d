import { eachApart } from '../jobs/each-apart.js'
import type { Done, Job } from '../jobs/job.js'
import type { Services } from '../services.js'
import { closeSession, type EndNeeds } from './end-session.js'
import type { IdleSession } from './session-activity.store.js'

type Needs = EndNeeds & Pick<Services, 'writer'>

/** How often calls are looked for in which people meet. */
const EVERY_MS = 10_000

/** Ends it as of its last activity, unless somebody was faster or there is new activity. */
const expire = async (needs: Needs, { id, conversationId }: IdleSession): Promise<Done> => {
  const expired = await needs.writer.run(async writing => {
    const open = await writing.open(conversationId)
    const at = await needs.sessionActivity.idleSince(writing.tx, id, needs.config.sessionIdleMs)
    if (!open || at === null || open.conversation.activeSessionId !== id) return null
    return closeSession(needs, writing, open, { reason: null, by: null, expiredAt: at })
  })
  return { sessions: expired ? 1 : 0 }
}

/** Those that are idle now; read a hundred at a time. */
async function* idleSessions({ sessionActivity, config }: Needs): AsyncGenerator<IdleSession> {
  for (let last: IdleSession | undefined; ;) {
    const idle: IdleSession[] = await sessionActivity.idle(config.sessionIdleMs, last?.id ?? null)
    last = idle.at(-1)
    if (!last) return
    yield* idle
  }
}

async function* expireIdle(needs: Needs): AsyncGenerator<Done> {
  await needs.sessionActivity.touchCalls()
  yield* eachApart(idleSessions(needs), session => expire(needs, session), 'Some sessions did not expire.')
}

/** Sessions without activity for SESSION_IDLE_MINUTES end, and are charged, as of their last activity. */
export const expireSessionsJob = (needs: Needs): Job => ({
  name: 'expire-sessions',
  about: 'Ends sessions without activity for SESSION_IDLE_MINUTES, as of their last activity, and charges them.',
  everyMs: EVERY_MS,
  off: needs.config.sessionIdleMs === 0 ? 'SESSION_IDLE_MINUTES is 0: they run until somebody ends them.' : null,
  run: () => expireIdle(needs),
  async *preview() {
    for await (const _ of idleSessions(needs)) yield { sessions: 1 }
  },
})
