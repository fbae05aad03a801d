import type { FastifyInstance } from 'fastify'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { ConfigError } from '../config.js'
import { type Headers, securityHeaders } from './security-headers.js'

const BUILT = new URL('../../dist/playground/', import.meta.url)
const PATH = '/playground'
const PAGE = 'index.html'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
}

/** The page and what it loads, its fonts included, come from here and from nowhere else. */
const DIRECTIVES = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  // GraphiQL's dialogs write a style into the page.
  styleSrc: ["'self'", "'unsafe-inline'"],
  fontSrc: ['data:'],
  imgSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  formAction: ["'none'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
}

const readBuilt = (): Map<string, Buffer> => {
  try {
    return new Map(readdirSync(BUILT).map(name => [name, readFileSync(new URL(name, BUILT))]))
  } catch {
    throw new ConfigError('The playground is not built: run "npm run build", or set PLAYGROUND=off.')
  }
}

const serve = (app: FastifyInstance, headers: Headers, path: string, name: string, content: Buffer) => {
  const etag = `"${createHash('sha256').update(content).digest('base64url')}"`
  app.get(path, (request, reply) => {
    reply.headers(headers).header('cache-control', 'no-cache').header('etag', etag)
    if (request.headers['if-none-match'] === etag) return reply.code(304).send()
    return reply.type(TYPES[extname(name)] ?? 'application/octet-stream').send(content)
  })
}

/** GraphiQL, built into dist/playground. Links are relative, so that a proxy may put it under any path. */
export const registerPlayground = (app: FastifyInstance, production: boolean): void => {
  const headers = securityHeaders(production, DIRECTIVES)
  const files = readBuilt()
  for (const [name, content] of files) serve(app, headers, `${PATH}/${name === PAGE ? '' : name}`, name, content)
  const page = String(files.get(PAGE)).replaceAll('"./', '"./playground/')
  serve(app, headers, PATH, PAGE, Buffer.from(page))
}
