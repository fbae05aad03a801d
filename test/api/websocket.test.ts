import { describe, expect, test } from '@jest/globals'
import { once } from 'node:events'
import { WebSocket } from 'ws'
import { cleanUp } from '../support/cleanup.js'
import { make } from '../support/make.js'
import { startApp, type TestApp } from '../support/start-app.js'
import { connectSocket } from '../support/subscription-client.js'
import { begun } from '../support/room.js'
import { signTestToken, tokenFor } from '../support/tokens.js'

const ORIGIN = 'https://app.example'
const app = await startApp({ corsOrigins: [ORIGIN] })
const given = make(app)

interface Message {
  type: string
  id?: string
  payload?: unknown
}

/** The protocol by hand, to do what no client would. */
const openRaw = async (
  server: TestApp,
  { path = '/graphql', headers = {}, protocols = ['graphql-transport-ws'] } = {},
) => {
  const socket = new WebSocket(`${server.url.replace(/^http/, 'ws')}${path}`, protocols, { headers })
  cleanUp(() => socket.terminate())
  const closed = new Promise<{ code: number; reason: string }>(resolve => {
    socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() }))
  })
  const received: Message[] = []
  const wakeUps = new Set<() => void>()
  socket.on('message', (data: Buffer) => {
    received.push(JSON.parse(data.toString()) as Message)
    for (const wakeUp of wakeUps) wakeUp()
  })
  const next = async (): Promise<Message> => {
    while (received.length === 0) await new Promise<void>(resolve => wakeUps.add(resolve))
    return received.shift() as Message
  }
  const send = (message: object | string) =>
    socket.send(typeof message === 'string' ? message : JSON.stringify(message))
  await once(socket, 'open')
  const init = async (payload?: object) => {
    send({ type: 'connection_init', payload })
    return next()
  }
  const ask = async (id: string, query: string, variables = {}) => {
    send({ type: 'subscribe', id, payload: { query, variables } })
    return next()
  }
  return { socket, closed, send, next, init, ask }
}

/** The status of an upgrade that is refused. */
const refusedUpgrade = async (server: TestApp, path: string, headers: Record<string, string>) => {
  const socket = new WebSocket(`${server.url.replace(/^http/, 'ws')}${path}`, 'graphql-transport-ws', { headers })
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }]
  socket.on('error', () => {})
  socket.terminate()
  return response.statusCode
}

const ME = '{ me { id } }'
const COUNTS = 'subscription { unreadCountsChanged { total } }'
const codes = (payload: unknown) => (payload as { extensions: object }[]).map(error => error.extensions)

describe('004.1 the token comes', () => {
  const token = tokenFor('ana')
  test.each([
    ['as connectionParams.authorization', { connectionParams: { authorization: `Bearer ${token}` } }],
    ['there without "Bearer"', { connectionParams: { authorization: token } }],
    ['as connectionParams.token', { connectionParams: { token } }],
    ['in the Authorization header', { headers: { authorization: `Bearer ${token}` } }],
    ['in the address', { query: `?token=${token}` }],
  ])('%s', async (_where, options) => {
    const client = await connectSocket(app.url, null, options)
    expect(await client.request(ME)).toEqual({ me: { id: 'ana' } })
  })

  test('or not at all: what is public answers', async () => {
    const client = await connectSocket(app.url, null)
    expect(await client.request('{ status { status } }')).toEqual({ status: { status: 'OK' } })
    expect(await client.subscribe(ME).nextResult()).toMatchObject({
      data: null,
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    })
    const subscription = client.subscribe(COUNTS)
    expect(await subscription.nextResult()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
    expect(await subscription.ended()).toEqual({ kind: 'COMPLETED' })
  })
})

describe('001.13 a token', () => {
  test.each([
    ['that has run out', tokenFor('ana', { expiresIn: -60 })],
    ['that is forged', signTestToken({ sub: 'ana' }, 'another secret, of more than thirty-two characters')],
    ['that never runs out', signTestToken({ sub: 'ana', exp: null })],
  ])('%s closes with 4403', async (_which, token) => {
    await expect(connectSocket(app.url, token)).rejects.toMatchObject({ code: 4403 })
  })

  test('that runs out closes with 4403', async () => {
    const patient = await given.patient()
    const client = await connectSocket(app.url, tokenFor(patient.id, { expiresIn: 2 }))
    const subscription = client.subscribe(COUNTS)
    await subscription.next()
    expect((await client.closed).code).toBe(4403)
    expect(await subscription.ended()).toMatchObject({ kind: 'CLOSED', code: 4403 })
  })

  test('that is renewed in time carries on, in the roles of the new one', async () => {
    const both = await given.person(['PATIENT', 'PROFESSIONAL'])
    const RENEW = `mutation ($token: String!) {
      renewToken(input: { token: $token }) { connection { expiresAt transport activeSubscriptions } }
    }`
    const exp = Math.floor(Date.now() / 1000) + 600
    const short = await connectSocket(app.url, tokenFor(both.id, { expiresIn: 2, roles: ['patient'] }))
    const other = await connectSocket(app.url, tokenFor(both.id, { expiresIn: 2, roles: ['patient'] }))
    const subscription = short.subscribe(COUNTS)
    await subscription.next()
    const renewal = await short.request(RENEW, {
      token: signTestToken({ sub: both.id, exp, roles: ['patient', 'professional'] }),
    })
    expect(renewal).toEqual({
      renewToken: {
        connection: { expiresAt: new Date(exp * 1000).toISOString(), transport: 'WEBSOCKET', activeSubscriptions: 1 },
      },
    })
    expect((await other.closed).code).toBe(4403)
    expect(await short.request('{ me { roles } }')).toEqual({ me: { roles: ['PATIENT', 'PROFESSIONAL'] } })
    await short.request(RENEW, { token: signTestToken({ sub: both.id, exp, roles: ['professional'] }) })
    expect(await short.request('{ me { roles } }')).toEqual({ me: { roles: ['PROFESSIONAL'] } })
  })

  test('that is renewed in fewer roles ends what was followed, to be followed anew', async () => {
    const strict = await startApp({ autoProvisionUsers: false }, { beside: app })
    const { patient: subject, conversationId } = await given.talk()
    const { id } = await given.person(['PROFESSIONAL', 'ADMIN'])
    const tokenIn = (...roles: string[]) => tokenFor(id, { roles })
    const RENEW = 'mutation ($token: String!) { renewToken(input: { token: $token }) { connection { id } } }'
    const client = await connectSocket(strict.url, tokenIn('professional', 'admin'))
    const patient = await given.patient()
    const DESK = 'mutation { startSupportConversation { conversation { id } } }'
    const { startSupportConversation } = await patient.request<{
      startSupportConversation: { conversation: { id: string } }
    }>(DESK)
    const deskId = startSupportConversation.conversation.id
    const REQUEST = 'mutation ($i: RequestAccessInput!) { requestAccess(input: $i) { accessGrant { id } } }'
    await client.request(REQUEST, { i: { subjectId: subject.id, reason: 'To see whether it ends', minutes: 5 } })
    const ADDED = 'subscription ($id: ID) { messageAdded(conversationId: $id) { body } }'
    const all = [
      client.subscribe<{ messageAdded: object }>(ADDED),
      client.subscribe<{ messageAdded: object }>(ADDED, { id: deskId }),
      client.subscribe<{ messageAdded: object }>(ADDED, { id: conversationId }),
      client.subscribe('subscription ($ids: [ID!]) { presence(userIds: $ids) { id } }', { ids: [patient.id] }),
    ]
    await all[3]?.next()
    await begun(client, 4)
    // In the same roles, all goes on.
    await client.request(RENEW, { token: tokenIn('admin', 'professional') })
    await begun(client, 4)
    await client.request(RENEW, { token: tokenIn('professional') })
    for (const subscription of all)
      expect(await subscription.ended()).toMatchObject({
        kind: 'ERRORS',
        errors: [{ extensions: { code: 'UNAVAILABLE' } }],
      })
    const anew = (variables: Record<string, unknown>) => client.subscribe(ADDED, variables).nextResult()
    for (const id of [deskId, conversationId])
      expect((await anew({ id })).errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }])
    expect(await client.request('{ connection { activeSubscriptions } }')).toEqual({
      connection: { activeSubscriptions: 0 },
    })
  })

  test('of somebody else, or a bad one, renews nothing', async () => {
    const patient = await given.patient()
    const client = await patient.connect()
    const codeOf = async (token: string) => {
      const { errors } = await client
        .subscribe('mutation ($token: String!) { renewToken(input: { token: $token }) { connection { id } } }', {
          token,
        })
        .nextResult()
      return errors?.[0]?.extensions
    }
    expect(await codeOf(tokenFor('somebody else'))).toEqual({ code: 'FORBIDDEN' })
    expect(await codeOf('nonsense')).toEqual({ code: 'UNAUTHENTICATED' })
    expect(await codeOf(' ')).toEqual({ code: 'BAD_USER_INPUT', field: 'input.token' })
    expect(await client.request(ME)).toEqual({ me: { id: patient.id } })
  })
})

describe('an Origin', () => {
  test('000.7 that is allowed, the same, or none, is let in; others are not', async () => {
    for (const headers of [{ origin: ORIGIN }, { origin: app.url }, {}]) {
      const raw = await openRaw(app, { headers })
      expect((await raw.init()).type).toBe('connection_ack')
    }
    for (const origin of ['https://evil.example', 'null', `${ORIGIN}.evil.example`])
      expect(await refusedUpgrade(app, '/graphql', { origin })).toBe(403)
    expect(await refusedUpgrade(app, '/elsewhere', {})).toBe(404)
  })
})

describe('the protocol', () => {
  test('wants connection_init within 10 seconds', async () => {
    expect((await (await openRaw(app)).closed).code).toBe(4408)
  })

  test.each([
    ['what is not JSON', 'nonsense'],
    ['an unknown type', { type: 'hello' }],
    ['a message that only a server sends', { type: 'next', id: '1', payload: {} }],
    ['a subscribe without a document', { type: 'subscribe', id: '1', payload: {} }],
  ])('004.3 %s closes with 4400', async (_what, message) => {
    const raw = await openRaw(app)
    await raw.init()
    raw.send(message)
    expect((await raw.closed).code).toBe(4400)
  })

  test('wants connection_init first, and once', async () => {
    const early = await openRaw(app)
    early.send({ type: 'subscribe', id: '1', payload: { query: ME } })
    expect((await early.closed).code).toBe(4401)
    const twice = await openRaw(app)
    await twice.init()
    twice.send({ type: 'connection_init' })
    expect((await twice.closed).code).toBe(4429)
  })

  test('wants its name', async () => {
    expect((await (await openRaw(app, { protocols: [] })).closed).code).toBe(4406)
  })

  test('wants an id that is free, and takes it again when its operation has ended', async () => {
    const { token } = await given.patient()
    const raw = await openRaw(app)
    await raw.init({ token })
    expect(await raw.ask('1', ME)).toMatchObject({ type: 'next', id: '1' })
    expect(await raw.next()).toEqual({ type: 'complete', id: '1' })
    expect(await raw.ask('1', COUNTS)).toMatchObject({ type: 'next', id: '1' })
    raw.send({ type: 'subscribe', id: '1', payload: { query: ME } })
    expect((await raw.closed).code).toBe(4409)
  })

  test('answers no operation that was completed before it began, but the next of its id', async () => {
    const { token } = await given.patient()
    const raw = await openRaw(app)
    await raw.init({ token })
    raw.send({ type: 'subscribe', id: '1', payload: { query: COUNTS } })
    raw.send({ type: 'complete', id: '1' })
    raw.send({ type: 'subscribe', id: '1', payload: { query: 'query Second { status { status } }' } })
    expect(await raw.next()).toMatchObject({ type: 'next', id: '1', payload: { data: { status: {} } } })
    expect(await raw.next()).toEqual({ type: 'complete', id: '1' })
    const active = await raw.ask('2', '{ connection { activeSubscriptions } }')
    expect(active).toMatchObject({ payload: { data: { connection: { activeSubscriptions: 0 } } } })
  })

  test('begins a query once the subscriptions before it have begun', async () => {
    const { token } = await given.patient()
    const raw = await openRaw(app)
    await raw.init({ token })
    raw.send({ type: 'subscribe', id: '1', payload: { query: 'subscription { sessionUpdated { id } }' } })
    raw.send({ type: 'subscribe', id: '2', payload: { query: 'subscription { notificationAdded { id } }' } })
    const active = await raw.ask('3', '{ connection { activeSubscriptions } }')
    expect(active).toMatchObject({ id: '3', payload: { data: { connection: { activeSubscriptions: 2 } } } })
  })

  test('takes messages to 128 KiB', async () => {
    const raw = await openRaw(app)
    await raw.init()
    const query = (size: number) => `{ status { status } } # ${'x'.repeat(size)}`
    expect((await raw.ask('1', query(127 * 1024))).type).toBe('next')
    raw.send({ type: 'subscribe', id: '2', payload: { query: query(128 * 1024) } })
    expect((await raw.closed).code).toBe(1009)
  })

  test('takes 100 operations at a time, and goes on when one has ended', async () => {
    const { token } = await given.patient()
    const raw = await openRaw(app)
    await raw.init({ token })
    for (let n = 0; n < 100; n++) expect((await raw.ask(`s${n}`, COUNTS)).type).toBe('next')
    const refused = await raw.ask('more', COUNTS)
    expect(refused).toMatchObject({ type: 'error', id: 'more' })
    expect(codes(refused.payload)).toEqual([{ code: 'RATE_LIMITED', retryAfterMs: 1000 }])
    raw.send({ type: 'complete', id: 's0' })
    expect(await raw.ask('again', COUNTS)).toMatchObject({ type: 'next', id: 'again' })
  })

  test('answers pings, and ends sockets that do not answer its own', async () => {
    const strict = await startApp({ ws: { pingIntervalMs: 50, pingTimeoutMs: 100 } }, { beside: app })
    const alive = await openRaw(strict)
    await alive.init()
    alive.send({ type: 'ping', payload: { n: 1 } })
    expect(await alive.next()).toEqual({ type: 'pong', payload: { n: 1 } })
    const dead = await openRaw(strict)
    const sockets = dead.socket as unknown as { _autoPong: boolean }
    sockets._autoPong = false
    // What answers no ping is no sign that anybody reads.
    dead.socket.on('ping', () => dead.socket.pong('x'))
    expect((await dead.closed).code).toBe(1006)
    expect(alive.socket.readyState).toBe(WebSocket.OPEN)
  })
})

describe('the same rules as over HTTP', () => {
  test.each([
    [
      'depth',
      `{ conversation(id: "x") { lastMessage ${'{ conversation { lastMessage '.repeat(6)} { id } ${'} }'.repeat(6)} } }`,
    ],
    ['tokens', `{ presences(userIds: [${'"a" '.repeat(1000)}]) { id } }`],
    ['aliases', `{ ${Array.from({ length: 16 }, (_, n) => `a${n}: status { status }`).join(' ')} }`],
    ['cost', '{ conversations(first: 100) { edges { node { messages(first: 100) { edges { node { id } } } } } } }'],
  ])('limit: %s', async (limit, query) => {
    const raw = await openRaw(app)
    await raw.init()
    const { type, payload } = await raw.ask('1', query)
    expect({ type, codes: codes(payload) }).toEqual({
      type: 'error',
      codes: [{ code: 'GRAPHQL_VALIDATION_FAILED', limit }],
    })
  })

  test('002.14 errors have their codes', async () => {
    const raw = await openRaw(app)
    await raw.init()
    const refusal = async (id: string, query: string, variables = {}) =>
      codes((await raw.ask(id, query, variables)).payload)
    expect(await refusal('1', '{ nope')).toEqual([{ code: 'GRAPHQL_PARSE_FAILED' }])
    expect(await refusal('2', '{ nope }')).toEqual([{ code: 'GRAPHQL_VALIDATION_FAILED' }])
    expect(await refusal('3', `query A ${ME} query B ${ME}`)).toEqual([{ code: 'OPERATION_RESOLUTION_FAILURE' }])
    expect(
      (await raw.ask('4', 'query ($n: Int) { conversations(first: $n) { pageInfo { endCursor } } }', { n: 'x' }))
        .payload,
    ).toMatchObject({
      errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    })
  })

  test('introspection answers only where it is on', async () => {
    const closed = await startApp({ introspection: false }, { beside: app })
    const query = '{ __schema { queryType { name } } }'
    const client = await connectSocket(app.url, null)
    expect(await client.request(query)).toEqual({ __schema: { queryType: { name: 'Query' } } })
    const ending = await (await connectSocket(closed.url, null)).subscribe(query).ended()
    if (ending.kind !== 'ERRORS') throw new Error('It was answered.')
    expect(codes(ending.errors)).toContainEqual({ code: 'GRAPHQL_VALIDATION_FAILED' })
  })

  test('what nobody foresaw is masked, at the start and on the way', async () => {
    const patient = await given.patient()
    const client = await patient.connect()
    const { presence, inboxes } = app.services
    const find = presence.find.bind(presence)
    presence.find = () => Promise.reject(new TypeError('an inner secret'))
    const { errors } = await client.subscribe('{ me { presence { online } } }').nextResult()
    presence.find = find
    const masked = { code: 'INTERNAL_SERVER_ERROR', requestId: expect.any(String) }
    expect(errors?.map(({ message, extensions }) => ({ message, extensions }))).toEqual([
      { message: 'Something went wrong.', extensions: masked },
    ])
    const follow = inboxes.follow.bind(inboxes)
    inboxes.follow = () => Promise.reject(new TypeError('an inner secret'))
    const outcome = client.subscribe('subscription { messageAdded { id } }')
    const result = await outcome.nextResult().catch(() => outcome.ended())
    inboxes.follow = follow
    expect(JSON.stringify(result)).toContain('INTERNAL_SERVER_ERROR')
    expect(JSON.stringify(result)).not.toContain('secret')
  })
})

describe('000.14 WS_MAX_CONNECTIONS', () => {
  test('one more is closed with 1013, until another has gone', async () => {
    const small = await startApp({ ws: { maxConnections: 2 } }, { beside: app })
    const first = await connectSocket(small.url, null)
    await connectSocket(small.url, null)
    await expect(connectSocket(small.url, null)).rejects.toMatchObject({ code: 1013 })
    await first.close()
    const again = await connectSocket(small.url, null)
    expect(await again.request('{ status { activeConnections } }')).toEqual({ status: { activeConnections: 2 } })
  })

  test('event streams count as well, also those that come at once', async () => {
    const small = await startApp({ ws: { maxConnections: 3 } }, { beside: app })
    const patient = (await given.patient()).at(small)
    const socket = await patient.connect()
    const streams = Array.from({ length: 5 }, () => patient.sse(COUNTS))
    const results = await Promise.all(streams.map(stream => stream.nextResult()))
    const refusals = results.flatMap(({ errors = [] }) => errors.map(({ extensions }) => extensions.code))
    expect(refusals).toEqual(['UNAVAILABLE', 'UNAVAILABLE', 'UNAVAILABLE'])
    await expect(patient.connect()).rejects.toMatchObject({ code: 1013 })
    for (const stream of streams) stream.stop()
    while (small.services.connections.count > 1) expect(await socket.request(ME)).toEqual({ me: { id: patient.id } })
    await patient.connect()
  })
})

test('002.9 a connection knows itself', async () => {
  const patient = await given.patient()
  const client = await patient.connect()
  const subscription = client.subscribe(COUNTS)
  await subscription.next()
  const QUERY = '{ connection { id transport connectedAt activeSubscriptions expiresAt } }'
  interface Answer {
    connection: { id: string; connectedAt: string }
  }
  const { connection } = await client.request<Answer>(QUERY)
  expect(connection).toEqual({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    transport: 'WEBSOCKET',
    connectedAt: expect.any(String),
    activeSubscriptions: 1,
    expiresAt: expect.any(String),
  })
  subscription.stop()
  expect((await client.request<Answer>(QUERY)).connection).toEqual({ ...connection, activeSubscriptions: 0 })
})
