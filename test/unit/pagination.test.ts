import { describe, expect, test } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import { Cursors } from '../../src/paging/cursors.js'
import { pageArgs, paged, type PageInput } from '../../src/paging/page.js'

const refuses = (work: () => unknown, field: string) =>
  expect(work).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT', details: { field } }))

describe('the arguments of a page', () => {
  test.each<[PageInput, boolean, object]>([
    [{}, false, { limit: 50, backward: false, cursor: null }],
    [{}, true, { limit: 50, backward: true, cursor: null }],
    [{ first: 1 }, true, { limit: 1, backward: false, cursor: null }],
    [{ first: 100, after: 'x' }, false, { limit: 100, backward: false, cursor: 'x' }],
    [{ after: 'x' }, true, { limit: 50, backward: false, cursor: 'x' }],
    [{ last: 3 }, false, { limit: 3, backward: true, cursor: null }],
    [{ last: 3, before: 'y' }, false, { limit: 3, backward: true, cursor: 'y' }],
    [{ before: 'y', first: null }, false, { limit: 50, backward: true, cursor: 'y' }],
  ])('%j from the end: %p', (given, fromEnd, page) => {
    expect(pageArgs(given, fromEnd)).toEqual(page)
  })

  test.each<[PageInput, string]>([
    [{ first: 0 }, 'first'],
    [{ first: 101 }, 'first'],
    [{ first: -1 }, 'first'],
    [{ last: 0 }, 'last'],
    [{ last: 101 }, 'last'],
    [{ first: 1, last: 1 }, 'last'],
    [{ first: 1, before: 'x' }, 'before'],
    [{ last: 1, after: 'x' }, 'after'],
    [{ after: 'x', before: 'y' }, 'before'],
  ])('%j is refused', (given, field) => refuses(() => pageArgs(given), field))

  test('a page knows its ends', () => {
    const has = { hasNextPage: true, hasPreviousPage: false }
    expect(paged(['a', 'b'], item => `at ${item}`, has)).toEqual({
      edges: [
        { cursor: 'at a', node: 'a' },
        { cursor: 'at b', node: 'b' },
      ],
      pageInfo: { ...has, startCursor: 'at a', endCursor: 'at b' },
    })
    expect(paged([], String, has).pageInfo).toEqual({ ...has, startCursor: null, endCursor: null })
  })
})

describe('cursors', () => {
  const id = randomUUID()
  const cursors = new Cursors('epoch one')
  const restored = new Cursors('epoch two')

  test('say what they were made of', () => {
    expect(cursors.readMessage(cursors.message(id, 7))).toEqual({ conversationId: id, seq: 7 })
    expect(cursors.readEvent(cursors.event(id, 9))).toEqual({ conversationId: id, rev: 9, sameHistory: true })
    const at = new Date('2026-11-20T10:00:00.123Z')
    expect(cursors.readList('sessions', cursors.list('sessions', { at, id }))).toEqual({ at, id })
  })

  test('of another history are refused, or told apart', () => {
    refuses(() => restored.readMessage(cursors.message(id, 7)), 'after')
    refuses(() => restored.readList('sessions', cursors.list('sessions', { at: new Date(), id })), 'after')
    expect(restored.readEvent(cursors.event(id, 9)).sameHistory).toBe(false)
  })

  test('of another kind, or made up, are refused', () => {
    refuses(() => cursors.readMessage(cursors.event(id, 7), 'before'), 'before')
    refuses(() => cursors.readEvent(cursors.message(id, 7)), 'after')
    refuses(() => cursors.readList('sessions', cursors.list('conversations', { at: new Date(), id })), 'after')
    const encode = (values: unknown) => Buffer.from(JSON.stringify(values)).toString('base64url')
    const made = [
      '',
      'x',
      '%',
      'x'.repeat(1000),
      encode({}),
      encode(null),
      encode(['m', 'epoch one', 'no id', 1]),
      encode(['m', 'epoch one', id, -1]),
      encode(['m', 'epoch one', id, 1.5]),
      encode(['m', 'epoch one', id]),
      encode(['m', 'epoch one', id, 2 ** 31 - 1]),
    ]
    for (const cursor of made) refuses(() => cursors.readMessage(cursor), 'after')
  })
})
