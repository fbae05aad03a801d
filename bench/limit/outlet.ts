import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'

/** What is sent in one turn of the loop goes out in one write. */
export class Outlet {
  #corked = false

  constructor(
    private readonly socket: WebSocket,
    private readonly connection: Duplex,
  ) {}

  send(text: string): void {
    if (!this.#corked) {
      this.#corked = true
      this.connection.cork()
      process.nextTick(() => this.#uncork())
    }
    this.socket.send(text)
  }

  #uncork() {
    this.#corked = false
    this.connection.uncork()
  }
}
