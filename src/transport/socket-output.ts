import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import type { WriteBatch } from '../write-batch.js'
import { MAX_BUFFERED_BYTES } from './transport.js'

/** What is written ahead of the network. More than a stream's own mark, so that it tells when it has drained. */
const AHEAD_BYTES = 64 * 1024

/** The way out of a WebSocket. */
export class SocketOutput {
  readonly #waiting: (() => void)[] = []

  constructor(
    private readonly socket: WebSocket,
    private readonly stream: Duplex,
    private readonly batch: WriteBatch,
  ) {
    stream.on('drain', () => this.#resume())
    socket.once('close', () => this.#resume())
  }

  send(text: string): void {
    if (this.socket.readyState !== this.socket.OPEN) return
    this.batch.join(this.stream)
    this.socket.send(text)
  }

  /** A message of the protocol. */
  sendMessage(message: object): void {
    this.send(JSON.stringify(message))
  }

  isFull(): boolean {
    return this.socket.readyState === this.socket.OPEN && this.socket.bufferedAmount >= AHEAD_BYTES
  }

  /** The client does not read. */
  isCongested(): boolean {
    return this.socket.bufferedAmount > MAX_BUFFERED_BYTES
  }

  /** Calls once, when everything that waits has gone to the network, or the socket is closed. */
  onDrain(resume: () => void): void {
    this.#waiting.push(resume)
  }

  #resume(): void {
    for (const resume of this.#waiting.splice(0)) resume()
  }
}
