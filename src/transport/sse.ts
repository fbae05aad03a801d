import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isAllowedOrigin } from './origin.js'
import { readParams } from './sse-params.js'
import { EventStreamResponse } from './sse-response.js'
import type { TransportNeeds } from './transport.js'

const PATH = '/graphql/stream'

/** The graphql-sse protocol, distinct connections only: an operation a request. */
export const registerEventStream = (app: FastifyInstance, needs: TransportNeeds): void => {
  const { config } = needs.services
  app.route({
    method: ['GET', 'POST'],
    url: PATH,
    handler: async (request, reply) => {
      if (!isAllowedOrigin(request.headers, config)) return fail(reply, 403, 'This origin may not read here.')
      if (usesSingleConnection(request))
        return fail(reply, 400, 'Only the distinct connections mode of graphql-sse is offered: an operation a request.')
      if (!acceptsEvents(request)) return fail(reply, 406, 'Accept must be text/event-stream.')
      const params = readParams(request)
      if (typeof params === 'string') return fail(reply, 400, params)
      await new EventStreamResponse(needs, request, reply).run(params)
      return reply
    },
  })
  app.route({
    method: ['PUT', 'DELETE'],
    url: PATH,
    handler: (_request, reply) =>
      fail(reply.header('allow', 'GET, POST'), 405, 'Only the distinct connections mode of graphql-sse is offered.'),
  })
}

const fail = (reply: FastifyReply, status: number, message: string) =>
  reply.code(status).send({ errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] })

const usesSingleConnection = ({ headers, query }: FastifyRequest) =>
  headers['x-graphql-event-stream-token'] !== undefined || (query as Record<string, unknown>).token !== undefined

const acceptsEvents = ({ headers }: FastifyRequest) =>
  /text\/event-stream|text\/\*|\*\/\*/.test(headers.accept ?? '*/*')
