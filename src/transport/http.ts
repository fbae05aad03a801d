import cors from '@fastify/cors'
import { fastifyApolloHandler } from '@as-integrations/fastify'
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { GraphQLError } from 'graphql'
import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Config } from '../config.js'
import { Connection } from '../connections/connection.js'
import { DomainError } from '../errors.js'
import { createContext, type Context } from '../graphql/context.js'
import type { ToDomainError } from '../graphql/format-error.js'
import { createApollo } from './apollo.js'
import { bareToken } from './bearer.js'
import { registerFiles } from './files.js'
import { registerHealth } from './health-routes.js'
import { limitBodies } from './body-limit.js'
import { answerErrors } from './http-errors.js'
import { registerMetrics } from './metrics-route.js'
import { baseUrlOf } from './origin.js'
import { registerPlayground } from './playground.js'
import { registerWebApplication } from './web-application.js'
import { securityHeaders } from './security-headers.js'
import { registerEventStream } from './sse.js'
import type { TransportNeeds } from './transport.js'
import type { UploadEndpoint } from './uploads.js'

const MAX_BODY_BYTES = 1024 * 1024
const REQUEST_LIMIT_MS = 30_000
/** For how long a client may take nothing of its answer: longer than an open connection may wait for the next request. */
const STANDSTILL_LIMIT_MS = 75_000
const PREFLIGHT_SECONDS = 600

interface Needs extends TransportNeeds {
  uploads: UploadEndpoint
  toDomainError: ToDomainError
}

const requestIdOf = ({ headers }: IncomingMessage) => {
  const given = headers['x-request-id']
  return typeof given === 'string' && /^[\w.:-]{1,128}$/.test(given) ? given : randomUUID()
}

/** GraphQL, event streams, the playground, health and metrics over HTTP; WebSockets join on the same port. */
export const createHttp = async ({ engine, services, toDomainError, uploads }: Needs): Promise<FastifyInstance> => {
  const { config, logger } = services
  const app = fastify({
    logger: false,
    bodyLimit: MAX_BODY_BYTES,
    // Uploads take longer: for everything else limitBodies sees to it.
    requestTimeout: 0,
    http: { headersTimeout: REQUEST_LIMIT_MS },
    connectionTimeout: STANDSTILL_LIMIT_MS,
    trustProxy: config.trustProxy,
    forceCloseConnections: 'idle',
    // What comes on an open connection while the others finish is answered as GraphQL, too.
    return503OnClosing: false,
    genReqId: requestIdOf,
  })
  const headers = { ...securityHeaders(config.production), 'cache-control': 'no-store' }
  app.addHook('onRequest', (request, reply, next) => {
    reply.headers(headers).header('x-request-id', request.id)
    next()
  })
  // Without the query, which may hold what is nobody's to read.
  app.addHook('onResponse', ({ id, method, routeOptions }, { statusCode, elapsedTime }, next) => {
    const ms = Math.round(elapsedTime)
    logger.debug({ requestId: id, method, route: routeOptions.url, status: statusCode, ms }, 'Request')
    next()
  })
  answerErrors(app, logger)
  limitBodies(app, REQUEST_LIMIT_MS)
  await allowOrigins(app, config)
  registerHealth(app, services.health)
  registerMetrics(app, services.metrics)
  uploads.register(app)
  registerFiles(app, { ...services, toDomainError })
  registerEventStream(app, { engine, services })
  if (config.playground) registerPlayground(app, config.production)
  if (config.demo) registerWebApplication(app, services)
  await registerGraphql(app, { engine, services, toDomainError })
  return app
}

const allowOrigins = async (app: FastifyInstance, { corsOrigins }: Config) => {
  await app.register(cors, {
    origin: corsOrigins.includes('*') ? '*' : corsOrigins,
    methods: ['GET', 'POST'],
    exposedHeaders: ['x-request-id'],
    maxAge: PREFLIGHT_SECONDS,
  })
}

const registerGraphql = async (app: FastifyInstance, { engine, services, toDomainError }: Omit<Needs, 'uploads'>) => {
  const apollo = createApollo({ engine, logger: services.logger })
  await apollo.start()
  app.addHook('onClose', () => apollo.stop())
  const handler = fastifyApolloHandler(apollo, {
    context: (request, reply) => contextOf({ services, toDomainError }, request, reply),
  })
  app.route({ method: ['GET', 'POST'], url: '/graphql', handler })
}

const contextOf = async (
  { services, toDomainError }: Pick<Needs, 'services' | 'toDomainError'>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Context> => {
  const connection = new Connection({ transport: 'HTTP', baseUrl: baseUrlOf(request.headers, services.config) })
  if (reply.raw.destroyed) connection.ended()
  else reply.raw.once('close', () => connection.ended())
  const token = bareToken(request.headers.authorization)
  try {
    if (token !== undefined) connection.identify(await services.authenticator.authenticate(token))
  } catch (error) {
    throw refusalOf(toDomainError(error) ?? error, request.id)
  }
  return createContext(services, connection, request.id)
}

/** Apollo Server takes the HTTP status from here, and what it formats the request's id. */
const refusalOf = (thrown: unknown, requestId: string) => {
  const error = thrown instanceof Error ? thrown : new Error('What was thrown is no error.')
  const domain = error instanceof DomainError && {
    code: error.code,
    http: { status: error.code === 'UNAUTHENTICATED' ? 401 : 503 },
  }
  return new GraphQLError(error.message, { originalError: error, extensions: { requestId, ...domain } })
}
