import type { FastifyError, FastifyInstance } from 'fastify'
import type { Logger } from '../logger.js'

const MESSAGES: Readonly<Record<string, string>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'The body is larger than 1 MiB.',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'The body must be JSON: content-type application/json.',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'The body is empty.',
}

/** What fails before GraphQL has a say still looks like GraphQL. */
export const answerErrors = (app: FastifyInstance, logger: Logger): void => {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500
    if (status >= 500) {
      logger.error({ requestId: request.id, error }, 'Request failed')
      return reply.code(status).send({
        errors: [
          { message: 'Something went wrong.', extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: request.id } },
        ],
      })
    }
    const message =
      MESSAGES[error.code] ?? (status === 400 ? 'The body is not valid JSON.' : 'The request is not well formed.')
    return reply.code(status).send({ errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] })
  })
  app.setNotFoundHandler((_request, reply) =>
    reply
      .code(404)
      .send({ errors: [{ message: 'There is nothing at this address.', extensions: { code: 'NOT_FOUND' } }] }),
  )
}
