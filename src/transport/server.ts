import type { FastifyInstance } from 'fastify'
import type { AddressInfo } from 'node:net'
import { closeAll } from '../close-all.js'
import { ConfigError } from '../config.js'
import { Engine } from '../graphql/engine.js'
import { createErrorFormatter, type ToDomainError } from '../graphql/format-error.js'
import { observeOperations } from '../graphql/operation-observer.js'
import { buildSchema } from '../graphql/schema.js'
import type { Services } from '../services.js'
import { createHttp } from './http.js'
import { UploadEndpoint } from './uploads.js'
import { trackUnusedSockets } from './unused-sockets.js'
import { WebSocketTransport } from './websocket.js'

/** How long running operations have when the server stops. */
const DRAIN_MS = 10_000
/** How long a client has, at least, to take the end of it. */
const GOODBYE_MS = 1_000

const WHY_UNUSABLE: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is in use',
  EACCES: 'is not allowed',
  EADDRNOTAVAIL: 'is no address of this machine',
  ENOTFOUND: 'is no address of this machine',
}

const unusable = (error: unknown, address: string): unknown => {
  const why = WHY_UNUSABLE[String((error as NodeJS.ErrnoException).code)]
  return why === undefined ? error : new ConfigError(`${address} ${why}: set PORT or HOST to another.`)
}

/** Every transport, on one port. */
export class Server {
  #address: AddressInfo | undefined

  private constructor(
    private readonly services: Services,
    private readonly http: FastifyInstance,
    private readonly sockets: WebSocketTransport,
    private readonly uploads: UploadEndpoint,
    private readonly destroyUnusedSockets: () => void,
  ) {}

  static async create(services: Services, toDomainError: ToDomainError): Promise<Server> {
    const { config, logger, operations } = services
    const formatError = createErrorFormatter(logger, toDomainError)
    const engine = new Engine({
      schema: buildSchema(),
      introspection: config.introspection,
      formatError,
      observer: observeOperations(operations, logger),
    })
    const uploads = new UploadEndpoint(services, toDomainError)
    const http = await createHttp({ engine, services, toDomainError, uploads })
    const sockets = new WebSocketTransport({ engine, services })
    sockets.attach(http.server)
    return new Server(services, http, sockets, uploads, trackUnusedSockets(http.server))
  }

  get url(): string {
    const { host } = this.services.config
    const port = this.#address?.port ?? this.services.config.port
    const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host
    return `http://${name}:${port}`
  }

  async listen(): Promise<void> {
    const { host, port } = this.services.config
    try {
      await this.http.listen({ host, port })
    } catch (error) {
      throw unusable(error, `${host}:${port}`)
    }
    this.#address = this.http.server.address() as AddressInfo
  }

  /** Not ready any more; what runs finishes, what is queued goes out, then everything is closed. */
  async drain(): Promise<void> {
    this.services.health.drain()
    const deadline = Date.now() + DRAIN_MS
    const drained = () =>
      Promise.all([this.uploads.stop(), this.sockets.drain(DRAIN_MS), this.services.connections.drain(DRAIN_MS)])
    await closeAll([drained, () => this.#closeHttp(deadline)], this.services.logger)
  }

  async #closeHttp(deadline: number): Promise<void> {
    const cutOff = () => {
      this.http.server.closeAllConnections()
      this.sockets.terminate()
    }
    const late = setTimeout(cutOff, Math.max(GOODBYE_MS, deadline - Date.now()))
    const closed = this.http.close()
    this.destroyUnusedSockets()
    await closed
    clearTimeout(late)
  }
}
