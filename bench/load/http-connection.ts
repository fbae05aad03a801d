import type { Socket } from 'node:net'
import { openSocket, type Reads } from './raw-socket.js'

/** Keep-alive, one request at a time. Takes answers with a Content-Length only. */
export class HttpConnection {
  #socket: Socket | undefined
  #address = ''
  #received = ''
  #answered: (body: string) => void = () => {}

  static async open(address: string, reads: Reads): Promise<HttpConnection> {
    const connection = new HttpConnection()
    connection.#address = address
    connection.#socket = await openSocket(address, reads, chunk => connection.#read(chunk))
    connection.#socket.on('error', () => {})
    return connection
  }

  post(token: string, body: string, answered: (body: string) => void): void {
    this.#answered = answered
    this.#socket?.write(
      `POST /graphql HTTP/1.1\r\nHost: ${this.#address}\r\nContent-Type: application/json\r\n` +
        `Authorization: Bearer ${token}\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      'latin1',
    )
  }

  close(): void {
    this.#socket?.destroy()
  }

  #read(chunk: Buffer) {
    this.#received += chunk.toString('latin1')
    const head = this.#received.indexOf('\r\n\r\n')
    if (head === -1) return
    const length = /\r\ncontent-length: *(\d+)/i.exec(this.#received)?.[1]
    if (length === undefined) throw new Error(`An answer without a length: ${this.#received.slice(0, 500)}`)
    if (this.#received.length < head + 4 + Number(length)) return
    const body = this.#received.slice(head + 4)
    this.#received = ''
    this.#answered(body)
  }
}
