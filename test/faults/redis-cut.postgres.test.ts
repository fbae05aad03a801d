import { beforeAll, expect, test } from '@jest/globals'
import { setTimeout as sleep } from 'node:timers/promises'
import { cleanUp } from '../support/cleanup.js'
import { createPostgresDatabase } from '../support/database.js'
import { onPostgres, testRedisUrl } from '../support/engine.js'
import type { TestPerson } from '../support/make.js'
import { readiness } from '../support/readiness.js'
import { serverEnvironment, startProcess, type ServerProcess } from '../support/start-process.js'
import type { Subscription } from '../support/subscription.js'
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js'
import { Traffic } from '../support/traffic.js'

const OUTAGE_MS = 5_000
const RECOVERY_MS = 10_000

interface TypingEvent {
  typing: { isTyping: boolean }
}

const SET_TYPING = `mutation ($input: SetTypingInput!) { setTyping(input: $input) { typing { isTyping } } }`
const TYPING = `subscription ($id: ID!) { typing(conversationId: $id) { isTyping } }`

onPostgres('Redis', () => {
  let proxies: [TcpProxy, TcpProxy]
  let servers: [ServerProcess, ServerProcess]
  let traffic: Traffic
  let typist: TestPerson
  let conversationId: string
  let typing: Subscription<TypingEvent>

  const setTyping = (isTyping: boolean) => typist.request(SET_TYPING, { input: { conversationId, isTyping } })

  /** Typing travels on Redis alone. A client repeats it while the person types. */
  const expectTypingHeard = async (patienceMs: number) => {
    const deadline = Date.now() + patienceMs
    for (let heard = false; !heard;) {
      expect(Date.now()).toBeLessThan(deadline)
      await setTyping(true)
      heard = await typing
        .until(event => event.typing.isTyping, 1_100)
        .then(
          () => true,
          () => false,
        )
    }
    await setTyping(false)
    await typing.until(event => !event.typing.isTyping)
  }

  beforeAll(async () => {
    const { url, drop } = await createPostgresDatabase()
    cleanUp(drop)
    proxies = await Promise.all([startTcpProxy(testRedisUrl()), startTcpProxy(testRedisUrl())])
    const start = (proxy: TcpProxy) =>
      startProcess(
        serverEnvironment(url, {
          REDIS_URL: proxy.through(testRedisUrl()),
          // Counted in Redis, and never reached.
          RATE_LIMIT_MESSAGES_PER_MINUTE: '1000000',
        }),
      )
    servers = await Promise.all([start(proxies[0]), start(proxies[1])])
    traffic = new Traffic(url, servers)
    for (let talks = 1; talks < 4; talks++) await traffic.add()
    const { patient, professional, ...talk } = await traffic.add()
    conversationId = talk.conversationId
    typist = patient.at(servers[0])
    typing = (await professional.at(servers[1]).connect()).subscribe<TypingEvent>(TYPING, { id: conversationId })
    await expectTypingHeard(RECOVERY_MS)
  }, 60_000)

  const cutOne = async () => proxies[0].cut()
  const cutBoth = async () => void (await Promise.all(proxies.map(proxy => proxy.cut())))
  const freezeBoth = async () => proxies.forEach(proxy => proxy.freeze())

  test.each([
    ['cut from both processes', cutBoth, [0, 1]],
    ['cut from one process', cutOne, [0]],
    ['silent for both processes', freezeBoth, [0, 1]],
  ])(
    '%s for 5 seconds: sends go on, and soon after all have everything',
    async (_what, fail, failing) => {
      await fail()
      const outage = Promise.all([
        sleep(OUTAGE_MS),
        ...failing.map(async index => {
          const server = servers[index === 0 ? 0 : 1]
          expect((await readiness(server, 503)).parts).toEqual({ database: true, bus: false })
          expect((await fetch(`${server.url}/health/live`)).status).toBe(200)
        }),
      ])
      const { sent, slowestMs } = await traffic.sendUntil(outage)
      await Promise.all(proxies.map(proxy => proxy.restore()))
      const restored = Date.now()
      await traffic.expectDelivered(RECOVERY_MS)
      await expectTypingHeard(restored + RECOVERY_MS - Date.now())
      for (const server of servers) expect((await readiness(server, 200)).parts).toEqual({ database: true, bus: true })
      await traffic.expectKept()
      // Less than the outage: none waited for its end.
      expect(slowestMs).toBeLessThan(OUTAGE_MS / 2)
      expect(sent).toBeGreaterThan(40)
      expect(traffic.clients.flatMap(client => client.refusals)).toEqual([])
    },
    60_000,
  )

  test('connections that fall silent for good are noticed by the heartbeat, and replaced', async () => {
    for (const proxy of proxies) proxy.forget()
    const forgotten = Date.now()
    await traffic.sendUntil(expectTypingHeard(RECOVERY_MS))
    await traffic.expectDelivered(forgotten + RECOVERY_MS - Date.now())
    for (const server of servers) await readiness(server, 200)
    await traffic.expectKept()
  }, 60_000)

  test('none of it has ended a process', async () => {
    for (const server of servers) expect(await server.kill('SIGTERM')).toEqual({ code: 0, signal: null })
  })
})
