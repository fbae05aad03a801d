import { describe, expect, test } from '@jest/globals'
import type { Logger } from '../../src/logger.js'
import { dataOf, postGraphql } from '../support/graphql-client.js'
import { make } from '../support/make.js'
import { startApp } from '../support/start-app.js'
import { signTestToken, tokenFor } from '../support/tokens.js'

const ORIGIN = 'https://app.example'

interface Line {
  level: keyof Omit<Logger, 'child'>
  fields: unknown
  message: string
}

const recorder = () => {
  const lines: Line[] = []
  const record = (level: Line['level']) => (fields: unknown, message: string) =>
    void lines.push({ level, fields: { ...(fields as object) }, message })
  const logger: Logger = {
    debug: record('debug'),
    info: record('info'),
    warn: record('warn'),
    error: record('error'),
    child: () => logger,
  }
  return { lines, logger }
}

const { lines, logger } = recorder()
const app = await startApp({ corsOrigins: [ORIGIN] }, { logger })
const given = make(app)

const post = (body: string | object, headers: Record<string, string> = {}, path = '/graphql') =>
  fetch(app.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

const codeOf = async (response: Response) => {
  const { errors } = (await response.json()) as { errors?: { extensions: { code: string } }[] }
  return { status: response.status, code: errors?.[0]?.extensions.code }
}

const STATUS = '{ status { status version activeConnections uptimeSeconds } }'

describe('002.14 errors are told apart', () => {
  test.each([
    ['what is not JSON', '{ nope', 400, 'BAD_REQUEST'],
    ['an empty body', '', 400, 'BAD_REQUEST'],
    ['an object without a query', '{}', 400, 'BAD_REQUEST'],
    ['a batch', '[{ "query": "{ status { status } }" }]', 400, 'BAD_REQUEST'],
    ['what is not GraphQL', { query: '{ status' }, 400, 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', { query: '{ nope }' }, 400, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'two operations and no name',
      { query: `query A ${STATUS} query B ${STATUS}` },
      400,
      'OPERATION_RESOLUTION_FAILURE',
    ],
    ['a missing variable', { query: 'query ($id: ID!) { user(id: $id) { id } }' }, 400, 'BAD_USER_INPUT'],
    [
      'a variable of another type',
      { query: 'query ($n: Int) { conversations(first: $n) { pageInfo { endCursor } } }', variables: { n: 'x' } },
      400,
      'BAD_USER_INPUT',
    ],
    ['a subscription', { query: 'subscription { unreadCountsChanged { total } }' }, 400, 'BAD_REQUEST'],
    [
      'a persisted query',
      { extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } },
      200,
      'PERSISTED_QUERY_NOT_SUPPORTED',
    ],
  ])('004.3 %s', async (_what, body, status, code) => {
    expect(await codeOf(await post(body))).toEqual({ status, code })
  })

  test('a path that is not there is 404', async () => {
    expect(await codeOf(await fetch(`${app.url}/nowhere`))).toEqual({ status: 404, code: 'NOT_FOUND' })
  })

  test('a body of more than 1 MiB is 413, one of less is read', async () => {
    const query = (size: number) => ({ query: `${STATUS} # ${'x'.repeat(size)}` })
    expect(await codeOf(await post(query(1024 * 1024)))).toEqual({ status: 413, code: 'BAD_REQUEST' })
    expect((await post(query(1_000_000))).status).toBe(200)
  })

  test('what nobody foresaw shows nothing but a request id, and is logged without what was said', async () => {
    const patient = await given.patient()
    const { presence } = app.services
    const find = presence.find.bind(presence)
    presence.find = () => Promise.reject(new TypeError('an inner secret'))
    try {
      const { data, errors } = await patient.ask(
        'query ($id: ID!) { me { presence { online } } user(id: $id) { id } }',
        {
          id: 'a private word',
        },
      )
      expect(data).toBeNull()
      const error = errors?.find(({ path }) => path?.[0] === 'me')
      expect(error?.extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR', requestId: expect.any(String) })
      expect(JSON.stringify(errors)).not.toContain('secret')
      const logged = lines.filter(line => line.level === 'error')
      expect(logged).toContainEqual(
        expect.objectContaining({
          fields: expect.objectContaining({ requestId: error?.extensions.requestId }) as object,
        }),
      )
      expect(JSON.stringify(logged)).not.toContain('a private word')
    } finally {
      presence.find = find
    }
  })
})

describe('000.7 a token', () => {
  test('is not needed for what is public', async () => {
    const { status } = dataOf(await postGraphql<{ status: object }>(app.url, null, STATUS))
    expect(status).toEqual({ status: 'OK', version: '0.1.0', activeConnections: 0, uptimeSeconds: expect.any(Number) })
    const { status: http, errors } = await postGraphql(app.url, null, '{ me { id } }')
    expect({ http, code: errors?.[0]?.extensions.code }).toEqual({ http: 200, code: 'UNAUTHENTICATED' })
  })

  test('that has run out, is forged or names nobody is 401, also for what is public', async () => {
    const tokens = [
      tokenFor('ana', { expiresIn: -60 }),
      signTestToken({ sub: 'ana' }, 'another secret, of more than thirty-two characters'),
      signTestToken({ sub: 'ana', exp: null }),
      signTestToken({}),
      'nonsense',
    ]
    for (const token of tokens)
      expect(await codeOf(await post({ query: STATUS }, { authorization: `Bearer ${token}` }))).toEqual({
        status: 401,
        code: 'UNAUTHENTICATED',
      })
  })

  test('says who is asking, and what carries it', async () => {
    const exp = Math.floor(Date.now() / 1000) + 600
    const token = signTestToken({ sub: 'ana', name: 'Ana', role: 'patient', exp })
    const query =
      '{ me { id displayName roles } connection { id transport connectedAt activeSubscriptions expiresAt } }'
    expect(dataOf(await postGraphql(app.url, token, query))).toEqual({
      me: { id: 'ana', displayName: 'Ana', roles: ['PATIENT'] },
      connection: {
        id: null,
        transport: 'HTTP',
        connectedAt: null,
        activeSubscriptions: 0,
        expiresAt: new Date(exp * 1000).toISOString(),
      },
    })
  })

  test('of an unknown person counts only where people are made from tokens; roles are narrowed to the token’s', async () => {
    const strict = await startApp({ autoProvisionUsers: false }, { beside: app })
    const both = await given.person(['PATIENT', 'PROFESSIONAL'])
    expect((await postGraphql(strict.url, tokenFor('a stranger'), '{ me { id } }')).status).toBe(401)
    const MINE = 'mutation { createSession(input: { withUserId: "x", type: CHAT }) { session { id } } }'
    const codeWith = async (roles: string[]) =>
      (await postGraphql(strict.url, tokenFor(both.id, { roles }), MINE)).errors?.[0]?.extensions.code
    expect(await codeWith(['admin'])).toBe('FORBIDDEN')
    expect(await codeWith(['patient'])).toBe('NOT_FOUND')
    for (const none of [[], ['wizard']]) expect(await codeWith(none)).toBe('FORBIDDEN')
    const { me } = dataOf(await postGraphql<{ me: object }>(strict.url, tokenFor(both.id), '{ me { roles } }'))
    expect(me).toEqual({ roles: ['PATIENT', 'PROFESSIONAL'] })
  })
})

describe('cross-site requests', () => {
  test('that a form or an image could send are refused', async () => {
    const query = encodeURIComponent(STATUS)
    expect(await codeOf(await fetch(`${app.url}/graphql?query=${query}`))).toEqual({ status: 400, code: 'BAD_REQUEST' })
    const text = await post({ query: STATUS }, { 'content-type': 'text/plain' })
    expect(await codeOf(text)).toEqual({ status: 400, code: 'BAD_REQUEST' })
    const form = await post('query=%7B%20status%20%7D', { 'content-type': 'application/x-www-form-urlencoded' })
    expect(await codeOf(form)).toEqual({ status: 415, code: 'BAD_REQUEST' })
  })

  test('queries by GET work with a header that only a script can set; mutations do not', async () => {
    const get = (query: string) =>
      fetch(`${app.url}/graphql?query=${encodeURIComponent(query)}`, { headers: { 'apollo-require-preflight': '1' } })
    expect((await get(STATUS)).status).toBe(200)
    expect((await get('mutation { setPresence(input: { status: BUSY }) { presence { online } } }')).status).toBe(405)
  })

  test('000.7 of allowed origins are answered, of others not', async () => {
    const preflight = (origin: string) =>
      fetch(`${app.url}/graphql`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
      })
    expect((await preflight(ORIGIN)).headers.get('access-control-allow-origin')).toBe(ORIGIN)
    expect((await preflight(ORIGIN)).headers.get('access-control-allow-headers')).toContain('authorization')
    expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull()
    const answer = await post({ query: STATUS }, { origin: ORIGIN })
    expect(answer.headers.get('access-control-allow-origin')).toBe(ORIGIN)
  })
})

describe('every answer', () => {
  test('carries a request id, the caller’s own if it is a sane one', async () => {
    const idOf = async (id?: string) =>
      (await post({ query: STATUS }, id === undefined ? {} : { 'x-request-id': id })).headers.get('x-request-id')
    expect(await idOf('trace-1.2:3')).toBe('trace-1.2:3')
    expect(await idOf()).toMatch(/^[0-9a-f-]{36}$/)
    expect(await idOf('no spaces, please')).toMatch(/^[0-9a-f-]{36}$/)
    expect(await idOf('x'.repeat(200))).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('carries the same id where it shows one, whatever failed', async () => {
    const idsOf = async (response: Response) => {
      const { errors } = (await response.json()) as { errors: { extensions: { code: string; requestId: string } }[] }
      return { shown: errors[0]?.extensions, sent: response.headers.get('x-request-id') }
    }
    const { authenticator, presence } = app.services
    const authenticate = authenticator.authenticate.bind(authenticator)
    const find = presence.find.bind(presence)
    const fail = () => Promise.reject(new TypeError('an inner secret'))
    const authorization = `Bearer ${tokenFor('ana')}`
    try {
      authenticator.authenticate = fail
      const before = await idsOf(await post({ query: STATUS }, { authorization }))
      authenticator.authenticate = authenticate
      presence.find = fail
      const within = await idsOf(await post({ query: '{ me { presence { online } } }' }, { authorization }))
      for (const { shown, sent } of [before, within]) {
        expect(shown).toEqual({ code: 'INTERNAL_SERVER_ERROR', requestId: sent })
        expect(lines).toContainEqual(
          expect.objectContaining({ level: 'error', fields: expect.objectContaining({ requestId: sent }) as object }),
        )
      }
    } finally {
      Object.assign(authenticator, { authenticate })
      Object.assign(presence, { find })
    }
  })

  test('carries security headers, and is not to be stored', async () => {
    const { headers } = await post({ query: STATUS })
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-powered-by')).toBeNull()
  })
})

describe('limits', () => {
  test.each([
    [
      'depth',
      `{ conversation(id: "x") { lastMessage ${'{ conversation { lastMessage '.repeat(6)} { id } ${'} }'.repeat(6)} } }`,
    ],
    ['tokens', `{ presences(userIds: [${'"a" '.repeat(1000)}]) { id } }`],
    ['aliases', `{ ${Array.from({ length: 16 }, (_, n) => `a${n}: status { status }`).join(' ')} }`],
    ['cost', '{ conversations(first: 100) { edges { node { messages(first: 100) { edges { node { id } } } } } } }'],
  ])('%s', async (limit, query) => {
    const { status, errors } = await postGraphql(app.url, null, query)
    expect({ status, extensions: errors?.[0]?.extensions }).toEqual({
      status: 400,
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED', limit },
    })
  })

  test('introspection answers only where it is on', async () => {
    const closed = await startApp({ introspection: false }, { beside: app })
    const query = '{ __schema { queryType { name } } }'
    expect((await postGraphql(app.url, null, query)).errors).toBeUndefined()
    expect((await postGraphql(closed.url, null, query)).errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED')
  })
})

describe('health', () => {
  test('002.1 live and ready, or DEGRADED and not ready while a part does not answer', async () => {
    const beside = await startApp({}, { beside: app })
    const status = async (path: string) => (await fetch(beside.url + path)).status
    expect([await status('/health/live'), await status('/health/ready')]).toEqual([200, 200])
    const broken = await startApp(
      {},
      {
        beside: app,
        bus: Object.assign(Object.create(app.services.bus), {
          healthy: () => Promise.resolve(false),
          close: () => Promise.resolve(),
        }) as typeof app.services.bus,
      },
    )
    expect((await fetch(`${broken.url}/health/ready`)).status).toBe(503)
    expect((await fetch(`${broken.url}/health/live`)).status).toBe(200)
    expect(dataOf(await postGraphql<{ status: object }>(broken.url, null, STATUS)).status).toMatchObject({
      status: 'DEGRADED',
    })
  })
})
