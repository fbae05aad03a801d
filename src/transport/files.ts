import type { FastifyCorsOptions } from '@fastify/cors'
import { create as contentDisposition } from 'content-disposition'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Attachment } from '../attachments/attachment.js'
import type { Link } from '../attachments/downloads.js'
import type { ByteRange, FileKey } from '../attachments/file-storage.js'
import type { UrlPurpose } from '../attachments/signed-urls.js'
import type { ToDomainError } from '../graphql/format-error.js'
import type { Services } from '../services.js'
import { findRange, isFresh } from './byte-range.js'
import { answerPlainly, AWAY, BROKEN } from './plain-answer.js'
import type { Headers } from './security-headers.js'
import { sendBytes } from './send-bytes.js'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What @fastify/cors does otherwise on the route. */
    cors?: Pick<FastifyCorsOptions, 'exposedHeaders'>
  }
}

type Needs = Pick<Services, 'config' | 'downloads' | 'files' | 'logger' | 'urlSigner'> & {
  toDomainError: ToDomainError
}

interface Given {
  link: Link
  attachment: Attachment
  /** Until the address expires. */
  seconds: number
}

/** Never an SVG, which is a page. */
const SHOWN = /^(?:image\/(?:jpeg|png|webp|gif)|audio\/.*|video\/.*)$/
const THUMBNAIL = { name: 'thumbnail.webp', type: 'image/webp' }
const CONTENT_POLICY = "default-src 'none'; sandbox"

const OF_CONTENT = ['content-disposition', 'content-length', 'content-range', 'accept-ranges', 'etag', 'cache-control']
/** Of @fastify/cors: what pages may read of an answer. */
const EXPOSED = ['content-disposition', 'content-length', 'content-range', 'accept-ranges', 'etag', 'x-request-id']

const NOTHING = { status: 404, text: 'There is no such file, or it is not yours to have.' }
const EXPIRED = { status: 403, text: 'This address has expired: ask for a new one.' }
const UNSATISFIABLE = { status: 416, text: 'The file has no such bytes.' }

/** Whatever is in a file, no browser takes it for a page of this server, and nothing keeps it longer than its address holds. */
const headersOf = ({ seconds }: Given, { corsOrigins }: Needs['config'], name: string, type: string): Headers => ({
  'content-type': type,
  'content-disposition': contentDisposition(name, { type: SHOWN.test(type) ? 'inline' : 'attachment' }),
  'content-security-policy': CONTENT_POLICY,
  'cross-origin-resource-policy': corsOrigins.length > 0 ? 'cross-origin' : 'same-origin',
  'cache-control': `private, max-age=${seconds}`,
})

const withoutContent = (reply: FastifyReply): FastifyReply => {
  for (const name of OF_CONTENT) reply.removeHeader(name)
  return reply
}

const send = async (needs: Needs, reply: FastifyReply, { link }: Given, key: FileKey, range?: ByteRange) =>
  (await sendBytes(needs, reply, link, key, range)) ? reply : answerPlainly(withoutContent(reply), NOTHING)

const sendFile = (needs: Needs, request: FastifyRequest, reply: FastifyReply, given: Given) => {
  const { id, sizeBytes, mediaType, sha256, fileName } = given.attachment
  const etag = `"${sha256}"`
  reply.headers(headersOf(given, needs.config, fileName, mediaType)).headers({ etag, 'accept-ranges': 'bytes' })
  if (isFresh(request.headers, etag)) return reply.code(304).removeHeader('content-type').send()
  if (request.method === 'HEAD') return reply.header('content-length', sizeBytes).send()
  const range = findRange(request.headers, sizeBytes, etag)
  if (range === 'UNSATISFIABLE') {
    reply.removeHeader('content-disposition').header('content-range', `bytes */${sizeBytes}`)
    return answerPlainly(reply, UNSATISFIABLE)
  }
  if (!range) return send(needs, reply.header('content-length', sizeBytes), given, `files/${id}`)
  reply.code(206).headers({
    'content-range': `bytes ${range.start}-${range.end}/${sizeBytes}`,
    'content-length': range.end - range.start + 1,
  })
  return send(needs, reply, given, `files/${id}`, range)
}

const sendThumbnail = (needs: Needs, request: FastifyRequest, reply: FastifyReply, given: Given) => {
  const { id, hasThumbnail, sha256 } = given.attachment
  if (!hasThumbnail) return answerPlainly(reply, NOTHING)
  const etag = `"${sha256}-thumbnail"`
  reply.headers(headersOf(given, needs.config, THUMBNAIL.name, THUMBNAIL.type)).header('etag', etag)
  if (isFresh(request.headers, etag)) return reply.code(304).removeHeader('content-type').send()
  if (request.method === 'HEAD') return reply.send()
  return send(needs, reply, given, `thumbnails/${id}`)
}

const fail = (
  { logger, toDomainError }: Needs,
  error: unknown,
  { id: requestId }: FastifyRequest,
  reply: FastifyReply,
) => {
  const isAway = toDomainError(error) !== undefined
  if (!isAway) logger.error({ requestId, error }, 'A file could not be given out')
  return answerPlainly(withoutContent(reply), isAway ? AWAY : BROKEN)
}

/** What is wrong with an address is not told, but that its time is over: then a new one helps. */
const register = (
  app: FastifyInstance,
  needs: Needs,
  { purpose, path, answer }: { purpose: UrlPurpose; path: string; answer: typeof sendFile },
) =>
  app.route<{ Params: { id: string }; Querystring: Record<string, unknown> }>({
    method: ['GET', 'HEAD'],
    url: `${path}/:id`,
    config: { cors: { exposedHeaders: EXPOSED } },
    errorHandler: (error, request, reply) => void fail(needs, error, request, reply),
    handler: async (request, reply) => {
      const { id } = request.params
      const verified = needs.urlSigner.verify(purpose, id, request.query)
      if (verified.kind === 'EXPIRED') return answerPlainly(reply, EXPIRED)
      if (verified.kind === 'FORGED') return answerPlainly(reply, NOTHING)
      const { signature, expires } = request.query
      const link = { attachmentId: id, userId: verified.userId, signature: String(signature), requestId: request.id }
      const attachment = await needs.downloads.find(link)
      if (!attachment) return answerPlainly(reply, NOTHING)
      const seconds = Math.max(0, Math.floor(Number(expires) - Date.now() / 1000))
      return answer(needs, request, reply, { link, attachment, seconds })
    },
  })

/** What was uploaded, for whom its address was made. */
export const registerFiles = (app: FastifyInstance, needs: Needs): void => {
  register(app, needs, { purpose: 'download', path: '/files', answer: sendFile })
  register(app, needs, { purpose: 'thumbnail', path: '/thumbnails', answer: sendThumbnail })
}
