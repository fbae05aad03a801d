import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Parts } from './websocket.js'

export interface SendInput {
  conversationId: string
  body: string
  clientMessageId: string
}

const answer = (response: ServerResponse, json: string) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) })
  response.end(json)
}

const send = async ({ people, commits }: Parts, request: IncomingMessage, response: ServerResponse, text: string) => {
  const {
    conversationId,
    body,
    clientMessageId: key,
  } = (JSON.parse(text) as { variables: { input: SendInput } }).variables.input
  const sender = await people.byToken(request.headers.authorization ?? '')
  const stored = (json: string) => answer(response, `{"data":{"sendMessage":{"message":${json}}}}`)
  commits.send({ conversationId, sender, key, body, stored })
}

/** Takes sends only. */
export const createHttp = (parts: Parts): Server =>
  createServer((request, response) => {
    let text = ''
    request.setEncoding('utf8')
    request.on('data', (part: string) => (text += part))
    request.on('end', () => void send(parts, request, response, text))
  })
