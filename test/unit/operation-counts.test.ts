import { expect, test } from '@jest/globals'
import { OperationCounts, OTHER } from '../../src/metrics/operation-counts.js'

test('operations count by their name and their outcome', () => {
  const counts = new OperationCounts()
  for (const outcome of ['OK', 'OK', 'NOT_FOUND']) counts.count(counts.nameOf('Send', true), outcome)
  counts.count(counts.nameOf(undefined, true), 'OK')
  expect([...counts.entries()]).toEqual([
    { operation: 'unnamed', outcome: 'OK', count: 1 },
    { operation: 'Send', outcome: 'OK', count: 2 },
    { operation: 'Send', outcome: 'NOT_FOUND', count: 1 },
  ])
})

test('names are bounded in number and in length', () => {
  const counts = new OperationCounts()
  const letters = 'abcdefghijklmnopqrst'
  const names = [...letters].flatMap(one => [...letters].map(two => `Read_${one}${two}`))
  const kept = new Set(names.map(name => counts.nameOf(name, true)))
  // And `unnamed`, which nobody gave.
  expect(kept.size).toBe(199)
  expect(counts.nameOf('Read_aa', true)).toBe('Read_aa')
  expect(counts.nameOf(names.at(-1), true)).toBe(OTHER)
  expect(new OperationCounts().nameOf('x'.repeat(65), true)).toBe(OTHER)
})

test('what looks like an id, or comes from nobody, is no name', () => {
  const counts = new OperationCounts()
  expect(counts.nameOf('Patient_4711', true)).toBe(OTHER)
  expect(counts.nameOf('User_deadbeefcafe', true)).toBe(OTHER)
  expect(counts.nameOf('Status', false)).toBe(OTHER)
  expect(counts.nameOf('Status', true)).toBe('Status')
  expect(counts.nameOf('Status', false)).toBe('Status')
})
