import { describe, expect, test } from '@jest/globals'
import { postGraphql } from '../support/graphql-client.js'
import { make } from '../support/make.js'
import { startApp } from '../support/start-app.js'
import { subscribeSse } from '../support/subscription-client.js'
import { tokenFor } from '../support/tokens.js'

const app = await startApp()
const given = make(app)

const COUNTS = 'subscription { unreadCountsChanged { total } }'

interface Request {
  method?: string
  path?: string
  token?: string
  headers?: Record<string, string>
  body?: unknown
}

const request = ({ method = 'POST', path = '/graphql/stream', token, headers = {}, body }: Request) =>
  fetch(app.url + path, {
    method,
    headers: {
      accept: 'text/event-stream',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })

/** What a stream said until it ended. */
const events = async (response: Response) =>
  (await response.text())
    .split('\n\n')
    .filter(part => part.startsWith('event: '))
    .map(part => {
      const [event, data = ''] = part.replace('event: ', '').split('\ndata: ')
      return { event, data: data === '' ? null : (JSON.parse(data) as object) }
    })

const COMPLETE = { event: 'complete', data: null }
const refusedWith = (code: string) => [
  {
    event: 'next',
    data: expect.objectContaining({ errors: [expect.objectContaining({ extensions: { code } })] }) as object,
  },
  COMPLETE,
]

describe('000.4 an event stream', () => {
  test('carries queries and mutations', async () => {
    const { token, id } = await given.patient()
    expect(await events(await request({ token, body: { query: '{ me { id } }' } }))).toEqual([
      { event: 'next', data: { data: { me: { id } } } },
      COMPLETE,
    ])
    const query = 'mutation { setPresence(input: { status: BUSY }) { presence { id } } }'
    expect(await events(await request({ token, body: { query } }))).toEqual([
      { event: 'next', data: { data: { setPresence: { presence: { id } } } } },
      COMPLETE,
    ])
  })

  test('carries queries by GET, and no mutations', async () => {
    const { token, id } = await given.patient()
    const get = (query: string, variables = '') =>
      request({ method: 'GET', token, path: `/graphql/stream?query=${encodeURIComponent(query)}${variables}` })
    const variables = `&variables=${encodeURIComponent(JSON.stringify({ id }))}`
    expect(await events(await get('query ($id: ID!) { user(id: $id) { id } }', variables))).toEqual([
      { event: 'next', data: { data: { user: { id } } } },
      COMPLETE,
    ])
    const mutation = 'mutation { setPresence(input: { status: BUSY }) { presence { online } } }'
    expect(await events(await get(mutation))).toEqual(refusedWith('BAD_REQUEST'))
  })

  test('carries subscriptions: messages arrive', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const subscription = professional.sse<{ messageAdded: { body: string } }>(
      'subscription ($id: ID!) { messageAdded(conversationId: $id) { body } }',
      { id: conversationId },
    )
    const counts = professional.sse<{ unreadCountsChanged: { total: number } }>(COUNTS)
    await counts.next()
    await patient.send(conversationId, 'Good morning')
    expect(await subscription.next()).toEqual({ messageAdded: { body: 'Good morning' } })
    expect((await counts.next()).unreadCountsChanged.total).toBe(1)
    const { connection } = await patient.request<{ connection: object }>('{ connection { transport } }')
    expect(connection).toEqual({ transport: 'HTTP' })
  })

  test('makes its user be there while it carries a subscription, and not by a query', async () => {
    const patient = await given.patient()
    const seen: string[] = []
    const end = app.services.connections.listen({ onOpen: (_, userId) => seen.push(userId) })
    await events(await request({ token: patient.token, body: { query: '{ me { id } }' } }))
    expect(seen).not.toContain(patient.id)
    await patient.sse(COUNTS).next()
    end()
    expect(seen).toContain(patient.id)
  })

  test('knows itself', async () => {
    const { token } = await given.patient()
    const query = '{ connection { id transport activeSubscriptions } status { activeConnections } }'
    const [first] = await events(await request({ token, body: { query } }))
    expect(first?.data).toMatchObject({
      data: { connection: { id: expect.any(String), transport: 'SSE', activeSubscriptions: 0 } },
    })
  })
})

describe('refusals', () => {
  test('001.13 a bad token is an UNAUTHENTICATED error, and so is none for what needs one', async () => {
    for (const token of ['nonsense', tokenFor('ana', { expiresIn: -60 })])
      expect(await events(await request({ token, body: { query: COUNTS } }))).toEqual(refusedWith('UNAUTHENTICATED'))
    expect(await events(await request({ body: { query: COUNTS } }))).toEqual(refusedWith('UNAUTHENTICATED'))
    expect(await events(await request({ body: { query: '{ status { status } }' } }))).toEqual([
      { event: 'next', data: { data: { status: { status: 'OK' } } } },
      COMPLETE,
    ])
  })

  test('001.13 a token that runs out ends the stream with UNAUTHENTICATED', async () => {
    const { id } = await given.patient()
    const subscription = subscribeSse(app.url, tokenFor(id, { expiresIn: 2 }), COUNTS)
    await subscription.next()
    expect(await subscription.nextResult()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
    expect(await subscription.ended()).toEqual({ kind: 'COMPLETED' })
  })

  test('001.13 someone who is deactivated is cut off with UNAUTHENTICATED', async () => {
    const patient = await given.patient()
    const subscription = patient.sse(COUNTS)
    await subscription.next()
    await given.patient({ id: patient.id, active: false })
    expect(await subscription.nextResult()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
  })

  test('the rules are the same as over HTTP', async () => {
    const query = '{ conversations(first: 100) { edges { node { messages(first: 100) { edges { node { id } } } } } } }'
    const [first] = await events(await request({ body: { query } }))
    expect(first?.data).toMatchObject({
      errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED', limit: 'cost' } }],
    })
    expect(await events(await request({ body: { query: '{ nope' } }))).toEqual(refusedWith('GRAPHQL_PARSE_FAILED'))
  })

  test.each<[string, number, Request]>([
    ['a stream token', 400, { body: { query: COUNTS }, headers: { 'x-graphql-event-stream-token': 'x' } }],
    ['a stream token in the address', 400, { method: 'GET', path: '/graphql/stream?token=x' }],
    ['the reservation of a stream', 405, { method: 'PUT' }],
    ['the end of an operation', 405, { method: 'DELETE' }],
    ['another media type', 406, { body: { query: COUNTS }, headers: { accept: 'application/json' } }],
    ['another origin', 403, { body: { query: COUNTS }, headers: { origin: 'https://evil.example' } }],
    ['no document', 400, { body: {} }],
    ['variables that are none', 400, { body: { query: COUNTS, variables: [1] } }],
    ['what is not JSON', 400, { body: '{' }],
    ['a form', 415, { body: 'query=x', headers: { 'content-type': 'application/x-www-form-urlencoded' } }],
  ])('%s is %d', async (_what, status, refused) => {
    const response = await request(refused)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] })
  })

  test('a subscription by plain POST says where it belongs', async () => {
    const { errors } = await postGraphql(app.url, null, COUNTS)
    expect(errors?.[0]?.message).toContain('/graphql/stream')
  })
})
