import { setImmediate as turn } from 'node:timers/promises'
import type { EventStream } from '../../src/events/event-stream.js'

/** Reads a stream at a pace of its own, and keeps what it read. */
export class StreamReader<T> {
  readonly items: T[] = []
  failure: Error | undefined
  readonly done: Promise<void>
  private wake = () => {}

  constructor(
    private readonly stream: EventStream<T>,
    private readonly turnsBetween = 0,
  ) {
    this.done = this.read()
  }

  /** Resolves once what was read fits, or fails with the stream. */
  async until(fits: (items: T[]) => boolean, patienceMs = 10_000): Promise<void> {
    let late = false
    const deadline = setTimeout(() => {
      late = true
      this.wake()
    }, patienceMs)
    try {
      while (!fits(this.items)) {
        if (this.failure) throw this.failure
        if (late) throw new Error(`Waited in vain behind ${this.items.length} items.`)
        await new Promise<void>(resolve => (this.wake = resolve))
      }
    } finally {
      clearTimeout(deadline)
    }
  }

  async stop(): Promise<void> {
    await this.stream.return()
    await this.done
  }

  private async read(): Promise<void> {
    try {
      for await (const item of this.stream) {
        this.items.push(item)
        this.wake()
        for (let turns = 0; turns < this.turnsBetween; turns++) await turn()
      }
    } catch (error) {
      this.failure = error instanceof Error ? error : new Error(String(error))
      this.wake()
    }
  }
}
