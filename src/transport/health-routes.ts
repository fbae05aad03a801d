import type { FastifyInstance } from 'fastify'
import type { Health } from './health.js'

/** Live: the process serves. Ready: what it needs answers, and it is not shutting down. */
export const registerHealth = (app: FastifyInstance, health: Health): void => {
  app.get('/health/live', (_request, reply) => reply.send({ status: 'OK' }))
  app.get('/health/ready', async (_request, reply) => {
    const { ok, parts, scanner } = await health.ready()
    return reply
      .code(ok ? 200 : 503)
      .send({ status: ok ? 'OK' : 'UNAVAILABLE', draining: health.draining, parts, scanner })
  })
}
