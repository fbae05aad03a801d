import type { FastifyInstance } from 'fastify'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname } from 'node:path'
import type { Headers } from './security-headers.js'

const BUILT = new URL('../../dist/', import.meta.url)

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
}

/** By its path in the folder; undefined where nothing is built. */
export const readBuilt = (folder: string): Map<string, Buffer> | undefined => {
  const root = new URL(`${folder}/`, BUILT)
  try {
    const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(name => extname(name) !== '')
    return new Map(names.map(name => [name, readFileSync(new URL(name, root))]))
  } catch {
    return undefined
  }
}

export const servePage = (app: FastifyInstance, headers: Headers, path: string, name: string, content: Buffer) => {
  const etag = `"${createHash('sha256').update(content).digest('base64url')}"`
  app.get(path, (request, reply) => {
    reply.headers(headers).header('cache-control', 'no-cache').header('etag', etag)
    if (request.headers['if-none-match'] === etag) return reply.code(304).send()
    return reply.type(TYPES[extname(name)] ?? 'application/octet-stream').send(content)
  })
}
