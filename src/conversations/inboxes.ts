import type { Followed } from './followed-conversation.js'
import { Inbox, type InboxListener, type InboxNeeds } from './inbox.js'

export interface InboxHandle {
  /** The user's conversations at present. */
  followed: () => Followed[]
  close: () => void
}

interface Open {
  inbox: Inbox
  users: number
}

const CHECK_MS = 5_000

/** The inboxes that are followed in this process: one for each user, however many follow it. */
export class Inboxes {
  private readonly open = new Map<string, Open>()
  private timer: NodeJS.Timeout | undefined

  constructor(
    private readonly needs: InboxNeeds,
    private readonly checkMs = CHECK_MS,
  ) {}

  start(): void {
    this.timer = setInterval(() => void this.check(), this.checkMs)
  }

  /** What the listener is told begins with what happens after this. */
  async follow(userId: string, listener: InboxListener): Promise<InboxHandle> {
    const open = this.open.get(userId) ?? { inbox: new Inbox(this.needs, userId), users: 0 }
    this.open.set(userId, open)
    open.users += 1
    let following = true
    const close = () => {
      if (!following) return
      following = false
      open.inbox.listeners.delete(listener)
      open.users -= 1
      if (open.users > 0) return
      this.open.delete(userId)
      open.inbox.close()
    }
    try {
      await open.inbox.refresh()
    } catch (error) {
      close()
      throw error
    }
    open.inbox.listeners.add(listener)
    return { followed: () => open.inbox.followed(), close }
  }

  stop(): void {
    clearInterval(this.timer)
    for (const { inbox } of this.open.values()) inbox.close()
    this.open.clear()
  }

  /** One query for all: which users came to a conversation, or left one, and nobody said so. */
  private async check(): Promise<void> {
    if (this.open.size === 0) return
    try {
      const found = await this.needs.store.fingerprints([...this.open.keys()])
      for (const [userId, { inbox }] of this.open)
        if ((found.get(userId) ?? '') !== inbox.fingerprint) inbox.refreshLater()
    } catch (error) {
      this.needs.logger.warn({ error }, 'Memberships could not be read; they are read again.')
    }
  }
}
