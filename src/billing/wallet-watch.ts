import type { EventBus, Unsubscribe } from '../events/event-bus.js'

const CHECK_MS = 5_000

/** Says when to look at a wallet that is followed here: when the bus says so, once it is back, and every few seconds. */
export class WalletWatch {
  private readonly looks = new Set<() => void>()
  private timer: NodeJS.Timeout | undefined
  private readonly stopListening: Unsubscribe

  constructor(
    private readonly bus: Pick<EventBus, 'subscribe' | 'onInterrupted'>,
    private readonly checkMs = CHECK_MS,
  ) {
    this.stopListening = bus.onInterrupted(() => this.lookAtAll())
  }

  start(): void {
    this.timer = setInterval(() => this.lookAtAll(), this.checkMs).unref()
  }

  async watch(userId: string, look: () => void): Promise<Unsubscribe> {
    const unsubscribe = await this.bus.subscribe('user', userId, ({ kind }) => {
      if (kind === 'wallet') look()
    })
    this.looks.add(look)
    return () => {
      this.looks.delete(look)
      unsubscribe()
    }
  }

  stop(): void {
    clearInterval(this.timer)
    this.stopListening()
    this.looks.clear()
  }

  private lookAtAll(): void {
    for (const look of this.looks) look()
  }
}
