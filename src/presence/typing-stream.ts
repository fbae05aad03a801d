import type { StreamBudget } from '../events/event-stream.js'
import { LatestStream } from './latest-stream.js'
import { stopped, type Typing, typingOf } from './typing.js'

/** Others' typing, for one viewer: each start, and one stop for it. */
export class TypingStream extends LatestStream<Typing> {
  /** What was told last of each person in each conversation. */
  private readonly told = new Map<string, Typing>()

  constructor(
    private readonly viewerId: string,
    budget: StreamBudget,
  ) {
    super(budget, (key, typing) => this.isWorthTelling(key, typing))
  }

  tell(typing: Typing): void {
    if (typing.userId !== this.viewerId) this.put(`${typing.conversationId} ${typing.userId}`, typing)
  }

  /** Nobody types there any more, as far as the viewer may know. */
  stopAll(conversationId: string): void {
    for (const last of [...this.told.values(), ...this.pending.values()])
      if (last.conversationId === conversationId && last.isTyping)
        this.tell(typingOf(stopped(conversationId, last.userId)))
  }

  /** The stop of someone of whom nothing was told is news: the viewer may know of the start from another connection. */
  private isWorthTelling(key: string, typing: Typing): boolean {
    const news = typing.isTyping || this.told.get(key)?.isTyping !== false
    this.told.set(key, typing)
    return news
  }
}
