import type { Writable } from 'node:stream'

/** What is written to a stream in one turn of the event loop leaves together: for small frames the system call is most of the cost. */
export class WriteBatch {
  #corked: Writable[] = []

  /** Call before writing. */
  join(stream: Writable): void {
    if (stream.writableCorked > 0) return
    stream.cork()
    if (this.#corked.push(stream) === 1) setImmediate(() => this.#flush())
  }

  #flush(): void {
    const corked = this.#corked
    this.#corked = []
    for (const stream of corked) stream.uncork()
  }
}
