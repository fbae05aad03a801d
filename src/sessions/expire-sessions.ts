import type { Services } from '../services.js'
import { endSessionWithin } from './end-session.js'
import type { IdleSession } from './session-activity.store.js'

type Needs = Pick<Services, 'config' | 'ledger' | 'payments' | 'sessionActivity' | 'sessions' | 'writer'>

/** Ends it as of its last activity, unless somebody was faster or there is new activity. */
const expire = (needs: Needs, { id, conversationId }: IdleSession): Promise<boolean> =>
  needs.writer.run(async writing => {
    const open = await writing.open(conversationId)
    const at = await needs.sessionActivity.idleSince(writing.tx, id, needs.config.sessionIdleMs)
    if (!open || at === null || open.conversation.activeSessionId !== id) return false
    return (await endSessionWithin(needs, writing, open, { reason: null, by: null, status: 'EXPIRED', at })) !== null
  })

/** All that are idle now; one that fails holds up no other. Answers with how many it ended. */
export const expireSessions = async (needs: Needs, isStopped: () => boolean = () => false): Promise<number> => {
  const { sessionActivity, config } = needs
  if (config.sessionIdleMs === 0) return 0
  await sessionActivity.touchCalls()
  const failures: unknown[] = []
  let count = 0
  for (let last: IdleSession | undefined; !isStopped();) {
    const idle: IdleSession[] = await sessionActivity.idle(config.sessionIdleMs, last?.id ?? null)
    last = idle.at(-1)
    if (!last) break
    for (const session of idle) {
      if (isStopped()) break
      const ended = await expire(needs, session).catch((error: unknown) => {
        failures.push(error)
        return false
      })
      if (ended) count++
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Some sessions did not expire.')
  return count
}
