import type { IncomingMessage, ServerResponse } from 'node:http'
import { Server as TusServer } from '@tus/server'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { uploadDenied } from '../attachments/upload-access.js'
import type { DomainError } from '../errors.js'
import type { ToDomainError } from '../graphql/format-error.js'
import { isUuid } from '../limits/ids.js'
import type { Services } from '../services.js'
import { answerPlainly, AWAY, BROKEN, type PlainAnswer } from './plain-answer.js'
import { TusStore } from './tus-store.js'

const PATH = '/uploads'
/** A request that is to let go of its upload has so long to store what it has. */
const LET_GO_MS = 250
const TUS = { 'tus-resumable': '1.0.0' }
const EXPOSED = ['Upload-Offset', 'Upload-Length', 'Upload-Expires', 'Tus-Resumable', 'Tus-Version', 'x-request-id']

const FORGED = { status: 403, text: 'This address is not valid.' }
const EXPIRED = { status: 410, text: 'This address has expired.' }
const MISSING = { status: 404, text: 'There is no such upload.' }
const DENIED = { status: 403, text: 'You may not upload this any more.' }

const refusalOf = ({ code }: DomainError): PlainAnswer =>
  code === 'NOT_FOUND' ? MISSING : code === 'UNAVAILABLE' ? AWAY : DENIED

/** As Fastify decodes it for the route; @tus/server has the whole address. */
const idIn = (url: string) => decodeURIComponent(new URL(url).pathname.slice(PATH.length + 1))

/** Takes the bytes of uploads by tus 1.0, on addresses that are signed. Creating one is `createUpload`'s. */
export class UploadEndpoint {
  readonly #tus: TusServer
  readonly #underWay = new Set<IncomingMessage>()
  #stopping = false

  constructor(
    private readonly services: Services,
    private readonly toDomainError: ToDomainError,
  ) {
    this.#tus = new TusServer({
      path: PATH,
      datastore: new TusStore(services),
      locker: services.uploadLeases,
      lockDrainTimeout: LET_GO_MS,
      maxSize: services.config.maxAttachmentBytes,
      getFileIdFromRequest: request => idIn(request.url),
      // Of origins @fastify/cors speaks.
      allowedOrigins: () => false,
      exposedHeaders: ['Upload-Expires', 'x-request-id'],
      onResponseError: (_request, error) => this.#errorOf(error),
    })
  }

  register(app: FastifyInstance): void {
    void app.register((scope, _options, done) => {
      scope.removeAllContentTypeParsers()
      // The body stays in its stream.
      scope.addContentTypeParser('*', (_request, _body, parsed) => parsed(null))
      const config = {
        streams: true,
        cors: { exposedHeaders: EXPOSED, preflightContinue: true, strictPreflight: false },
      }
      scope.options(`${PATH}/:id`, { config }, (request, reply) => this.#handOver(request, reply))
      scope.route<{ Params: { id: string } }>({
        method: ['HEAD', 'PATCH'],
        url: `${PATH}/:id`,
        config,
        handler: async (request, reply) => {
          const refusal = await this.#refusalOf(request)
          return refusal ? refuse(reply, refusal) : this.#handOver(request, reply)
        },
      })
      scope.route({
        method: ['GET', 'POST', 'PUT', 'DELETE'],
        url: `${PATH}/:id`,
        config,
        handler: (_request, reply) =>
          refuse(reply.header('allow', 'OPTIONS, HEAD, PATCH'), { status: 405, text: 'This is for HEAD and PATCH.' }),
      })
      done()
    })
  }

  /** What is under way is cut: its clients go on elsewhere. Resolves once what came is stored. */
  async stop(): Promise<void> {
    this.#stopping = true
    // With an error: without one @tus/server does not notice.
    for (const request of this.#underWay) request.destroy(new Error('The server stops.'))
    await this.services.uploadLeases.released()
  }

  async #refusalOf({
    params,
    query,
    id: requestId,
  }: FastifyRequest<{ Params: { id: string } }>): Promise<PlainAnswer | null> {
    if (this.#stopping) return AWAY
    if (!isUuid(params.id)) return MISSING
    const verified = this.services.urlSigner.verify('upload', params.id, query as Record<string, unknown>)
    if (verified.kind !== 'VALID') return verified.kind === 'EXPIRED' ? EXPIRED : FORGED
    try {
      const denied = await uploadDenied(this.services, verified.userId, params.id)
      return denied && refusalOf(denied)
    } catch (thrown) {
      const error = this.toDomainError(thrown)
      if (error) return refusalOf(error)
      this.services.logger.error({ requestId, error: thrown }, 'An upload failed')
      return BROKEN
    }
  }

  #handOver({ raw, id: requestId }: FastifyRequest, reply: FastifyReply): FastifyReply {
    const { uploadLeases, logger } = this.services
    reply.hijack()
    for (const [name, value] of Object.entries(reply.getHeaders()))
      if (value !== undefined) reply.raw.setHeader(name, value)
    // Node destroys a socket that is idle for so long, until its next request.
    raw.socket.setTimeout(uploadLeases.timings.idleMs)
    this.#track(raw, reply.raw)
    this.#tus.handle(raw, reply.raw).catch((error: unknown) => {
      logger.error({ requestId, error }, 'An upload failed')
      raw.destroy()
    })
    return reply
  }

  #track(request: IncomingMessage, response: ServerResponse): void {
    const { uploadTraffic } = this.services
    const bytes = Number(request.method === 'PATCH')
    this.#underWay.add(request)
    uploadTraffic.underWay += bytes
    response.once('close', () => {
      this.#underWay.delete(request)
      uploadTraffic.underWay -= bytes
    })
  }

  /** Nothing internal is told; what is the client's own is, in @tus/server's words. */
  #errorOf(thrown: unknown): { status_code: number; body: string } | undefined {
    const { status_code: status } = thrown as { status_code?: number }
    if (status !== undefined && status < 500) return undefined
    const error = this.toDomainError(thrown)
    const { status: status_code, text } = error ? refusalOf(error) : BROKEN
    if (!error) this.services.logger.error({ error: thrown }, 'An upload failed')
    return { status_code, body: `${text}\n` }
  }
}

const refuse = (reply: FastifyReply, refusal: PlainAnswer) => answerPlainly(reply.headers(TUS), refusal)
