import { describe, expect, test } from '@jest/globals'
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { WebSocket } from 'ws'
import { cleanUp } from '../support/cleanup.js'
import { postGraphql } from '../support/graphql-client.js'
import { make } from '../support/make.js'
import { startApp } from '../support/start-app.js'
import { connectSocket, subscribeSse } from '../support/subscription-client.js'
import { TEST_SECRET } from '../support/tokens.js'

const app = await startApp()
const given = make(app)

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const NUL = 'a\u0000b'

describe('a token that is signed but holds no JSON', () => {
  const unsigned = `${encode({ alg: 'HS256', typ: 'JWT' })}.${Buffer.from('not JSON').toString('base64url')}`
  const token = `${unsigned}.${createHmac('sha256', TEST_SECRET).update(unsigned).digest('base64url')}`

  test('is refused like any other, over every transport', async () => {
    const { status, errors } = await postGraphql(app.url, token, '{ me { id } }')
    expect({ status, errors }).toMatchObject({ status: 401, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
    await expect(connectSocket(app.url, token)).rejects.toMatchObject({ code: 4403 })
    const { errors: overSse } = await subscribeSse(app.url, token, '{ me { id } }').nextResult()
    expect(overSse).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }])
  })
})

describe('an id that the database cannot hold', () => {
  const IDS = [NUL, '\u0000', ' x', '', 'x'.repeat(129)]
  const FOLLOW = 'subscription ($ids: [ID!]) { presence(userIds: $ids) { id online } }'

  test('is nobody’s presence, also for an admin', async () => {
    const query = 'query ($ids: [ID!]!) { presences(userIds: $ids) { id } }'
    expect(await given.admin.request(query, { ids: [...IDS, given.admin.id] })).toEqual({
      presences: [{ id: given.admin.id }],
    })
  })

  test('leaves the presence of others to their followers', async () => {
    const { patient, professional } = await given.pair()
    const stranger = await (await given.patient()).connect()
    const followed = stranger.subscribe(FOLLOW, { ids: IDS })
    await stranger.request('{ me { id } }')
    const events = patient.sse<{ presence: { online: boolean } }>(FOLLOW, { ids: [professional.id, ...IDS] })
    expect((await events.next()).presence.online).toBe(false)
    await professional.connect()
    expect((await events.next()).presence.online).toBe(true)
    followed.stop()
  })

  test.each(['', NUL, 'x'])('finds no session: %j', async conversationId => {
    const query = 'query ($id: ID) { sessions(filter: { conversationId: $id }) { edges { cursor } } }'
    expect(await given.admin.request(query, { id: conversationId })).toEqual({ sessions: { edges: [] } })
  })
})

describe('a forged cursor of a year that the database does not read', () => {
  const { epoch } = app.services.cursors
  const id = '00000000-0000-4000-8000-000000000000'

  test.each([
    ['conversations', 'c'],
    ['sessions', 's'],
  ])('of %s', async (list, kind) => {
    const query = `query ($after: String) { ${list}(after: $after) { edges { cursor } } }`
    const end = Date.UTC(10_000, 0)
    expect((await given.admin.ask(query, { after: encode([kind, epoch, end - 1, id]) })).errors).toBeUndefined()
    for (const at of [end, 8.64e15])
      expect((await given.admin.ask(query, { after: encode([kind, epoch, at, id]) })).errors).toMatchObject([
        { extensions: { code: 'BAD_USER_INPUT', field: 'after' } },
      ])
  })
})

test.each(['constructor', 'toString', '__proto__'])('a variable named %s hides no cost', async name => {
  const page = (inside: string) => `messages(first: $${name}) { edges { node { ${inside} } } }`
  const query = `query ($${name}: Int = 100) {
    conversations(first: $${name}) { edges { node { ${page(`conversation { ${page('id')} }`)} } } }
  }`
  const socket = await given.admin.connect()
  // What JSON calls __proto__ is a member of its own.
  for (const variables of ['{}', `{ "${name}": null }`, ...(name === '__proto__' ? ['{ "__proto__": 1 }'] : [])]) {
    const answer = socket.subscribe(query, JSON.parse(variables) as Record<string, unknown>)
    await expect(answer.nextResult()).rejects.toThrow('"limit":"cost"')
  }
})

test('of the operations that come in one packet no more than 100 run', async () => {
  const client = await (await given.patient()).connect()
  const stream = (client.socket as unknown as { _socket: Socket })._socket
  stream.cork()
  const sent = Array.from({ length: 150 }, () => client.subscribe('subscription { inboxEvents { __typename } }'))
  await new Promise(resolve => setImmediate(resolve))
  stream.uncork()
  const outcomes = await Promise.all(
    sent.map(subscription =>
      subscription.nextResult().then(
        () => 'BEGUN',
        (error: unknown) => (String(error).includes('"RATE_LIMITED"') ? 'REFUSED' : String(error)),
      ),
    ),
  )
  expect(outcomes.filter(outcome => outcome === 'BEGUN')).toHaveLength(100)
  expect(outcomes.filter(outcome => outcome === 'REFUSED')).toHaveLength(50)
})

describe('what cannot be dealt with costs nobody but its sender', () => {
  const DEEP = '['.repeat(60_000) + ']'.repeat(60_000)

  test('a ping whose payload is too deep to be sent back', async () => {
    const socket = new WebSocket(`${app.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
    cleanUp(() => socket.terminate())
    await once(socket, 'open')
    const closed = once(socket, 'close')
    socket.send(`{"type":"ping","payload":{"a":${DEEP}}}`)
    expect((await closed)[0]).toBe(4500)
  })

  const PAGE = 'query ($first: Int) { conversations(first: $first) { edges { cursor } } }'
  const LOADED = 'subscription ($yes: Boolean!) { messageAdded @include(if: $yes) { id } }'

  test.each([
    ['a number that is an object', PAGE, '{"first":{"toString":1,"valueOf":1}}', 'BAD_USER_INPUT'],
    ['a number that is deep', PAGE, `{"first":${DEEP}}`, 'BAD_USER_INPUT'],
    ['a subscription whose field a variable decides on', LOADED, '{"yes":true}', 'GRAPHQL_VALIDATION_FAILED'],
  ])('%s', async (_, query, variables, code) => {
    const body = `{"query":${JSON.stringify(query)},"variables":${variables}}`
    const { token } = await given.patient()
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
    const overHttp = await fetch(`${app.url}/graphql`, { method: 'POST', headers, body })
    expect(await overHttp.json()).toMatchObject({ errors: [{ extensions: { code } }] })
    const overSse = await fetch(`${app.url}/graphql/stream`, { method: 'POST', headers, body })
    expect(await overSse.text()).toContain(`"code":"${code}"`)

    const socket = new WebSocket(`${app.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
    cleanUp(() => socket.terminate())
    await once(socket, 'open')
    const ask = async (message: string) => {
      const answered = once(socket, 'message')
      socket.send(message)
      return String((await answered)[0])
    }
    await ask(JSON.stringify({ type: 'connection_init', payload: { token } }))
    expect(await ask(`{"type":"subscribe","id":"1","payload":${body}}`)).toContain(`"code":"${code}"`)
    expect(await ask('{"type":"ping"}')).toBe('{"type":"pong"}')
  })
})
