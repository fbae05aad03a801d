import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { cleanUp } from './cleanup.js'
import { eventually } from './notifications.js'

export interface Received {
  id: string
  signature: string
  timestamp: string
  body: string
  data: Record<string, unknown>
}

/** What it does with a request: answers with a status, says nothing, or cuts the connection. */
export type Reaction = number | 'HANG' | 'CUT'

const textOf = async (request: IncomingMessage) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

const header = (request: IncomingMessage, name: string) => String(request.headers[name])

/** The host system, as it takes webhooks: a real HTTP server that behaves as it is told. */
export const startReceiver = async (...reactions: Reaction[]) => {
  const received: Received[] = []
  const pending: Reaction[] = [...reactions]
  const react = (response: ServerResponse, reaction: Reaction) => {
    if (reaction === 'CUT') response.destroy()
    else if (reaction !== 'HANG') response.writeHead(reaction, { location: '/elsewhere' }).end('Thanks')
  }
  const server = createServer((request, response) => {
    void textOf(request).then(body => {
      const { data } = JSON.parse(body) as { data: Record<string, unknown> }
      const [id, timestamp] = [header(request, 'webhook-id'), header(request, 'webhook-timestamp')]
      received.push({ id, timestamp, signature: header(request, 'webhook-signature'), body, data })
      react(response, pending.shift() ?? 204)
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  cleanUp(
    () =>
      new Promise(resolve => {
        server.close(resolve)
        server.closeAllConnections()
      }),
  )
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    whenReceived: (count: number) =>
      eventually(
        () => Promise.resolve(received),
        requests => requests.length >= count,
      ),
    /** From now on, until it is told otherwise. */
    always: (reaction: Reaction) => pending.splice(0, pending.length, ...Array.from({ length: 1_000 }, () => reaction)),
  }
}

/** As the documentation says that a receiver does it. */
export const signatureOf = ({ id, timestamp, body }: Received, secret: string) =>
  `v1,${createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')}`
