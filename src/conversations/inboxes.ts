import { isAdmin, type Viewer } from '../people/person.js'
import { DESK } from './desk-entry.js'
import type { Followed } from './followed-conversation.js'
import { Inbox, type InboxListener, type InboxNeeds } from './inbox.js'

export interface InboxHandle {
  /** The viewer's conversations at present. */
  followed: () => Followed[]
  follows: (conversationId: string) => boolean
  close: () => void
}

interface Open {
  inbox: Inbox
  users: number
}

const CHECK_MS = 5_000

/** The inboxes that are followed in this process: one for each user, and one for the support desk, however many follow it. */
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
  async follow(viewer: Viewer, listener: InboxListener): Promise<InboxHandle> {
    const own = await this.followOne(viewer.userId, listener)
    if (!isAdmin(viewer)) return own
    const isOwn = ({ view }: Followed) => view.conversation.supportUserId === viewer.userId
    try {
      const desk = await this.followOne(DESK, withoutOwn(listener, isOwn))
      return {
        followed: () => [...own.followed(), ...desk.followed().filter(followed => !isOwn(followed))],
        follows: id => own.follows(id) || desk.follows(id),
        close() {
          own.close()
          desk.close()
        },
      }
    } catch (error) {
      own.close()
      throw error
    }
  }

  stop(): void {
    clearInterval(this.timer)
    for (const { inbox } of this.open.values()) inbox.close()
    this.open.clear()
  }

  private async followOne(owner: string, listener: InboxListener): Promise<InboxHandle> {
    const open = this.open.get(owner) ?? { inbox: new Inbox(this.needs, owner), users: 0 }
    this.open.set(owner, open)
    open.users += 1
    let following = true
    const close = () => {
      if (!following) return
      following = false
      open.inbox.listeners.delete(listener)
      open.users -= 1
      if (open.users > 0) return
      this.open.delete(owner)
      open.inbox.close()
    }
    try {
      await open.inbox.refresh()
    } catch (error) {
      close()
      throw error
    }
    open.inbox.listeners.add(listener)
    return { followed: () => open.inbox.followed(), follows: id => open.inbox.follows(id), close }
  }

  /** One query for all: who came to a conversation, or left one, and nobody said so. */
  private async check(): Promise<void> {
    if (this.open.size === 0) return
    try {
      const found = await this.needs.store.fingerprints([...this.open.keys()])
      for (const [owner, { inbox }] of this.open)
        if ((found.get(owner) ?? '') !== inbox.fingerprint) inbox.refreshLater()
    } catch (error) {
      this.needs.logger.warn({ error }, 'Memberships could not be read; they are read again.')
    }
  }
}

/** An admin who is also a user of the desk is told of their own conversation as its user. */
const withoutOwn = (listener: InboxListener, isOwn: (followed: Followed) => boolean): InboxListener => ({
  onChanges: (followed, changes, since) => isOwn(followed) || listener.onChanges?.(followed, changes, since),
  onMessages: (followed, messages) => isOwn(followed) || listener.onMessages?.(followed, messages),
  onJoined: followed => isOwn(followed) || listener.onJoined?.(followed),
  onLeft: conversationId => listener.onLeft?.(conversationId),
})
