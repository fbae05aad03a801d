import { describe, expect, test } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { make, type TestPerson } from '../support/make.js'
import { startApp } from '../support/start-app.js'
import { tokenFor } from '../support/tokens.js'
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

describe('004.7 the examples of docs/clients.md: Apollo Client', () => {
  test.each([
    [0, 'colloquy-client.ts'],
    [1, 'open-conversation.ts'],
  ])('004.7 block %d is %s, which the tests use', (index, file) => {
    expect(examples('Apollo Client', 'ts')[index]).toBe(readFileSync(new URL(file, import.meta.url), 'utf8'))
  })
})

describe('004.7 the examples of docs/clients.md: plain JavaScript', () => {
  test('004.7 follows a conversation across a token that runs out, each message once', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const tokens = ['', tokenFor(patient.id, { expiresIn: 2 }), tokenFor(patient.id)]
    const page = await startModule(
      `import { follow } from './colloquy.mjs'
      const tokens = JSON.parse(process.env.TOKENS)
      follow({
        url: process.env.COLLOQUY_URL,
        getToken: async () => tokens.shift(),
        conversationId: process.env.CONVERSATION_ID,
        onEvent: event => console.log(event.message?.body ?? event.__typename),
        onError: errors => console.log('ERROR', JSON.stringify(errors)),
      })`,
      { ...environment(patient, conversationId), TOKENS: JSON.stringify(tokens) },
    )
    await page.prints('CaughtUp')
    const sent = Array.from({ length: 30 }, (_, index) => `message ${index}`)
    for (const body of sent) {
      await professional.send(conversationId, body)
      await sleep(100)
    }
    const lines = await page.prints('message 29')
    expect(lines.filter(line => line.startsWith('message'))).toEqual(sent)
    expect(lines.filter(line => line === 'CaughtUp')).toHaveLength(2)
    expect(lines.filter(line => line.startsWith('ERROR'))).toEqual([])
  })

  test('004.7 sends, and reads an event stream', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const page = await startModule(
      `import { sendMessage, stream } from './colloquy.mjs'
      const { COLLOQUY_URL: url, TOKEN: token, CONVERSATION_ID: conversationId } = process.env
      const sent = await sendMessage({ url, getToken: async () => token, conversationId, body: 'From a page' })
      console.log('sent', sent.seq)
      const result = []
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
  const [query = '', stream = '', socket = ''] = examples('Command line', 'sh')

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
    const connections = async () => {
      const { status } = await patient.request<{ status: { activeConnections: number } }>(
        '{ status { activeConnections } }',
      )
      return status.activeConnections
    }
    const before = await connections()
    const shell = startExample('sh', ['-c', socket], environment(patient, conversationId))
    // Outside a terminal it does not say when it is connected, and drops what is typed before.
    while ((await connections()) <= before) await sleep(50)
    await sleep(500)
    shell.type(first)
    await shell.prints('connection_ack')
    shell.type(second)
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

  testWith(python, 'python3 with websockets')('004.7 follows a conversation', async () => {
    const { patient, professional, conversationId } = await given.talk()
    const folder = await writeFiles({ 'follow.py': examples('Python', 'python').join('\n') })
    const program = startExample(python ?? '', [`${folder}/follow.py`], environment(patient, conversationId))
    await program.prints('CaughtUp')
    await professional.send(conversationId, 'To Python')
    await program.prints('"body": "To Python"')
  })
})
