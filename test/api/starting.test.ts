import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import pg from 'pg'
import { createApp } from '../../src/app.js'
import type { Config } from '../../src/config.js'
import { cleanUp } from '../support/cleanup.js'
import { createPostgresDatabase } from '../support/database.js'
import { engine, onEmbedded, onPostgres, testRedisUrl } from '../support/engine.js'
import { dataOf, postGraphql } from '../support/graphql-client.js'
import { startApp } from '../support/start-app.js'
import { runProcess, startProcess, type ServerProcess } from '../support/start-process.js'

const CONVERSATIONS = '{ conversations(first: 10) { edges { node { messages { edges { node { seq body } } } } } } }'

interface Conversations {
  conversations: { edges: { node: { messages: { edges: { node: { seq: number } }[] } } }[] }
}

const folder = () => {
  const path = mkdtempSync(join(tmpdir(), 'colloquy-'))
  cleanUp(() => rmSync(path, { recursive: true }))
  return path
}

/** It is printed after the address. */
const curlLine = async (server: ServerProcess) => {
  for (;;) {
    const line = /^curl .*$/m.exec(server.output())?.[0]
    if (line !== undefined) return line
    await server.printsMore()
  }
}

const tokenIn = (curl: string) => /Bearer ([\w.-]+)/.exec(curl)?.[1] ?? ''

/** One conversation, each message of it once. */
const ANA_HAS = [[1, 2, 3, 4, 5]]

const messageNumbers = async (server: ServerProcess, curl: string) => {
  const { conversations } = dataOf(await postGraphql<Conversations>(server.url, tokenIn(curl), CONVERSATIONS))
  return conversations.edges.map(({ node }) => node.messages.edges.map(message => message.node.seq))
}

onEmbedded('a newcomer', () => {
  test('gets demo people, their tokens and a line that works when pasted, each time it starts', async () => {
    const environment = { DATA_DIR: folder() }
    const first = await startProcess(environment)
    const line = await curlLine(first)
    expect(first.output()).toContain(`Listening on ${first.url}\nThe web application: ${first.url}/ `)
    for (const id of ['demo-ana', 'demo-ben', 'demo-dr-chen', 'demo-dr-diaz', 'demo-admin'])
      expect(first.output()).toMatch(new RegExp(`\\(${id}, [A-Z]+\\)\\n  [\\w-]+\\.[\\w-]+\\.[\\w-]+\\n`))
    const pasted: unknown = JSON.parse(execFileSync('bash', ['-c', line], { encoding: 'utf8' }))
    expect(pasted).toMatchObject({ data: { me: { displayName: 'Ana Silva' }, conversations: { edges: [{}] } } })
    expect(await first.kill('SIGTERM')).toEqual({ code: 0, signal: null })

    const second = await startProcess(environment)
    expect(await messageNumbers(second, await curlLine(second))).toEqual(ANA_HAS)
    expect(await messageNumbers(second, line)).toEqual(ANA_HAS)
    expect(await second.kill('SIGINT')).toEqual({ code: 0, signal: null })
  })

  test('gets a token for anyone by npm run token, for the secret that the server uses', async () => {
    const environment = { DATA_DIR: folder() }
    const { code, output } = await runProcess(
      'node_modules/tsx/dist/cli.mjs',
      ['scripts/token.ts', 'someone', 'doctor'],
      environment,
    )
    expect(code).toBe(0)
    // Whoever forgot the server's DATA_DIR learns of it here.
    expect(output).toContain(`Made ${environment.DATA_DIR}/secret, which was not there`)
    const server = await startProcess(environment)
    const again = await runProcess('node_modules/tsx/dist/cli.mjs', ['scripts/token.ts', 'someone'], environment)
    expect(again.output).toMatch(/^\S+\n$/)
    const { me } = dataOf(
      await postGraphql<{ me: unknown }>(server.url, /^ey\S+$/m.exec(output)?.[0] ?? '', '{ me { id roles } }'),
    )
    expect(me).toEqual({ id: 'someone', roles: ['PROFESSIONAL'] })
    const unknown = await runProcess('node_modules/tsx/dist/cli.mjs', ['scripts/token.ts', 'x', 'wizard'], environment)
    expect(unknown).toMatchObject({ code: 1, output: expect.stringMatching(/"wizard" is no role/) })
  })

  test('is told in one line what is wrong with the configuration', async () => {
    expect(await runProcess('dist/main.js', [], { PORT: 'many' })).toMatchObject({
      code: 1,
      output: expect.stringMatching(/^PORT must be .*\n$/),
    })
  })

  test('is refused in production what only makes sense elsewhere', async () => {
    const dataDir = folder()
    const { code, output } = await runProcess('dist/main.js', [], { NODE_ENV: 'production', DATA_DIR: dataDir })
    expect(code).toBe(1)
    expect(output).toMatch(/^.*DATABASE_URL.*JWT_SECRET.*\n$/)
    const guessable = await runProcess('dist/main.js', [], {
      NODE_ENV: 'production',
      DATABASE_URL: 'postgresql://localhost',
      JWT_SECRET: 'x'.repeat(31),
    })
    expect(guessable).toMatchObject({ code: 1, output: expect.stringMatching(/^.*JWT_SECRET.* 32 bytes\.\n$/) })
    const token = await runProcess('node_modules/tsx/dist/cli.mjs', ['scripts/token.ts', 'someone'], {
      NODE_ENV: 'production',
      DATABASE_URL: 'postgresql://localhost',
      JWT_JWKS_URL: 'https://keys.example',
      DATA_DIR: dataDir,
    })
    expect(token.code).toBe(1)
    expect(token.output).toMatch(/JWT_JWKS_URL/)
  })
})

/** An app that cannot be built, and what of its parts was closed. */
const failToCreate = async (fault: Partial<Config>) => {
  const app = await startApp()
  const closed: string[] = []
  const borrowed = <Part extends object>(name: string, part: Part): Part =>
    Object.assign(Object.create(part) as Part, {
      close: () => {
        closed.push(name)
        return name === 'bus' ? Promise.reject(new Error('stuck')) : Promise.resolve()
      },
    })
  const parts = { database: borrowed('database', app.database), bus: borrowed('bus', app.services.bus) }
  const error = await createApp({ ...app.config, ...fault }, parts).catch((thrown: unknown) => thrown)
  return { error, closed }
}

describe('what cannot start leaves nothing behind', () => {
  /** In the way of a server. */
  const occupyPort = async () => {
    const server = createServer()
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    cleanUp(() => server.close())
    return (server.address() as AddressInfo).port
  }

  test('where its port is in use: one line says so', async () => {
    const port = await occupyPort()
    const dataDir = folder()
    const database = engine === 'postgres' ? await createPostgresDatabase() : undefined
    if (database) cleanUp(database.drop)
    const { code, output } = await runProcess('dist/main.js', [], {
      PORT: String(port),
      DATA_DIR: dataDir,
      LOG_LEVEL: 'warn',
      ...(database && { DATABASE_URL: database.url, REDIS_URL: testRedisUrl() }),
    })
    expect({ code, output }).toEqual({
      code: 1,
      output: `127.0.0.1:${port} is in use: set PORT or HOST to another.\n`,
    })
    expect(readdirSync(dataDir).filter(name => name.startsWith('lock'))).toEqual([])
    if (!database) return
    const client = new pg.Client(database.url)
    await client.connect()
    const { rows } = await client.query('select id from server_processes')
    await client.end()
    expect(rows).toEqual([])
  })

  test('where the database does not answer, or its folder is another process’s: one line says so', async () => {
    const unreachable = await runProcess('dist/main.js', [], {
      DATA_DIR: folder(),
      DATABASE_URL: 'postgresql://postgres:a-password@127.0.0.1:1/none',
    })
    expect(unreachable.code).toBe(1)
    expect(unreachable.output).toMatch(/^The database does not answer .*: check DATABASE_URL\.\n$/)
    expect(unreachable.output).not.toContain('a-password')
    const dataDir = folder()
    await startProcess({ DATA_DIR: dataDir })
    const second = await runProcess('dist/main.js', [], { DATA_DIR: dataDir, PORT: '0' })
    expect(second.code).toBe(1)
    expect(second.output).toMatch(/^The data directory .* is in use by the process \d+\..*\n$/)
  })

  test('where a transport cannot be built: every part is closed, also after one that cannot be', async () => {
    const { error, closed } = await failToCreate({ trustProxy: 'no address' as unknown as boolean })
    expect(String(error)).toMatch(/no address/)
    expect(closed).toEqual(['bus', 'database'])
  })
})

onPostgres('two processes that start at once on an empty database', () => {
  test('migrate it once and make one demo', async () => {
    const { url, drop } = await createPostgresDatabase({ empty: true })
    cleanUp(drop)
    const environment = { DATABASE_URL: url, REDIS_URL: testRedisUrl(), DATA_DIR: folder() }
    const servers = await Promise.all([startProcess(environment), startProcess(environment)])
    const lines = await Promise.all(servers.map(curlLine))
    for (const server of servers) for (const line of lines) expect(await messageNumbers(server, line)).toEqual(ANA_HAS)
    for (const server of servers) expect(await server.kill('SIGTERM')).toEqual({ code: 0, signal: null })
  })

  test('in production there is no demo', async () => {
    const { url, drop } = await createPostgresDatabase({ empty: true })
    cleanUp(drop)
    const server = await startProcess({
      NODE_ENV: 'production',
      DATABASE_URL: url,
      REDIS_URL: testRedisUrl(),
      JWT_SECRET: 'a secret for this test, longer than thirty-two characters',
    })
    while ((await fetch(`${server.url}/health/ready`)).status !== 200)
      expect(await fetch(`${server.url}/health/live`)).toMatchObject({ status: 200 })
    expect(await server.kill('SIGTERM')).toEqual({ code: 0, signal: null })
    expect(server.output()).not.toMatch(/demo|curl/i)
  })
})
