import { expect, test } from '@jest/globals'
import { Redis } from 'ioredis'
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { setImmediate as turn } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { RedisEventBus } from '../../src/events/redis-event-bus.js'
import type { TypingSignal } from '../../src/events/topics.js'
import { createLogger } from '../../src/logger.js'
import { cleanUp } from '../support/cleanup.js'
import { onPostgres, testRedisUrl } from '../support/engine.js'
import { startTcpProxy } from '../support/tcp-proxy.js'

/** What came, to be awaited. */
class Inbox<T> {
  private readonly items: T[] = []
  private wake = () => {}

  readonly receive = (item: T) => {
    this.items.push(item)
    this.wake()
  }

  async next(): Promise<T> {
    while (this.items.length === 0) await new Promise<void>(resolve => (this.wake = resolve))
    return this.items.shift() as T
  }

  get waiting() {
    return this.items.length
  }
}

const openBus = (prefix: string, url = testRedisUrl(), heartbeatMs = 100) => {
  const bus = new RedisEventBus({ url, prefix, logger: createLogger('silent'), heartbeatMs })
  cleanUp(() => bus.close())
  return bus
}

const openRedis = () => {
  const redis = new Redis(testRedisUrl())
  cleanUp(() => redis.disconnect())
  return redis
}

const interruption = (bus: RedisEventBus) =>
  new Promise<void>(resolve => {
    const stop = bus.onInterrupted(() => {
      stop()
      resolve()
    })
  })

const until = async (bus: RedisEventBus, healthy: boolean) => {
  while ((await bus.healthy()) !== healthy) await turn()
}

const typing = (conversationId: string): TypingSignal => ({ conversationId, userId: 'u', isTyping: true, expiresAt: 1 })

const participant = {
  id: 'p',
  conversationId: 'c',
  userId: 'u',
  role: 'PATIENT' as const,
  rev: 7,
  membership: 1,
  accessRev: 2,
  visibleFromSeq: 1,
  deliveredThrough: 3,
  readThrough: 3,
  ownCanSend: null,
  ownCanViewHistory: null,
  notificationsEnabled: true,
  mutedUntil: null,
  joinedAt: new Date('2026-11-20T08:00:00.123Z'),
  leftAt: null,
}

onPostgres('events over Redis', () => {
  test('reach other processes as they were, and this one once', async () => {
    const prefix = randomUUID()
    const [here, there] = [openBus(prefix), openBus(prefix)]
    await Promise.all([interruption(here), interruption(there)])
    const own = new Inbox<unknown>()
    const others = new Inbox<unknown>()
    await here.subscribe('conversation', 'c', own.receive)
    await there.subscribe('conversation', 'c', others.receive)
    const eventAt = (rev: number) => ({
      first: rev,
      last: rev,
      changes: [{ rev, kind: 'participant' as const, participant: { ...participant, rev } }],
    })
    const event = eventAt(7)
    here.publish('conversation', 'c', event)
    expect(await others.next()).toEqual(event)
    expect(await own.next()).toEqual(event)
    there.publish('conversation', 'c', eventAt(8))
    expect(await own.next()).toMatchObject({ first: 8 })
  })

  test('stop with the last listener, and begin again', async () => {
    const prefix = randomUUID()
    const [here, there] = [openBus(prefix), openBus(prefix)]
    await Promise.all([interruption(here), interruption(there)])
    const first = new Inbox<TypingSignal>()
    const second = new Inbox<TypingSignal>()
    const stop = await here.subscribe('typing', 'c', first.receive)
    stop()
    stop()
    await here.subscribe('typing', 'c', second.receive)
    there.publish('typing', 'c', typing('1'))
    expect(await second.next()).toEqual(typing('1'))
    expect(first.waiting).toBe(0)
  })

  test('of another prefix, or malformed, are not heard', async () => {
    const prefix = randomUUID()
    const bus = openBus(prefix)
    await interruption(bus)
    const inbox = new Inbox<TypingSignal>()
    await bus.subscribe('typing', 'c', inbox.receive)
    const redis = openRedis()
    const origin = randomUUID()
    await redis.publish(`other:typing:c`, origin + JSON.stringify(typing('0')))
    for (const text of ['', '{}', 'x'.repeat(40), `${origin}null`, `${origin}{"conversationId":1}`, `${origin}[`])
      await redis.publish(`${prefix}:typing:c`, text)
    await redis.publish(`${prefix}:typing:c`, origin + JSON.stringify(typing('1')))
    expect(await inbox.next()).toEqual(typing('1'))
  })

  test('arrive again after Redis was cut off; meanwhile nothing throws or waits', async () => {
    const prefix = randomUUID()
    const proxy = await startTcpProxy(testRedisUrl())
    const [cut, other] = [openBus(prefix, proxy.through(testRedisUrl())), openBus(prefix)]
    await Promise.all([interruption(cut), interruption(other)])
    const before = new Inbox<TypingSignal>()
    const during = new Inbox<TypingSignal>()
    await cut.subscribe('typing', 'before', before.receive)
    await proxy.cut()
    cut.publish('typing', 'before', typing('local'))
    expect(await before.next()).toEqual(typing('local'))
    await cut.subscribe('typing', 'during', during.receive)
    const gone = await cut.subscribe('typing', 'gone', during.receive)
    gone()
    expect(await cut.healthy()).toBe(false)
    const interrupted = interruption(cut)
    await proxy.restore()
    await interrupted
    for (const id of ['before', 'during', 'gone']) other.publish('typing', id, typing(id))
    expect(await before.next()).toEqual(typing('before'))
    expect(await during.next()).toEqual(typing('during'))
    expect(during.waiting).toBe(0)
    await until(cut, true)
  })

  test('arrive again after a connection that only seemed alive: the heartbeat did not come back', async () => {
    const prefix = randomUUID()
    const proxy = await startTcpProxy(testRedisUrl())
    const [frozen, other] = [openBus(prefix, proxy.through(testRedisUrl())), openBus(prefix)]
    await Promise.all([interruption(frozen), interruption(other)])
    const inbox = new Inbox<TypingSignal>()
    await frozen.subscribe('typing', 'c', inbox.receive)
    proxy.freeze()
    const interrupted = interruption(frozen)
    await until(frozen, false)
    await proxy.restore()
    await interrupted
    other.publish('typing', 'c', typing('1'))
    expect(await inbox.next()).toEqual(typing('1'))
  })

  test('a SUBSCRIBE that Redis refuses does not end the process, and is tried again', async () => {
    const redis = openRedis()
    const user = `test-${randomUUID()}`
    const prefix = randomUUID()
    await redis.call('ACL', 'SETUSER', user, 'on', '>secret', '~*', '+@all', 'resetchannels')
    cleanUp(() => redis.call('ACL', 'DELUSER', user))
    const url = new URL(testRedisUrl())
    url.username = user
    url.password = 'secret'
    const code = `
      const { RedisEventBus } = await import('./dist/events/redis-event-bus.js')
      const say = text => console.log(text)
      const logger = { debug() {}, info() {}, error() {}, warn: (fields, message) => say(message) }
      const bus = new RedisEventBus({ url: process.env.URL, prefix: process.env.PREFIX, logger, heartbeatMs: 100 })
      bus.onInterrupted(() => say('INTERRUPTED'))
      await bus.subscribe('typing', 'c', event => say('HEARD ' + event.conversationId))
      say('SUBSCRIBED')`
    const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      env: { PATH: process.env.PATH, URL: url.href, PREFIX: prefix },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const exited = once(child, 'close')
    cleanUp(async () => {
      child.kill('SIGKILL')
      await exited
    })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
    const says = async (text: string) => {
      while (!output.includes(text))
        await Promise.race([
          once(child.stdout, 'data'),
          exited.then(() => Promise.reject(new Error(`It exited: ${output}`))),
        ])
    }
    await says('SUBSCRIBED')
    await says('it is tried again')
    await redis.call('ACL', 'SETUSER', user, 'allchannels')
    await says('INTERRUPTED')
    await redis.publish(`${prefix}:typing:c`, randomUUID() + JSON.stringify(typing('1')))
    await says('HEARD 1')
  })
})
