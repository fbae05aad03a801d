import { randomUUID } from 'node:crypto'
import { STATUS_CODES, type IncomingMessage, type Server as HttpServer } from 'node:http'
import type { Duplex } from 'node:stream'
import { handleProtocols, type Server as Protocol } from 'graphql-ws'
import { WebSocketServer, type ServerOptions, type WebSocket } from 'ws'
import type { Config } from '../config.js'
import { Connection, TRY_AGAIN_CLOSE } from '../connections/connection.js'
import type { Connections } from '../connections/connections.js'
import type { Logger } from '../logger.js'
import { bareToken } from './bearer.js'
import type { Session } from './graphql-protocol.js'
import { isAllowedOrigin } from './origin.js'

const PATH = '/graphql'
const MAX_MESSAGE_BYTES = 128 * 1024
/** What may lie in a socket that its client does not read. */
const MAX_BUFFERED_BYTES = 4 * 1024 * 1024
/** What is written ahead of the network. */
const AHEAD_BYTES = 64 * 1024
/** How long a client has to answer a close. */
const CLOSE_LIMIT_MS = 5_000
const BAD_MESSAGE_CLOSE = 4400

interface Needs {
  config: Config
  logger: Logger
  connections: Connections
  protocol: Protocol<Session>
}

const urlOf = (request: IncomingMessage) =>
  URL.canParse(request.url ?? '', 'http://localhost') ? new URL(request.url ?? '', 'http://localhost') : undefined

const refuse = (socket: Duplex, status: number) => {
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

/** GraphQL over WebSockets, on the HTTP server's port. */
export class WebSocketTransport {
  readonly #server: WebSocketServer
  readonly #sessions = new Set<Session>()
  #draining = false

  constructor(private readonly needs: Needs) {
    const options: ServerOptions & { closeTimeout: number } = {
      noServer: true,
      maxPayload: MAX_MESSAGE_BYTES,
      perMessageDeflate: false,
      closeTimeout: CLOSE_LIMIT_MS,
      handleProtocols: protocols => handleProtocols(protocols),
    }
    this.#server = new WebSocketServer(options)
  }

  attach(server: HttpServer): void {
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      socket.on('error', () => socket.destroy())
      const url = urlOf(request)
      if (url?.pathname !== PATH) return refuse(socket, 404)
      if (this.#draining) return refuse(socket, 503)
      if (!isAllowedOrigin(request.headers, this.needs.config)) return refuse(socket, 403)
      const token = bareToken(request.headers.authorization) ?? bareToken(url.searchParams.get('token'))
      this.#server.handleUpgrade(request, socket, head, opened => this.#open(opened, token))
    })
  }

  /** Lets running operations and queued messages go out, for so long at most, and closes every socket with 1001. */
  async drain(limitMs: number): Promise<void> {
    this.#draining = true
    for (const session of this.#sessions) session.draining = true
    await Promise.all([...this.#sessions].map(({ connection }) => connection.drain(limitMs)))
    this.#server.close()
  }

  /** Cuts off whoever did not answer the close. */
  terminate(): void {
    for (const socket of this.#server.clients) socket.terminate()
  }

  #open(socket: WebSocket, upgradeToken: string | undefined): void {
    socket.on('error', error => this.needs.logger.debug({ error }, 'A WebSocket failed'))
    const connection = new Connection({
      id: randomUUID(),
      transport: 'WEBSOCKET',
      close: (code, reason) => socket.close(code, reason),
      isCongested: () => socket.bufferedAmount > MAX_BUFFERED_BYTES,
    })
    const leave = this.needs.connections.enter(connection)
    if (!leave) return socket.close(TRY_AGAIN_CLOSE, 'Too many connections')
    const session: Session = { connection, upgradeToken, starting: 0, operations: 0, draining: this.#draining }
    this.#sessions.add(session)
    const stopPings = keepAlive(socket, this.needs.config.ws)
    const closed = this.needs.protocol.opened(this.#adapt(socket, connection), session)
    socket.once('close', (code, reason) => {
      stopPings()
      leave()
      this.#sessions.delete(session)
      connection.ended()
      void closed(code, String(reason)).catch((error: unknown) => this.#failed(error, connection))
    })
  }

  #adapt(socket: WebSocket, connection: Connection) {
    return {
      protocol: socket.protocol,
      send: (data: string) =>
        new Promise<void>((resolve, reject) => {
          if (socket.readyState !== socket.OPEN) return resolve()
          socket.send(data, error => (error ? reject(error) : resolve()))
          // One turn of the loop for each message would hold up those that read as fast as it is written.
          if (socket.bufferedAmount < AHEAD_BYTES) resolve()
        }),
      close: (code?: number, reason?: string) => connection.close(code ?? BAD_MESSAGE_CLOSE, reason ?? ''),
      onMessage: (handle: (data: string) => Promise<void>) => {
        socket.on('message', (data: Buffer) => {
          if (connection.closed) return
          // Answers pile up in a client that does not read them, whatever it asks.
          if (socket.bufferedAmount > MAX_BUFFERED_BYTES) return connection.close(TRY_AGAIN_CLOSE, 'Too slow')
          handle(data.toString()).catch((error: unknown) => this.#failed(error, connection))
        })
      },
    }
  }

  #failed(error: unknown, connection: Connection): void {
    if (error instanceof Error && error.message.startsWith('Unexpected message of type'))
      return connection.close(BAD_MESSAGE_CLOSE, 'Invalid message received')
    const level = isGone(error) ? 'debug' : 'error'
    if (!connection.closed) this.needs.logger[level]({ error, connectionId: connection.id }, 'A WebSocket failed')
    connection.close(TRY_AGAIN_CLOSE, 'Internal error')
  }
}

/** The client went without a word: its own matter. */
const isGone = (error: unknown) => ['EPIPE', 'ECONNRESET'].includes((error as NodeJS.ErrnoException).code ?? '')

/** Ends a socket whose client does not answer pings. */
const keepAlive = (socket: WebSocket, { pingIntervalMs, pingTimeoutMs }: Config['ws']) => {
  let deadline: NodeJS.Timeout | undefined
  const interval = setInterval(() => {
    if (socket.readyState !== socket.OPEN) return
    deadline ??= setTimeout(() => socket.terminate(), pingTimeoutMs)
    socket.ping()
  }, pingIntervalMs)
  socket.on('pong', () => {
    clearTimeout(deadline)
    deadline = undefined
  })
  return () => {
    clearInterval(interval)
    clearTimeout(deadline)
  }
}
