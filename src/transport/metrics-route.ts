import type { FastifyInstance } from 'fastify'
import type { Metrics } from '../metrics/metrics.js'

/** For operators; it holds nothing private. Who else may reach it is the balancer's to say. */
export const registerMetrics = (app: FastifyInstance, metrics: Metrics): void => {
  app.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()))
}
