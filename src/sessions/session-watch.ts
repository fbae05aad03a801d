import type { Conversation } from '../conversations/conversation.js'
import type { Change } from '../events/topics.js'
import type { Services } from '../services.js'
import type { Session } from './session.js'

/** Knows which sessions may have changed, and tells those that have. */
export class SessionWatch {
  private readonly activeIn = new Map<string, string | null>()
  private readonly touched = new Set<string>()
  private readonly told = new Map<string, string>()

  constructor(private readonly needs: Pick<Services, 'sessions'>) {}

  begin({ id, activeSessionId }: Conversation): void {
    if (!this.activeIn.has(id)) this.activeIn.set(id, activeSessionId)
  }

  /** What is now is not told, but for what changed since the watching began. */
  async start(sessionId: string | null): Promise<void> {
    const ids = [...this.activeIn.values(), sessionId].filter(id => id !== null)
    for (const session of await this.needs.sessions.findMany([...new Set(ids)]))
      if (!this.touched.has(session.id)) this.told.set(session.id, stateOf(session))
  }

  /** A session starts and ends with a message; and the one that was active is not named any more once it has ended. */
  concerned(conversationId: string, changes: Change[]): string[] {
    const ids = new Set<string | null>()
    for (const change of changes) {
      if (change.kind === 'message' && change.message.kind === 'SYSTEM') ids.add(change.message.sessionId)
      if (change.kind !== 'conversation') continue
      ids.add(this.activeIn.get(conversationId) ?? null).add(change.conversation.activeSessionId)
      this.activeIn.set(conversationId, change.conversation.activeSessionId)
    }
    const concerned = [...ids].filter(id => id !== null)
    for (const id of concerned) this.touched.add(id)
    return concerned
  }

  /** Those that are others than before, in the order of the ids. */
  async read(ids: string[]): Promise<Session[]> {
    const found = new Map((await this.needs.sessions.findMany(ids)).map(session => [session.id, session]))
    return ids.flatMap(id => {
      const session = found.get(id)
      if (!session || this.told.get(id) === stateOf(session)) return []
      this.told.set(id, stateOf(session))
      return [session]
    })
  }
}

/** Without the duration, which is another at each reading. */
const stateOf = (session: Session) => JSON.stringify({ ...session, durationSeconds: null })
