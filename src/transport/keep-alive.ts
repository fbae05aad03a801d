import { randomBytes } from 'node:crypto'
import type { WebSocket } from 'ws'
import type { Config } from '../config.js'

const ROUNDS = 10

interface Asked {
  timer: NodeJS.Timeout
  /** Of the ping: only who has read it can answer it. */
  payload: Buffer
}

const PAYLOAD_BYTES = 8

/** Ends sockets whose clients do not answer pings. One timer for all, each round of it for some: sockets are many. */
export class KeepAlive {
  readonly #rounds = Array.from({ length: ROUNDS }, () => new Set<WebSocket>())
  readonly #asked = new Map<WebSocket, Asked>()
  #timer: NodeJS.Timeout | undefined
  #round = 0

  constructor(private readonly options: Pick<Config['ws'], 'pingIntervalMs' | 'pingTimeoutMs'>) {}

  start(): void {
    this.#timer = setInterval(() => this.#ping(), this.options.pingIntervalMs / ROUNDS).unref()
  }

  /** Until what it returns is called. */
  watch(socket: WebSocket): () => void {
    // The round that has just been: an interval goes by before the first ping.
    const round = this.#rounds[this.#round]!
    round.add(socket)
    socket.on('pong', (payload: Buffer) => {
      if (this.#asked.get(socket)?.payload.equals(payload)) this.#clear(socket)
    })
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
    const payload = randomBytes(PAYLOAD_BYTES)
    for (const socket of this.#rounds[this.#round]!) {
      if (socket.readyState !== socket.OPEN || this.#asked.has(socket)) continue
      const timer = setTimeout(() => socket.terminate(), this.options.pingTimeoutMs)
      this.#asked.set(socket, { timer, payload })
      socket.ping(payload)
    }
  }

  #clear(socket: WebSocket): void {
    clearTimeout(this.#asked.get(socket)?.timer)
    this.#asked.delete(socket)
  }
}
