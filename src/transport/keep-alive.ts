import type { WebSocket } from 'ws'
import type { Config } from '../config.js'

const ROUNDS = 10

/** Ends sockets whose clients do not answer pings. One timer for all, each round of it for some: sockets are many. */
export class KeepAlive {
  readonly #rounds = Array.from({ length: ROUNDS }, () => new Set<WebSocket>())
  readonly #deadlines = new Map<WebSocket, NodeJS.Timeout>()
  readonly #timer: NodeJS.Timeout
  #round = 0

  constructor(private readonly options: Pick<Config['ws'], 'pingIntervalMs' | 'pingTimeoutMs'>) {
    this.#timer = setInterval(() => this.#ping(), options.pingIntervalMs / ROUNDS).unref()
  }

  /** Until what it returns is called. */
  watch(socket: WebSocket): () => void {
    // The round that has just been: an interval goes by before the first ping.
    const round = this.#rounds[this.#round]!
    round.add(socket)
    socket.on('pong', () => this.#clear(socket))
    return () => {
      round.delete(socket)
      this.#clear(socket)
    }
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #ping(): void {
    this.#round = (this.#round + 1) % ROUNDS
    for (const socket of this.#rounds[this.#round]!) {
      if (socket.readyState !== socket.OPEN || this.#deadlines.has(socket)) continue
      this.#deadlines.set(
        socket,
        setTimeout(() => socket.terminate(), this.options.pingTimeoutMs),
      )
      socket.ping()
    }
  }

  #clear(socket: WebSocket): void {
    clearTimeout(this.#deadlines.get(socket))
    this.#deadlines.delete(socket)
  }
}
