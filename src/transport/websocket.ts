import { randomUUID } from 'node:crypto'
import { STATUS_CODES, type IncomingMessage, type Server as HttpServer } from 'node:http'
import type { Duplex } from 'node:stream'
import { CloseCode, handleProtocols } from 'graphql-ws'
import { WebSocketServer, type ServerOptions, type WebSocket } from 'ws'
import { Connection, TRY_AGAIN_CLOSE } from '../connections/connection.js'
import { bareToken } from './bearer.js'
import { GraphqlSocket } from './graphql-socket.js'
import { KeepAlive } from './keep-alive.js'
import { baseUrlOf, isAllowedOrigin } from './origin.js'
import { SocketOutput } from './socket-output.js'
import type { TransportNeeds } from './transport.js'
import { WriteBatch } from '../write-batch.js'

const PATH = '/graphql'
const MAX_MESSAGE_BYTES = 128 * 1024
/** How long a client has to answer a close. */
const CLOSE_LIMIT_MS = 5_000

interface Upgrade {
  upgradeToken: string | undefined
  baseUrl: string
}

const urlOf = (request: IncomingMessage) =>
  URL.canParse(request.url ?? '', 'http://localhost') ? new URL(request.url ?? '', 'http://localhost') : undefined

const refuse = (socket: Duplex, status: number) => {
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

/** GraphQL over WebSockets, on the HTTP server's port. */
export class WebSocketTransport {
  readonly #server: WebSocketServer
  readonly #sockets = new Set<GraphqlSocket>()
  readonly #writes = new WriteBatch()
  readonly #keepAlive: KeepAlive
  #draining = false

  constructor(private readonly needs: TransportNeeds) {
    const options: ServerOptions & { closeTimeout: number } = {
      noServer: true,
      maxPayload: MAX_MESSAGE_BYTES,
      perMessageDeflate: false,
      closeTimeout: CLOSE_LIMIT_MS,
      handleProtocols: protocols => handleProtocols(protocols),
    }
    this.#server = new WebSocketServer(options)
    this.#keepAlive = new KeepAlive(needs.services.config.ws)
  }

  attach(server: HttpServer): void {
    this.#keepAlive.start()
    server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
      stream.on('error', () => stream.destroy())
      const url = urlOf(request)
      if (url?.pathname !== PATH) return refuse(stream, 404)
      if (this.#draining) return refuse(stream, 503)
      if (!isAllowedOrigin(request.headers, this.needs.services.config)) return refuse(stream, 403)
      const upgrade = {
        upgradeToken: bareToken(request.headers.authorization) ?? bareToken(url.searchParams.get('token')),
        baseUrl: baseUrlOf(request.headers, this.needs.services.config),
      }
      this.#server.handleUpgrade(request, stream, head, socket => this.#open(socket, stream, upgrade))
    })
  }

  /** Lets running operations and queued messages go out, for so long at most, and closes every socket with 1001. */
  async drain(limitMs: number): Promise<void> {
    this.#draining = true
    for (const socket of this.#sockets) socket.stopBeginning()
    await Promise.all([...this.#sockets].map(({ connection }) => connection.drain(limitMs)))
    this.#keepAlive.stop()
    this.#server.close()
  }

  /** Cuts off whoever did not answer the close. */
  terminate(): void {
    for (const socket of this.#server.clients) socket.terminate()
  }

  #open(socket: WebSocket, stream: Duplex, { upgradeToken, baseUrl }: Upgrade): void {
    const { logger, connections } = this.needs.services
    socket.on('error', error => logger.debug({ error }, 'A WebSocket failed'))
    const output = new SocketOutput(socket, stream, this.#writes)
    const connection = new Connection({
      id: randomUUID(),
      transport: 'WEBSOCKET',
      baseUrl,
      close: (code, reason) => socket.close(code, reason),
      isCongested: () => output.isCongested(),
    })
    const leave = connections.enter(connection)
    if (!leave) return socket.close(TRY_AGAIN_CLOSE, 'Too many connections')
    if (!socket.protocol) {
      leave()
      return socket.close(CloseCode.SubprotocolNotAcceptable, 'Subprotocol not acceptable')
    }
    const graphql = new GraphqlSocket(this.needs, { connection, output }, upgradeToken)
    if (this.#draining) graphql.stopBeginning()
    this.#sockets.add(graphql)
    const unwatch = this.#keepAlive.watch(socket)
    socket.on('message', (data: Buffer) => graphql.receive(data.toString()))
    socket.once('close', () => {
      unwatch()
      leave()
      this.#sockets.delete(graphql)
      graphql.ended()
      connection.ended()
    })
  }
}
