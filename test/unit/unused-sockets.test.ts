import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { expect, test } from '@jest/globals'
import { cleanUp } from '../support/cleanup.js'
import { trackUnusedSockets } from '../../src/transport/unused-sockets.js'

test('a socket that was opened ahead and sent nothing is destroyed, one with a request under way is not', async () => {
  const server = createServer((_request, response) => setImmediate(() => response.end('answered')))
  const destroyUnused = trackUnusedSockets(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  cleanUp(() => server.close())
  const { port } = server.address() as AddressInfo

  const ahead = connect(port, '127.0.0.1')
  await once(server, 'connection')
  const answer = fetch(`http://127.0.0.1:${port}`, { headers: { connection: 'close' } })
  await once(server, 'request')
  destroyUnused()
  await once(ahead, 'close')
  expect(await (await answer).text()).toBe('answered')
})
