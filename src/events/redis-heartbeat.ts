export interface HeartbeatOptions {
  everyMs: number
  /** Publishes the beat. */
  send: () => void
  /** The connections look alive and are not. */
  onLost: () => void
}

/** This process publishes to itself: a beat that has not come back by the next one was lost. */
export class RedisHeartbeat {
  private timer: NodeJS.Timeout | undefined
  private awaited = false
  private missing = false
  private lastTick = 0

  constructor(private readonly options: HeartbeatOptions) {}

  start(): void {
    this.lastTick = performance.now()
    this.timer = setInterval(() => this.beat(), this.options.everyMs)
  }

  /** Whether nothing has come back since a beat was lost. */
  get lost() {
    return this.missing
  }

  cameBack(): void {
    this.awaited = this.missing = false
  }

  /** The connections are new: the last beat was sent on those before, if at all. */
  forget(): void {
    this.awaited = false
  }

  stop(): void {
    clearInterval(this.timer)
  }

  private beat(): void {
    const now = performance.now()
    // This process was too busy to take what came.
    const late = now - this.lastTick > 1.5 * this.options.everyMs
    this.lastTick = now
    const lost = this.awaited && !late
    if (lost) {
      this.missing = true
      this.options.onLost()
    }
    // On connections that are just being made anew this beat goes nowhere.
    this.awaited = !lost
    this.options.send()
  }
}
