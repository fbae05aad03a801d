import { expect, test } from '@jest/globals'
import { onPostgres } from '../support/engine.js'
import { make } from '../support/make.js'
import { startApp, type TestApp } from '../support/start-app.js'
import { serverEnvironment, startProcess } from '../support/start-process.js'
import { startTcpProxy } from '../support/tcp-proxy.js'

interface Presence {
  online: boolean
  lastSeenAt: string | null
}

const WATCH = 'subscription ($ids: [ID!]) { presence(userIds: $ids) { online lastSeenAt } }'
const isOnline = ({ presence }: { presence: Presence }) => presence.online
const isOffline = ({ presence }: { presence: Presence }) => !presence.online

onPostgres('presence when servers and connections fail', () => {
  const timings = { touchEveryMs: 200, deadAfterMs: 1_500, checkEveryMs: 200 }

  /** Real: the process, PostgreSQL, Redis. */
  const startOther = (app: TestApp) =>
    startProcess(
      serverEnvironment(app.config.databaseUrl, {
        LOG_LEVEL: 'silent',
        PRESENCE_TIMINGS: JSON.stringify(timings),
      }),
      'test/support/presence-server.mjs',
    )

  const setUp = async () => {
    const app = await startApp({}, { presenceTimings: timings })
    const other = await startOther(app)
    const talk = await make(app).talk()
    const socket = await talk.professional.at(other).connect()
    const events = talk.patient.sse<{ presence: Presence }>(WATCH, { ids: [talk.professional.id] })
    await events.until(isOnline)
    return { ...talk, other, socket, events }
  }

  test('the users of a killed process go offline, and their typing ends, by themselves', async () => {
    const { patient, professional, conversationId, other, socket, events } = await setUp()
    const setTyping = `mutation ($id: ID!) { setTyping(input: { conversationId: $id, isTyping: true }) { typing { isTyping } } }`
    const typing = (await patient.connect()).subscribe<{ typing: { isTyping: boolean } }>(
      'subscription ($id: ID) { typing(conversationId: $id) { isTyping } }',
      { id: conversationId },
    )
    let live = false
    const first = typing.next().finally(() => (live = true))
    while (!live) await socket.request(setTyping, { id: conversationId })
    expect(await first).toEqual({ typing: { isTyping: true } })

    await other.kill('SIGKILL')
    const [offline] = (await events.until(isOffline)).slice(-1)
    expect(Date.parse(offline?.presence.lastSeenAt ?? '')).toBeLessThan(Date.now())
    await typing.until(event => !event.typing.isTyping)
    await professional.connect()
    await events.until(isOnline)
  })

  test('a process that was frozen, and taken for dead, comes back with its users', async () => {
    const { other, events } = await setUp()
    process.kill(other.pid, 'SIGSTOP')
    await events.until(isOffline)
    process.kill(other.pid, 'SIGCONT')
    await events.until(isOnline)
  })

  test('who goes while the database does not answer is offline once it does', async () => {
    // Nobody is taken for dead: the server has to say so itself.
    const presenceTimings = { ...timings, deadAfterMs: 60_000 }
    const app = await startApp({}, { presenceTimings })
    const proxy = await startTcpProxy(app.config.databaseUrl ?? '')
    const databaseUrl = proxy.through(app.config.databaseUrl ?? '')
    const other = await startApp({ databaseUrl }, { presenceTimings })
    const { patient, professional } = await make(app).pair()
    const socket = await professional.at(other).connect()
    const events = patient.sse<{ presence: Presence }>(WATCH, { ids: [professional.id] })
    await events.until(isOnline)
    await proxy.cut()
    await socket.close()
    await proxy.restore()
    await events.until(isOffline)
  })
})
