/** Runs `work` soon after a request and never twice at a time: requests of one tick are one run, later ones one more. */
export class SerialTask {
  private requested = false
  private running: Promise<void> | null = null

  /** `work` must not throw. */
  constructor(private readonly work: () => Promise<void>) {}

  /** Resolves when nothing is requested any more. */
  request(): Promise<void> {
    this.requested = true
    this.running ??= this.run()
    return this.running
  }

  private async run(): Promise<void> {
    while (this.requested) {
      await new Promise(resolve => setImmediate(resolve))
      this.requested = false
      await this.work()
    }
    this.running = null
  }
}
