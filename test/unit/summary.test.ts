import { expect, test } from '@jest/globals'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cleanUp } from '../support/cleanup.js'

interface Suite {
  name: string
  statuses: string[]
}

/** As the test runner writes them. */
const resultOf = (suites: Suite[]) => {
  const all = suites.flatMap(({ statuses }) => statuses)
  const count = (status: string) => all.filter(one => one === status).length
  return {
    success: count('failed') === 0,
    numPassedTests: count('passed'),
    numFailedTests: count('failed'),
    testResults: suites.map(({ name, statuses }) => ({
      name: `/project/${name}`,
      status: statuses.includes('failed') ? 'failed' : 'passed',
      assertionResults: statuses.map((status, index) => ({ status, fullName: `test ${index}` })),
    })),
  }
}

const summarise = (runs: Suite[][], ...options: string[]) => {
  const folder = mkdtempSync(join(tmpdir(), 'colloquy-'))
  cleanUp(() => rmSync(folder, { recursive: true }))
  const files = runs.map((suites, index) => {
    const file = join(folder, `${index}.json`)
    writeFileSync(file, JSON.stringify(resultOf(suites)))
    return file
  })
  const args = ['scripts/summary.mjs', ...options, ...files]
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  return { status, lines: stdout.trim().split('\n') }
}

const GOOD = { name: 'test/a.test.ts', statuses: ['passed', 'passed'] }

test('runs that passed are counted together', () => {
  expect(summarise([[GOOD], [GOOD]])).toEqual({ status: 0, lines: ['4 passed, 0 failed'] })
})

test('a failed test fails all', () => {
  const { status, lines } = summarise([[GOOD, { name: 'test/b.test.ts', statuses: ['failed'] }]])
  expect([status, lines.at(-1)]).toEqual([1, '2 passed, 1 failed'])
})

test('so do a skipped one, and a run without tests', () => {
  const skipping = { name: 'test/b.test.ts', statuses: ['passed', 'pending'] }
  expect(summarise([[GOOD, skipping]])).toEqual({
    status: 1,
    lines: ['Skipped: /project/test/b.test.ts: test 1', '3 passed, 0 failed'],
  })
  expect(summarise([[GOOD], []]).status).toBe(1)
})

test('but not where it may be skipped', () => {
  const skipping = { name: 'test/b.test.ts', statuses: ['pending'] }
  expect(summarise([[GOOD, skipping]], '--may-skip', 'test/b.test.ts')).toEqual({
    status: 0,
    lines: ['Skipped, as it may be: /project/test/b.test.ts: test 0', '2 passed, 0 failed'],
  })
  expect(summarise([[GOOD, skipping]], '--may-skip', 'test/c.test.ts').status).toBe(1)
})
