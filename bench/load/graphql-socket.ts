import type { Socket } from 'node:net'
import type { Person } from '../world.js'
import { encodeFrame, FrameReader, PONG } from './frames.js'
import { openSocket, type Reads } from './raw-socket.js'

const upgradeOf = (address: string) =>
  [
    'GET /graphql HTTP/1.1',
    `Host: ${address}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Protocol: graphql-transport-ws',
    '\r\n',
  ].join('\r\n')

/** A client of graphql-transport-ws that looks at no more of a frame than it must. */
export class GraphqlSocket {
  /** Gets every frame that belongs to an operation. */
  onFrame: (frame: string) => void = () => {}
  #socket: Socket | undefined
  #upgraded = false
  #closing = false
  #acknowledged: () => void = () => {}
  readonly #reader = new FrameReader({
    text: text => this.#take(text),
    ping: text => this.#socket?.write(encodeFrame(text, PONG)),
    close: code => this.#closed(`with ${code}`),
  })

  static async open(address: string, person: Person, reads: Reads): Promise<GraphqlSocket> {
    const client = new GraphqlSocket()
    const acknowledged = new Promise<void>(resolve => (client.#acknowledged = resolve))
    client.#socket = await openSocket(address, reads, chunk => client.#read(chunk))
    client.#socket.on('close', () => client.#closed('without a word')).on('error', () => {})
    client.#socket.write(upgradeOf(address))
    const payload = { authorization: `Bearer ${person.token}` }
    client.send(JSON.stringify({ type: 'connection_init', payload }))
    await acknowledged
    return client
  }

  send(text: string): void {
    this.#socket?.write(encodeFrame(text))
  }

  async close(): Promise<void> {
    this.#closing = true
    const gone = new Promise<void>(resolve => this.#socket?.once('close', () => resolve()))
    this.#socket?.end(encodeFrame('\x03\xe8', 8))
    await gone
  }

  #read(chunk: Buffer) {
    if (this.#upgraded) return this.#reader.take(chunk)
    const end = chunk.indexOf('\r\n\r\n')
    if (end === -1 || !chunk.toString('latin1', 0, 12).endsWith('101'))
      throw new Error(`No upgrade: ${chunk.toString()}`)
    this.#upgraded = true
    this.#reader.take(chunk.subarray(end + 4))
  }

  #take(text: string) {
    if (text.startsWith('{"id":"')) return this.onFrame(text)
    if (text.startsWith('{"type":"connection_ack"')) return this.#acknowledged()
    if (text.startsWith('{"type":"ping"')) return this.send('{"type":"pong"}')
    throw new Error(`A frame that nobody awaits: ${text.slice(0, 500)}`)
  }

  #closed(how: string) {
    if (!this.#closing) throw new Error(`The server closed a connection ${how}.`)
  }
}
