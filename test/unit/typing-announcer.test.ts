import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { Connection } from '../../src/connections/connection.js'
import type { TypingSignal } from '../../src/events/topics.js'
import { stopped } from '../../src/presence/typing.js'
import { TypingAnnouncer } from '../../src/presence/typing-announcer.js'

// Real: the announcer. Not real: the bus, the clock.

const CONVERSATION = 'c0ffee00-0000-4000-8000-000000000000'
const start = (expiresAt = 1): TypingSignal => ({
  conversationId: CONVERSATION,
  userId: 'anna',
  isTyping: true,
  expiresAt,
})
const stop = stopped(CONVERSATION, 'anna')

const setUp = () => {
  const published: TypingSignal[] = []
  const bus = { publish: (_kind: string, _id: string, signal: unknown) => void published.push(signal as TypingSignal) }
  return { published, announcer: new TypingAnnouncer(bus, 1_000, 6_000) }
}

beforeEach(() => void jest.useFakeTimers())
afterEach(() => void jest.useRealTimers())

test('a flood of starts is published once an interval, with the newest expiry', () => {
  const { published, announcer } = setUp()
  for (let count = 1; count <= 100; count++) announcer.announce(start(count), null)
  expect(published).toEqual([start(1)])
  jest.advanceTimersByTime(1_000)
  expect(published).toEqual([start(1), start(100)])
  jest.advanceTimersByTime(10_000)
  expect(published).toHaveLength(2)
})

test('a stop goes at once, and a flood of both is bounded and ends as it ended', () => {
  const { published, announcer } = setUp()
  announcer.announce(start(), null)
  announcer.announce(stop, null)
  expect(published).toEqual([start(), stop])
  for (let count = 0; count < 100; count++) {
    announcer.announce(start(), null)
    announcer.announce(stop, null)
  }
  expect(published).toHaveLength(2)
  jest.advanceTimersByTime(1_000)
  expect(published.slice(2)).toEqual([stop])
})

test('whoever types through a connection stops when it goes; someone who had stopped does not stop again', () => {
  const { published, announcer } = setUp()
  const connection = new Connection({ transport: 'WEBSOCKET', id: '1' })
  const other = new Connection({ transport: 'WEBSOCKET', id: '2' })
  announcer.announce(start(), connection)
  connection.ended()
  expect(published).toEqual([start(), stop])
  jest.advanceTimersByTime(1_000)
  announcer.announce(start(), other)
  announcer.announce(stop, other)
  other.ended()
  jest.advanceTimersByTime(10_000)
  expect(published).toEqual([start(), stop, start(), stop])
})

test('typing through a second connection outlives the first', () => {
  const { published, announcer } = setUp()
  const [first, second] = ['1', '2'].map(id => new Connection({ transport: 'WEBSOCKET', id }))
  announcer.announce(start(), first ?? null)
  jest.advanceTimersByTime(1_500)
  announcer.announce(start(2), second ?? null)
  first?.ended()
  expect(published).toEqual([start(), start(2)])
})

test('a server that stops takes back what it announced', () => {
  const { published, announcer } = setUp()
  announcer.announce(start(), null)
  announcer.stop()
  expect(published).toEqual([start(), stop])
  expect(jest.getTimerCount()).toBe(0)
})
