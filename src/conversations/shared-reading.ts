/** One reading at a time, for all who asked before it began. */
export class SharedReading {
  private running: Promise<void> = Promise.resolve()
  /** One that was asked for and has not begun. */
  private next: Promise<void> | null = null

  constructor(private readonly read: () => Promise<void>) {}

  /** Fails for those who asked for it; the next is tried all the same. */
  request(): Promise<void> {
    if (this.next) return this.next
    const next = this.running.then(() => {
      this.next = null
      return this.read()
    })
    this.next = next
    this.running = next.catch(() => {})
    return next
  }
}
