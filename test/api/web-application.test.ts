import { describe, expect, test } from '@jest/globals'
import { request, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import type { Config } from '../../src/config.js'
import { prepareDemo } from '../../src/demo/demo.js'
import { demoMessages } from '../../src/demo/messages.js'
import { ana, demoPeople, drChen } from '../../src/demo/people.js'
import { upsertUsers } from '../../src/people/upsert-users.js'
import { findLedgerFaults } from '../support/consultation.js'
import { dataOf, postGraphql } from '../support/graphql-client.js'
import { make } from '../support/make.js'
import { startApp, type ConfigChanges, type TestApp } from '../support/start-app.js'

/** A server with the demo people, and with nobody else. */
const startDemo = async (changes: ConfigChanges = {}) => {
  const app = await startApp(changes)
  await app.database.call('delete from users', [])
  await prepareDemo(app.services)
  return app
}

/** With any Host. Reads it to its end: the connection is free then. */
const get = async (url: string, headers: Record<string, string> = {}) => {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request(url, { headers }, resolve).on('error', reject).end()
  })
  return { status: answer.statusCode, headers: answer.headers, body: await text(answer) }
}

interface Person {
  id: string
  displayName: string
  roles: string[]
  token: string
}

const peopleAt = async ({ url }: TestApp, headers?: Record<string, string>) => {
  const { status, body } = await get(`${url}/demo/people`, headers)
  return status === 200 ? (JSON.parse(body) as { people: Person[] }).people : status
}

const app = await startDemo()

describe('the web application', () => {
  test('is served with all that it loads, and again only where it changed', async () => {
    const page = await get(app.url)
    const loaded = [...page.body.matchAll(/(?:src|href)="\.(\/[^"]+)"/g)].map(([, path]) => path)
    expect(loaded.length).toBeGreaterThanOrEqual(2)
    for (const path of ['/', ...loaded]) {
      const { status, headers } = await get(`${app.url}${path}`)
      expect({ path, status }).toEqual({ path, status: 200 })
      expect(headers['content-type']).toMatch(/^text\/(?:html|javascript|css); charset=utf-8$/)
      expect(headers['content-security-policy']).toContain("default-src 'none';script-src 'self';")
      expect(headers['permissions-policy']).toContain('camera=(self), microphone=(self)')
      expect(headers['cache-control']).toBe('no-cache')
      expect((await get(`${app.url}${path}`, { 'if-none-match': String(headers.etag) })).status).toBe(304)
      expect((await get(`${app.url}${path}`, { 'if-none-match': '"another"' })).status).toBe(200)
    }
    expect((await get(`${app.url}/assets/nothing.js`)).status).toBe(404)
  })

  test('gives a token for each of the demo people, and nobody keeps it', async () => {
    const people = await peopleAt(app)
    expect(people).toMatchObject(demoPeople)
    for (const { id, displayName, roles, token } of people as Person[]) {
      const { me } = dataOf(await postGraphql<{ me: unknown }>(app.url, token, '{ me { id displayName roles } }'))
      expect(me).toEqual({ id, displayName, roles })
    }
    expect((await get(`${app.url}/demo/people`)).headers['cache-control']).toBe('no-store')
  })

  test('gives none to a page of another origin, whatever CORS_ORIGINS says', async () => {
    for (const corsOrigins of [['*'], ['https://example.org']]) {
      const { url } = await startApp({ corsOrigins }, { beside: app })
      const { headers } = await get(`${url}/demo/people`, { origin: 'https://example.org' })
      expect(headers).not.toHaveProperty('access-control-allow-origin')
      expect(headers['cross-origin-resource-policy']).toBe('same-origin')
    }
  })

  test('gives none under a name that somebody else may let point here', async () => {
    const port = new URL(app.url).port
    for (const host of ['localhost', `127.0.0.1:${port}`, `[::1]:${port}`, '192.168.0.2'])
      expect(await peopleAt(app, { host })).toHaveLength(demoPeople.length)
    for (const host of ['example.org', `localhost.example.org:${port}`, '127.0.0.1.example.org', '1.2.3.4@x'])
      expect(await peopleAt(app, { host })).toBe(403)
    const known = await startApp({ publicUrl: 'https://demo.example.org' }, { beside: app })
    expect(await peopleAt(known, { host: 'demo.example.org' })).toHaveLength(demoPeople.length)
    expect(await peopleAt(known, { host: 'example.org' })).toBe(403)
  })

  test('gives none under such a name to a page that says it was another', async () => {
    const { host } = new URL(app.url)
    const forged = { host: 'evil.example', 'x-forwarded-host': 'localhost' }
    for (const trustProxy of [false, true]) {
      const server = await startApp({ trustProxy, publicUrl: 'https://demo.example.org' }, { beside: app })
      expect(await peopleAt(server, forged)).toBe(403)
      for (const name of ['evil.example', 'localhost, evil.example', 'evil.example, localhost', ''])
        expect(await peopleAt(server, { host, 'x-forwarded-host': name })).toBe(403)
    }
  })

  test('gives none through a proxy, but with TRUST_PROXY', async () => {
    const { host } = new URL(app.url)
    const trusting = await startApp({ trustProxy: true, publicUrl: 'https://demo.example.org' }, { beside: app })
    const additions: Record<string, string>[] = [
      { forwarded: 'for=192.0.2.1' },
      { via: '1.1 proxy' },
      { 'x-real-ip': '192.0.2.1' },
      { 'x-forwarded-for': '192.0.2.1' },
      { 'x-forwarded-proto': 'https' },
      { 'x-forwarded-host': host },
      { 'x-forwarded-host': 'demo.example.org', 'x-forwarded-for': '192.0.2.1' },
    ]
    for (const added of additions) {
      expect(await peopleAt(app, { host, ...added })).toBe(403)
      expect(await peopleAt(trusting, { host, ...added })).toHaveLength(demoPeople.length)
    }
  })

  test('is not there without DEMO', async () => {
    const { url } = await startApp({ demo: false }, { beside: app })
    for (const path of ['/', '/index.html', '/demo/people']) expect((await get(url + path)).status).toBe(404)
  })

  test('gives none once there is anybody else, where others can sign tokens as well', async () => {
    const busy = await startDemo()
    const { jwt } = busy.config
    const alone: Partial<Config> = { jwt: { ...jwt, secret: undefined } }
    const local = await startApp(alone, { beside: busy })
    expect(await peopleAt(busy)).toHaveLength(demoPeople.length)
    // By her first token.
    await make(busy).admin.request('{ me { id } }')
    expect(await peopleAt(busy)).toEqual([])
    // Of a secret that was made here, which nobody else knows.
    expect(await peopleAt(local)).toHaveLength(demoPeople.length)
  })

  test('gives none where there were others before', async () => {
    const others = await startApp()
    await prepareDemo(others.services)
    expect(await peopleAt(others)).toEqual([])
  })
})

interface Shown {
  conversations: { edges: { node: { kind: string; messages: { edges: { node: Message }[] } } }[] }
  wallet: { balances: { amountMinor: number; currency: string }[] }
}
interface Message {
  replyTo: { id: string } | null
  reactions: { emoji: string }[]
}
const SHOWN = `{
  wallet { balances { amountMinor currency } }
  conversations(first: 10) { edges { node { kind messages(first: 10) { edges { node { replyTo { id } reactions { emoji } } } } } } }
}`

const DESK = '{ chatUsers { edges { node { user { displayName } unreadCount } } } }'
const PROFILE = '{ user(id: "demo-dr-chen") { professional { specialty rates { type } } } }'
const AUDIT = '{ auditLog(first: 100) { edges { node { action } } } }'

describe('the demo', () => {
  const tokenOf = async (id: string) =>
    ((await peopleAt(app)) as Person[]).find(person => person.id === id)?.token ?? ''
  const ask = async <Data>(id: string, query: string) =>
    dataOf(await postGraphql<Data>(app.url, await tokenOf(id), query))

  test('has conversations of every kind, answers, reactions, and money', async () => {
    const kinds = new Map<string, string[]>()
    const messages: Message[] = []
    for (const { id } of demoPeople) {
      const { conversations, wallet } = await ask<Shown>(id, SHOWN)
      kinds.set(id, conversations.edges.map(({ node }) => node.kind).sort())
      messages.push(...conversations.edges.flatMap(({ node }) => node.messages.edges.map(edge => edge.node)))
      if (id === 'demo-ana') expect(wallet.balances).toEqual([{ amountMinor: 10_000, currency: 'EUR' }])
    }
    expect(Object.fromEntries(kinds)).toEqual({
      'demo-ana': ['DIRECT'],
      'demo-ben': ['DIRECT', 'DIRECT', 'GROUP', 'SUPPORT'],
      'demo-dr-chen': ['DIRECT', 'DIRECT', 'GROUP'],
      'demo-dr-diaz': ['DIRECT', 'GROUP'],
      'demo-admin': ['SUPPORT'],
    })
    expect(messages.some(({ replyTo }) => replyTo)).toBe(true)
    expect(messages.some(({ reactions }) => reactions.length > 0)).toBe(true)
    const { user } = await ask<{ user: unknown }>('demo-ana', PROFILE)
    expect(user).toMatchObject({ professional: { specialty: 'Dermatology', rates: [{}, {}, {}] } })
  })

  test('has somebody at the desk, and what they all did in the audit log', async () => {
    const { chatUsers } = await ask<{ chatUsers: { edges: unknown[] } }>('demo-admin', DESK)
    expect(chatUsers.edges).toEqual([{ node: { user: { displayName: 'Ben Okafor' }, unreadCount: 2 } }])
    await app.services.audit.chain()
    const { auditLog } = await ask<{ auditLog: { edges: { node: { action: string } }[] } }>('demo-admin', AUDIT)
    const actions = auditLog.edges.map(({ node }) => node.action)
    for (const action of ['topUpWallet', 'createGroup', 'startSupportConversation', 'setProfessionalProfile', 'react'])
      expect(actions).toContain(action)
  })

  test('is made once, also by two servers at once, and goes on where it was cut off', async () => {
    const first = await startApp()
    const second = await startApp({}, { beside: first })
    await first.database.call('delete from users', [])
    await upsertUsers(first.services, [{ ...ana }, { ...drChen }])
    await Promise.all([first, second, first].map(({ services }) => prepareDemo(services)))
    const count = async (table: string) =>
      (await first.database.call<{ count: number }>(`select count(*)::int as count from ${table}`, []))[0]?.count
    const counts = await Promise.all(['users', 'conversations', 'messages', 'reactions'].map(count))
    const reactions = demoMessages.filter(({ reaction }) => reaction).length
    expect(counts).toEqual([demoPeople.length, 5, demoMessages.length, reactions])
    expect(await findLedgerFaults(first.database)).toEqual([])
    await prepareDemo(first.services)
    expect(await count('messages')).toBe(demoMessages.length)
  })
})
