import type { Server } from 'node:http'
import type pg from 'pg'
import { type WebSocket, WebSocketServer } from 'ws'
import type { GroupCommit, Sender } from './group-commit.js'
import { readHistory } from './history.js'
import { Outlet } from './outlet.js'
import type { People } from './people.js'
import type { SendInput } from './http.js'
import type { Subscriptions } from './subscriptions.js'

interface Frame {
  id: string
  type: string
  payload: {
    authorization: string
    operationName: string
    variables: { input: SendInput; conversationId: string; before?: string | null }
  }
}

export interface Parts {
  pool: pg.Pool
  people: People
  commits: GroupCommit
  subscriptions: Subscriptions
}

const PAGE_SIZES: Record<string, number> = { Page: 50, Walk: 100 }

/** The frames of graphql-transport-ws, with operations known by their names. */
class Client {
  #sender: Sender | undefined
  readonly #running = new Map<string, () => void>()

  constructor(
    socket: WebSocket,
    private readonly outlet: Outlet,
    private readonly parts: Parts,
  ) {
    socket.on('message', (data: Buffer) => void this.#take(JSON.parse(data.toString()) as Frame))
    socket.on('close', () => this.#running.forEach(stop => stop()))
  }

  async #take({ id, type, payload }: Frame) {
    if (type === 'subscribe') return this.#start(id, payload)
    if (type === 'complete') return this.#running.get(id)?.()
    if (type !== 'connection_init') return
    this.#sender = await this.parts.people.byToken(payload.authorization)
    this.outlet.send('{"type":"connection_ack"}')
  }

  #start(id: string, { operationName, variables }: Frame['payload']) {
    if (operationName === 'Send') return this.#send(id, variables.input)
    if (operationName !== 'Added') return this.#page(id, operationName, variables)
    this.#running.set(id, this.parts.subscriptions.add(variables.conversationId, { id, outlet: this.outlet }))
  }

  #send(id: string, { conversationId, body, clientMessageId: key }: SendInput) {
    const stored = (json: string) => this.#answer(id, `{"sendMessage":{"message":${json}}}`)
    this.parts.commits.send({ conversationId, sender: this.#sender!, key, body, stored })
  }

  async #page(id: string, name: string, { conversationId, before }: Frame['payload']['variables']) {
    const page = await readHistory(this.parts, conversationId, before, PAGE_SIZES[name] ?? 0)
    this.#answer(id, `{"history":${page}}`)
  }

  #answer(id: string, data: string) {
    this.outlet.send(`{"id":"${id}","type":"next","payload":{"data":${data}}}`)
    this.outlet.send(`{"id":"${id}","type":"complete"}`)
  }
}

export const serveWebSocket = (server: Server, parts: Parts): void => {
  new WebSocketServer({ server, path: '/graphql', perMessageDeflate: false }).on('connection', (socket, request) => {
    new Client(socket, new Outlet(socket, request.socket), parts)
  })
}
