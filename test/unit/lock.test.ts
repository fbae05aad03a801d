import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from '@jest/globals'

const lockModule = pathToFileURL('scripts/lock.mjs').href
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'colloquy-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

/** A process that, holding the lock, appends "in", waits a little, and appends "out". */
const holder = async () => {
  const log = JSON.stringify(join(folder, 'log'))
  const script = `
    import { appendFileSync } from 'node:fs'
    import { setTimeout } from 'node:timers/promises'
    import { withLock } from ${JSON.stringify(lockModule)}
    await withLock(${JSON.stringify(join(folder, 'lock'))}, async () => {
      appendFileSync(${log}, 'in ')
      await setTimeout(20)
      appendFileSync(${log}, 'out ')
    })`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'inherit' })
  const [code] = (await once(child, 'exit')) as [number]
  return code
}

test('of several processes one at a time holds the lock', async () => {
  expect(await Promise.all([holder(), holder(), holder(), holder()])).toEqual([0, 0, 0, 0])
  expect(readFileSync(join(folder, 'log'), 'utf8')).toBe('in out '.repeat(4))
  expect(existsSync(join(folder, 'lock'))).toBe(false)
})

test('the lock of a process that was killed is taken over', async () => {
  writeFileSync(join(folder, 'lock'), 'dead')
  const longAgo = new Date(Date.now() - 60_000)
  utimesSync(join(folder, 'lock'), longAgo, longAgo)
  expect(await Promise.all([holder(), holder()])).toEqual([0, 0])
  expect(readFileSync(join(folder, 'log'), 'utf8')).toBe('in out '.repeat(2))
})
