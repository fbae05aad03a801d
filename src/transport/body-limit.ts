import type { FastifyInstance, FastifyRequest } from 'fastify'

const TIMED_OUT = 'HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route takes a body of whatever length, as it comes. */
    streams?: boolean
  }
}

const limit = ({ raw }: FastifyRequest, limitMs: number) => {
  const timer = setTimeout(() => raw.socket.end(TIMED_OUT, () => raw.socket.destroy()), limitMs).unref()
  raw.once('close', () => clearTimeout(timer))
}

/** Node limits the time of all requests or of none. */
export const limitBodies = (app: FastifyInstance, limitMs: number): void => {
  app.addHook('onRequest', (request, _reply, next) => {
    const { headers, routeOptions } = request
    const hasBody = headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined
    if (hasBody && !routeOptions.config.streams) limit(request, limitMs)
    next()
  })
}
