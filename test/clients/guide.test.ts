import { describe, expect, test } from '@jest/globals'
import { parse } from 'graphql'
import { readFileSync } from 'node:fs'
import { compileCost } from '../../src/graphql/cost.js'
import { operationsOf } from '../../src/graphql/limits.js'
import { buildSchema } from '../../src/graphql/schema.js'
import { make, type TestPerson } from '../support/make.js'
import { startApp } from '../support/start-app.js'
import { startTcpProxy } from '../support/tcp-proxy.js'
import { TEST_SECRET, tokenFor } from '../support/tokens.js'
import { examples, findCommand, startExample, writeFiles } from './guide.js'

const app = await startApp()
const given = make(app)
const url = `${app.url}/graphql`

/** Skips visibly where the command is missing. */
const testWith = (command: string | undefined, missing: string) => (name: string, body: () => Promise<void>) =>
  command === undefined ? test.skip(`${name} (${missing} is missing)`, () => {}) : test(name, body)

const environment = (reader: TestPerson, conversationId: string) => ({
  COLLOQUY_URL: url,
  TOKEN: reader.token,
  CONVERSATION_ID: conversationId,
})

/** Runs the module in a process of its own that has the WebSocket of browsers. */
const startModule = async (main: string, values: Record<string, string>) => {
  const folder = await writeFiles({ 'colloquy.mjs': examples('Plain JavaScript', 'js').join('\n'), 'main.mjs': main })
  return startExample(process.execPath, ['--experimental-websocket', `${folder}/main.mjs`], values)
}

/** Prints what the conversation brings, and how it ends. */
const following = (name: 'follow' | 'followByStream', options: string) => `
  import { ${name} } from './colloquy.mjs'
  const { COLLOQUY_URL: url, TOKEN, CONVERSATION_ID: conversationId } = process.env
  let connects = 0
  const getToken = async () => {
    console.log('connects', ++connects)
    return TOKEN
  }
  ${name}({
    url,
    getToken,
    conversationId,
    onEvent: event => console.log(event.message?.body ?? event.__typename),
    onError: errors => console.log('ended', errors[0].extensions.code),
    ${options}
  })`

test('004.7 the example of the limits costs what docs/clients.md says', async () => {
  const [query = ''] = examples('Limits', 'graphql')
  const document = parse(query)
  const [operation] = operationsOf(document)
  expect(operation && compileCost(buildSchema(), document, operation)({})).toBe(7_050)
  const { patient } = await given.talk()
  expect((await patient.ask(query)).errors).toBeUndefined()
  const { errors } = await patient.ask(query.replace('last: 20', 'last: 30'))
  expect(errors).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED', limit: 'cost' } }])
})

describe('004.7 the examples of docs/clients.md: Apollo Client', () => {
  test('004.7 they are the files that the tests use', () => {
    const files = [
      'live-link.ts',
      'colloquy-client.ts',
      'follow.ts',
      'open-conversation.ts',
      'explain-error.ts',
      'patiently.ts',
      'open-inbox.ts',
      'follow-people.ts',
      'consult.ts',
      'call/join-call.ts',
      'open-room.ts',
      'delivery-status.ts',
      'toggle-reaction.ts',
      'send-files.ts',
      'open-notifications.ts',
      'open-emergencies.ts',
      'search-messages.ts',
      'open-desk.ts',
      'oversight.ts',
      'set-legal-hold.ts',
      'use-conversation.ts',
    ]
    expect(examples('Apollo Client', 'ts')).toEqual(
      files.map(file => readFileSync(new URL(file, import.meta.url), 'utf8')),
    )
  })

  test('004.7 a WebSocket for Node.js before 22', async () => {
    const [lines = ''] = examples('Apollo Client', 'js')
    const folder = await writeFiles({ 'main.mjs': `${lines}\nconsole.log(globalThis.WebSocket.CLOSED)` })
    await startExample(process.execPath, [`${folder}/main.mjs`], {}).prints('3')
  })
})

describe('004.7 the examples of docs/clients.md: plain JavaScript', () => {
  test('004.7 follows a conversation across a token that runs out, each message once', async () => {
    const { patient, professional, conversationId } = await given.talk()
    // Made when it is asked for: the process takes its time to start.
    const page = await startModule(
      `import jwt from 'jsonwebtoken'
      let asked = 0
      const getOwnToken = async () => {
        if (++asked === 1) throw new Error('No network')
        const exp = Math.floor(Date.now() / 1000) + (asked === 2 ? 3 : 3600)
        return jwt.sign({ sub: process.env.USER_ID, exp }, process.env.SECRET)
      }
      ${following('follow', 'getToken: getOwnToken')}`,
      { ...environment(patient, conversationId), USER_ID: patient.id, SECRET: TEST_SECRET },
    )
    await page.prints('CaughtUp')
    const sent: string[] = []
    const send = async () => {
      sent.push(`message ${sent.length}`)
      await professional.send(conversationId, sent.at(-1))
    }
    await send()
    const caughtUps = () => page.lines.filter(line => line === 'CaughtUp').length
    // Until it is back, and then some.
    while (caughtUps() < 2) await send()
    await send()
    const lines = await page.prints(`message ${sent.length - 1}`)
    expect(lines.filter(line => line !== 'CaughtUp')).toEqual(sent)
    expect(caughtUps()).toBe(2)
  })

  test.each([
    ['follow', 'pingMs: 300'],
    ['followByStream', 'silenceMs: 600'],
  ] as const)('004.7 %s outlives a server that went, and a network that died without a word', async (name, options) => {
    const { patient, professional, conversationId } = await given.talk()
    const proxy = await startTcpProxy(app.url)
    const page = await startModule(following(name, options), {
      ...environment(patient, conversationId),
      COLLOQUY_URL: proxy.through(url),
    })
    await page.prints('CaughtUp')
    await proxy.cut()
    await professional.send(conversationId, 'one')
    // The second found nobody.
    await page.prints('connects 3')
    await proxy.restore()
    await page.prints('one')
    proxy.forget()
    await professional.send(conversationId, 'two')
    const lines = await page.prints('two')
    expect(lines.filter(line => !/^(CaughtUp|connects)/.test(line))).toEqual(['one', 'two'])
    await given.care(patient, professional, false)
    await page.prints('ended FORBIDDEN')
  })

  test.each(['follow', 'followByStream'] as const)('004.7 %s stops at a token that is refused again', async name => {
    const { patient, conversationId } = await given.talk()
    const TOKEN = tokenFor(patient.id, { expiresIn: -60 })
    const page = await startModule(following(name, ''), { ...environment(patient, conversationId), TOKEN })
    await page.prints('ended UNAUTHENTICATED')
  })

  test('004.7 sends, and reads an event stream', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const page = await startModule(
      `import { sendMessage, stream } from './colloquy.mjs'
      const { COLLOQUY_URL: url, TOKEN: token, CONVERSATION_ID: conversationId } = process.env
      const sent = await sendMessage({ url, getToken: async () => token, conversationId, body: 'From a page' })
      console.log('sent', sent.seq)
      await stream({ url, token, query: '{ me { id } }', onResult: ({ data }) => console.log('me', data.me.id) })
      await stream({
        url,
        token,
        query: 'subscription ($id: ID!, $after: String) { messageAdded(conversationId: $id, after: $after) { body } }',
        variables: { id: conversationId, after: sent.cursor },
        onResult: ({ data }) => console.log('streamed', data.messageAdded.body),
      })`,
      environment(patient, conversationId),
    )
    expect(await page.prints(`me ${patient.id}`)).toEqual(['sent 1', `me ${patient.id}`])
    await professional.send(conversationId, 'To a page, ü and all')
    await page.prints('streamed To a page, ü and all')
  })
})

describe('004.7 the examples of docs/clients.md: the command line', () => {
  const withCurl = testWith(findCommand([['curl', '--version']]), 'curl')
  const [query = '', stream = '', wscat = '', socket = ''] = examples('Command line', 'sh')

  withCurl('004.7 curl: a query', async () => {
    const { patient, conversationId } = await given.talk()
    const shell = startExample('sh', ['-c', query], environment(patient, conversationId))
    await shell.prints(`{"data":{"me":{"displayName":"${patient.displayName}"},"unreadCounts":{"total":0}}}`)
  })

  withCurl('004.7 curl: an event stream', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const shell = startExample('sh', ['-c', stream], environment(patient, conversationId))
    await shell.prints('{"unreadCountsChanged":{"total":0}}')
    await professional.send(conversationId)
    await shell.prints('{"unreadCountsChanged":{"total":1}}')
  })

  test('004.7 wscat: a WebSocket', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const [first = '', second = ''] = examples('Command line', 'json').join('').trim().split('\n')
    const shell = startExample('sh', ['-c', wscat], environment(patient, conversationId))
    // Outside a terminal it does not say when it is connected, and drops what is typed before.
    const pinging = setInterval(() => shell.type('{"type":"ping"}'), 100)
    await shell.prints('pong').finally(() => clearInterval(pinging))
    shell.type(first)
    await shell.prints('connection_ack')
    shell.type(second)
    await shell.prints('{"unreadCountsChanged":{"total":0}}')
    await professional.send(conversationId)
    await shell.prints('{"unreadCountsChanged":{"total":1}}')
  })

  test('004.7 node: a WebSocket', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const shell = startExample('sh', ['-c', socket], environment(patient, conversationId))
    await shell.prints('{"unreadCountsChanged":{"total":0}}')
    await professional.send(conversationId)
    await shell.prints('{"unreadCountsChanged":{"total":1}}')
  })
})

describe('004.7 the examples of docs/clients.md: Python', () => {
  const hasWebsockets = ['-c', 'import websockets']
  const python = findCommand([
    ['python3', ...hasWebsockets],
    ['/usr/bin/python3', ...hasWebsockets],
  ])

  const withPython = testWith(python, 'python3 with websockets')
  const startProgram = async (values: Record<string, string>) => {
    const folder = await writeFiles({ 'follow.py': examples('Python', 'python').join('\n') })
    return startExample('sh', ['-c', `exec ${python} ${folder}/follow.py 2>&1`], values)
  }

  withPython('004.7 follows a conversation, also when the server went', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const proxy = await startTcpProxy(app.url)
    const COLLOQUY_URL = proxy.through(url)
    const program = await startProgram({ ...environment(patient, conversationId), COLLOQUY_URL })
    await program.prints('CaughtUp')
    await professional.send(conversationId, 'To Python')
    await program.prints('"body": "To Python"')
    await proxy.cut()
    await professional.send(conversationId, 'Meanwhile')
    await proxy.restore()
    const lines = await program.prints('"body": "Meanwhile"')
    expect(lines.filter(line => line.includes('To Python'))).toHaveLength(1)
  })

  withPython('004.7 stops at a token that is refused again', async () => {
    const { patient, conversationId } = await given.talk()
    const TOKEN = tokenFor(patient.id, { expiresIn: -60 })
    const program = await startProgram({ ...environment(patient, conversationId), TOKEN })
    await program.prints('PermissionError: The token is refused.')
  })
})
