import { beforeAll, expect, test } from '@jest/globals'
import { setTimeout as sleep } from 'node:timers/promises'
import { cleanUp } from '../support/cleanup.js'
import { createPostgresDatabase } from '../support/database.js'
import { onPostgres } from '../support/engine.js'
import { make, type TestPerson } from '../support/make.js'
import { readiness } from '../support/readiness.js'
import { serverEnvironment, startProcess, type ServerProcess } from '../support/start-process.js'
import type { SocketClient } from '../support/subscription-client.js'
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js'
import { Traffic } from '../support/traffic.js'

const OUTAGE_MS = 5_000
const RECOVERY_MS = 10_000
/** Longer than a send is kept waiting. */
const LONGEST_OUTAGE_MS = 30_000

const ME = '{ me { id } }'

onPostgres('PostgreSQL', () => {
  let proxies: [TcpProxy, TcpProxy]
  let servers: [ServerProcess, ServerProcess]
  let traffic: Traffic
  let reader: TestPerson
  let socket: SocketClient

  beforeAll(async () => {
    const { url, drop } = await createPostgresDatabase()
    cleanUp(drop)
    proxies = await Promise.all([startTcpProxy(url), startTcpProxy(url)])
    const start = (proxy: TcpProxy) => startProcess(serverEnvironment(proxy.through(url)))
    servers = await Promise.all([start(proxies[0]), start(proxies[1])])
    traffic = new Traffic(url, servers)
    for (let talks = 1; talks < 4; talks++) await traffic.add()
    reader = (await traffic.add()).patient.at(servers[0])
    socket = await reader.connect()
  }, 60_000)

  /** Everyone sends all the while. */
  const sendWhile = (fail: () => unknown, check: () => Promise<unknown>) => {
    const outage = async () => {
      await fail()
      try {
        await check()
      } finally {
        await all(proxy => proxy.restore())
      }
    }
    return traffic.sendUntil(outage())
  }
  const all = async (act: (proxy: TcpProxy) => unknown) => void (await Promise.all(proxies.map(act)))
  const refusals = () => traffic.clients.flatMap(client => client.refusals)

  /** Until a send that waited for the database was told that it is not there. */
  const sendRefused = async () => {
    const before = refusals().length
    const deadline = Date.now() + LONGEST_OUTAGE_MS
    while (refusals().length === before && Date.now() < deadline) await sleep(50)
    expect(refusals().length).toBeGreaterThan(before)
  }

  const expectNotReady = async (at: number[]) => {
    for (const index of at) {
      const server = servers[index === 0 ? 0 : 1]
      expect((await readiness(server, 503)).parts).toEqual({ database: false, bus: true })
      expect((await fetch(`${server.url}/health/live`)).status).toBe(200)
    }
  }
  const expectReadsRefused = async () => {
    const overHttp = await reader.ask(ME)
    expect({ status: overHttp.status, code: overHttp.errors?.[0]?.extensions.code }).toEqual({
      status: 503,
      code: 'UNAVAILABLE',
    })
    await expect(socket.request(ME)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  }

  /** Nobody was restarted or had to connect again; what could not be done is done; nothing is half done. */
  const expectRecovered = async () => {
    await traffic.expectDelivered(RECOVERY_MS)
    for (const server of servers) expect((await readiness(server, 200)).parts).toEqual({ database: true, bus: true })
    await traffic.expectKept()
    expect(traffic.clients.map(client => client.unanswered)).toEqual(traffic.clients.map(() => 0))
    expect(refusals().filter(code => code !== 'UNAVAILABLE')).toEqual([])
    expect(await socket.request(ME)).toEqual({ me: { id: reader.id } })
    for (const server of servers) {
      const { professional, conversationId } = await make(server).talk()
      expect(await professional.send(conversationId)).toMatchObject({ seq: 1 })
    }
  }

  test.each([
    ['cut from both processes', () => all(proxy => proxy.cut()), [() => expectNotReady([0, 1]), expectReadsRefused]],
    ['cut from one process', () => proxies[0].cut(), [() => expectNotReady([0]), expectReadsRefused]],
    ['silent for both processes', () => all(proxy => proxy.freeze()), [() => expectNotReady([0, 1])]],
  ])(
    '%s for 5 seconds: what was sent is stored once, and all have everything',
    async (_what, fail, checks) => {
      const { sent } = await sendWhile(fail, () => Promise.all([sleep(OUTAGE_MS), ...checks.map(check => check())]))
      expect(sent).toBeGreaterThan(0)
      await expectRecovered()
    },
    60_000,
  )

  test('silent until sends are refused: repeated, they are stored once', async () => {
    await sendWhile(() => all(proxy => proxy.freeze()), sendRefused)
    await expectRecovered()
  }, 60_000)

  test('connections that fall silent for good are given up', async () => {
    const { slowestMs } = await sendWhile(
      () => all(proxy => proxy.forget()),
      () => sleep(OUTAGE_MS),
    )
    // One deadline, not one for each connection.
    expect(slowestMs).toBeLessThan(RECOVERY_MS)
    await expectRecovered()
  }, 60_000)

  test('none of it has ended a process', async () => {
    for (const server of servers) expect(await server.kill('SIGTERM')).toEqual({ code: 0, signal: null })
  })
})
