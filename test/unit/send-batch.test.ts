import { expect, test } from '@jest/globals'
import { createHmac } from 'node:crypto'
import { type NewMessage, prepareMessage, sendParameters } from '../../src/messages/send-batch.js'

const KEY = 'a key'
const message: NewMessage = {
  conversationId: '00000000-0000-4000-8000-000000000000',
  senderId: 'patient',
  asRole: null,
  clientMessageId: 'key',
  kind: 'TEXT',
  body: 'Hello',
  appointmentId: null,
  serviceId: 'S-1',
  replyToId: null,
  card: null,
  attachmentIds: [],
  emergency: false,
  requestId: 'request',
}
const hashOf = (change: Partial<NewMessage>) => prepareMessage({ ...message, ...change }, KEY).contentHash
const hmacOf = (...content: unknown[]) => createHmac('sha256', KEY).update(JSON.stringify(content)).digest('base64url')

test('what makes a message the same is as it was when there was less that a message could have', () => {
  expect(hashOf({})).toBe(hmacOf('TEXT', 'Hello', null, 'S-1'))
  expect(hashOf({ emergency: true })).toBe(hmacOf('TEXT', 'Hello', null, 'S-1', null, true, null))
  const attachmentIds = ['one', 'two']
  expect(hashOf({ attachmentIds })).toBe(hmacOf('TEXT', 'Hello', null, 'S-1', null, false, null, attachmentIds))
})

test('a batch without attachments says so as a whole', () => {
  const plain = prepareMessage(message, KEY)
  const withFiles = prepareMessage({ ...message, attachmentIds: ['one', 'two'] }, KEY)
  expect(sendParameters([plain, plain], true).at(-1)).toBeNull()
  expect(sendParameters([plain, withFiles], true).at(-1)).toEqual([null, '{one,two}'])
})
