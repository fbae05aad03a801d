import { describe, expect, test } from '@jest/globals'
import { isExternalId, isUuid } from '../../src/limits/ids.js'
import { cleanOptionalText, cleanText } from '../../src/limits/text.js'

const refuses = (value: string, max = 5) =>
  expect(() => cleanText('input.body', value, { max })).toThrow(
    expect.objectContaining({ code: 'BAD_USER_INPUT', details: { field: 'input.body' } }),
  )

describe('001.11 a text', () => {
  test('is trimmed, and otherwise kept as it is', () => {
    expect(cleanText('body', ' \n <b>a</b>\u00a0', { max: 100 })).toBe('<b>a</b>')
  })

  test('is counted in code points', () => {
    expect(cleanText('body', '😀'.repeat(5), { max: 5 })).toBe('😀'.repeat(5))
    refuses('😀'.repeat(6))
    expect(cleanText('body', ' 12345 ', { max: 5 })).toBe('12345')
    refuses('123456')
  })

  test.each(['', '  \t\n', 'a\u0000b', 'a\ud800', '\udc00b'])('%j is refused', value => refuses(value))

  test('may have a least length, or be absent', () => {
    expect(() => cleanText('q', 'a', { max: 5, min: 2 })).toThrow('at least 2')
    expect(cleanText('q', ' ', { max: 5, min: 0 })).toBe('')
    expect([undefined, null, ' ', ' a '].map(value => cleanOptionalText('q', value, { max: 5 }))).toEqual([
      null,
      null,
      null,
      'a',
    ])
  })
})

test('ids: ours are UUIDs in lower case, others’ are short texts without control characters', () => {
  expect(isUuid('2f1c9a44-9d5e-4b5a-8a53-3f7c1d0e9b11')).toBe(true)
  for (const id of ['', 'x', '2F1C9A44-9D5E-4B5A-8A53-3F7C1D0E9B11', '{2f1c9a44-9d5e-4b5a-8a53-3f7c1d0e9b11}'])
    expect(isUuid(id)).toBe(false)
  for (const id of ['a', 'auth0|12', 'é', 'x'.repeat(128)]) expect(isExternalId(id)).toBe(true)
  for (const id of ['', ' a', 'a\u0000', 'a\n', '\ud800', 'x'.repeat(129)]) expect(isExternalId(id)).toBe(false)
})
