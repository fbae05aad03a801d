import { expect, test } from '@jest/globals'
import { createLogger, describeError } from '../../src/logger.js'

const written = (log: (logger: ReturnType<typeof createLogger>) => void) => {
  const lines: string[] = []
  log(createLogger('debug', { write: line => void lines.push(line) }))
  return lines.join('')
}

test('a line is JSON, without what is private', () => {
  const line = written(logger =>
    logger.info(
      {
        requestId: 'r',
        token: 'private',
        message: { body: 'private' },
        request: { headers: { authorization: 'private' } },
      },
      'Hello',
    ),
  )
  expect(line).not.toContain('private')
  expect(JSON.parse(line)).toMatchObject({ level: 'info', requestId: 'r', msg: 'Hello', time: expect.any(String) })
})

test('an error is logged with its kind and its place, and with its words only where they quote nobody', () => {
  class DatabaseError extends Error {
    override readonly name = 'DatabaseError'
    readonly code = '22P02'
    readonly detail = 'private'
  }
  const line = written(logger =>
    logger.error({ error: new TypeError('x is not a function', { cause: new DatabaseError('private') }) }, 'Failed'),
  )
  expect(line).not.toContain('private')
  expect(JSON.parse(line)).toMatchObject({
    error: {
      type: 'TypeError',
      message: 'x is not a function',
      stack: expect.stringContaining('at '),
      cause: { type: 'DatabaseError', code: '22P02' },
    },
  })
  expect(describeError('private')).toEqual({ type: 'string' })
})
