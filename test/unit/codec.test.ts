import { describe, expect, test } from '@jest/globals'
import { decodeEvent, encodeEvent } from '../../src/events/codec.js'
import type { ChangeRange } from '../../src/events/topics.js'

const at = new Date('2026-01-02T03:04:05.678Z')
const message = {
  id: 'm',
  conversationId: 'c',
  seq: 4,
  rev: 9,
  addedRev: 9,
  senderId: 'p',
  sender: null,
  senderRole: 'PATIENT' as const,
  kind: 'TEXT' as const,
  body: 'Hello \u2028 "quoted"',
  systemEvent: null,
  clientMessageId: 'k',
  sessionId: null,
  appointmentId: null,
  serviceId: null,
  replyToId: null,
  card: null,
  createdAt: at,
  editedAt: null,
  deletedAt: null,
}
const range: ChangeRange = { first: 8, last: 9, changes: [{ rev: 9, kind: 'message', message }] }
const signal = { sessionId: 's', fromId: 'p', toIds: ['d'], kind: 'OFFER' as const, payload: 'v=0\r\n\u0000\ud800' }
const changed = (change: object) =>
  JSON.stringify({ ...range, changes: [{ rev: 9, kind: 'message', message, ...change }] })

describe('what comes over the bus', () => {
  test('is what was sent, with its times', () => {
    expect(decodeEvent('conversation', encodeEvent(range))).toEqual(range)
    const typing = { conversationId: 'c', userId: 'p', isTyping: true, expiresAt: at.getTime() }
    expect(decodeEvent('typing', encodeEvent(typing))).toEqual(typing)
    expect(decodeEvent('call', encodeEvent(signal))).toEqual(signal)
    const hangup = { ...signal, kind: 'HANGUP', payload: null } as const
    expect(decodeEvent('call', encodeEvent(hangup))).toEqual(hangup)
  })

  test.each([
    ['nothing', 'conversation', ''],
    ['no object', 'conversation', '7'],
    ['a range without changes', 'conversation', JSON.stringify({ ...range, changes: [] })],
    ['a range beyond its changes', 'conversation', JSON.stringify({ ...range, last: 2 ** 53 - 1 })],
    ['a range that ends before it begins', 'conversation', JSON.stringify({ ...range, first: 10 })],
    ['a change of nothing known', 'conversation', changed({ kind: 'constructor' })],
    ['a message without a number', 'conversation', changed({ message: { ...message, seq: undefined } })],
    ['a message at no time', 'conversation', changed({ message: { ...message, createdAt: 'soon' } })],
    ['typing by nobody', 'typing', JSON.stringify({ conversationId: 'c', isTyping: true, expiresAt: 1 })],
    [
      'typing until no time',
      'typing',
      JSON.stringify({ conversationId: 'c', userId: 'p', isTyping: true, expiresAt: 1e300 }),
    ],
    ['the presence of nobody', 'presence', '{}'],
    ['a signal of a call to nobody', 'call', JSON.stringify({ ...signal, toIds: [1] })],
    ['a signal of a call of no kind', 'call', JSON.stringify({ ...signal, kind: 'SHOUT' })],
    ['a signal of a call without words', 'call', JSON.stringify({ ...signal, payload: 7 })],
    ['a signal of no kind', 'user', '{"kind":1}'],
  ] as const)('is dropped where it is malformed: %s', (_what, kind, text) => {
    expect(decodeEvent(kind, text)).toBeNull()
  })
})
