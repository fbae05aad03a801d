import { expect, test } from '@jest/globals'
import { once } from 'node:events'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { fastify } from 'fastify'
import { limitBodies } from '../../src/transport/body-limit.js'

const LIMIT_MS = 100

/** What is answered to a body of ten bytes of which three come, and then, a while later, the others. */
const slowly = async (path: string) => {
  const app = fastify()
  limitBodies(app, LIMIT_MS)
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, parsed) => parsed(null, body))
  app.post('/usual', ({ body }) => body)
  app.post('/streams', { config: { streams: true } }, ({ body }) => body)
  await app.listen({ port: 0, host: '127.0.0.1' })
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1')
  let answer = ''
  socket.setEncoding('utf8').on('data', (text: string) => (answer += text))
  socket.on('error', () => {})
  socket.write(
    `POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: text/x\r\nContent-Length: 10\r\n\r\n123`,
  )
  const late = setTimeout(() => socket.write('4567890'), LIMIT_MS * 5)
  await once(socket, 'close')
  clearTimeout(late)
  await app.close()
  return answer
}

test('a body has so much time, but where the route takes it as it comes', async () => {
  expect(await slowly('/usual')).toMatch(/^HTTP\/1.1 408 /)
  expect(await slowly('/streams')).toMatch(/^HTTP\/1.1 200 [^]*1234567890$/)
})
