import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import { InspectorDied } from '../../src/attachments/child-inspector.js'
import { fileOf, rejected, startInspector } from '../support/inspect.js'

const HOUR_MS = 3_600_000

/** It has inspected one, and waits for the next. */
const start = async (fileMs = HOUR_MS, idleMs = HOUR_MS) => {
  const inspector = startInspector({ fileMs, idleMs })
  const file = await fileOf('Hello', 'text/plain')
  /** Asked at once. */
  const inspect = () => rejected(inspector.inspect(...file))
  expect(await inspect()).toBe('READY as text/plain')
  return { inspector, inspect, pid: inspector.pid ?? 0 }
}

const whenGone = async (pid: number) => {
  for (let tries = 0; ; tries++) {
    try {
      process.kill(pid, 0)
    } catch {
      return
    }
    if (tries === 500) throw new Error('The process is still there.')
    await sleep(20)
  }
}

test('001.10 a process killed during inspection harms no other, and the next file gets a new one', async () => {
  const { inspector, inspect, pid } = await start()
  process.kill(pid, 'SIGSTOP')
  const [dying, waiting] = [inspect(), inspect()]
  const died = expect(dying).rejects.toThrow(InspectorDied)
  process.kill(pid, 'SIGKILL')
  await died
  expect(await waiting).toBe('READY as text/plain')
  expect(inspector.pid).not.toBe(pid)
})

test('001.10 a file at which the process hangs costs it its life', async () => {
  const { inspect, pid } = await start(3_000)
  process.kill(pid, 'SIGSTOP')
  await expect(inspect()).rejects.toThrow(InspectorDied)
  await whenGone(pid)
  expect(await inspect()).toBe('READY as text/plain')
})

test('001.10 the process serves one file after the other, and ends when there are no more', async () => {
  const { inspector, inspect, pid } = await start(HOUR_MS, 300)
  await Promise.all([inspect(), inspect(), inspect()])
  expect(inspector.pid).toBe(pid)
  await whenGone(pid)
  expect(inspector.pid).toBeUndefined()
  expect(await inspect()).toBe('READY as text/plain')
})

const onLinux = process.platform === 'linux' ? test : test.skip

onLinux('001.10 the process is the first to go where memory runs out', async () => {
  const { pid } = await start()
  expect(readFileSync(`/proc/${pid}/oom_score_adj`, 'utf8').trim()).toBe('1000')
})

test('001.10 the process knows none of the secrets of the server', async () => {
  const { pid } = await start()
  const names = readFileSync(`/proc/${pid}/environ`, 'utf8')
    .split('\0')
    .map(line => line.split('=')[0])
  expect(new Set(names)).toEqual(
    new Set([
      'TMPDIR',
      'MALLOC_ARENA_MAX',
      'UV_THREADPOOL_SIZE',
      'NODE_CHANNEL_FD',
      'NODE_CHANNEL_SERIALIZATION_MODE',
      '',
    ]),
  )
})

test('001.10 what is under way when the server stops is given up, and counts against no file', async () => {
  const { inspector, inspect, pid } = await start()
  process.kill(pid, 'SIGSTOP')
  const given = expect(inspect()).rejects.not.toThrow(InspectorDied)
  await inspector.stop()
  await given
  await whenGone(pid)
  await expect(inspect()).rejects.toThrow('Nothing is inspected any more.')
})
