import { expect, test } from '@jest/globals'
import { closeAll, orClose } from '../../src/close-all.js'

const recorder = () => {
  const logged: unknown[] = []
  return { logged, logger: { error: (fields: object) => void logged.push(fields) } }
}

test('a part that cannot be closed keeps none of the others open', async () => {
  const { logged, logger } = recorder()
  const closed: string[] = []
  const error = new Error('stuck')
  const steps = [
    () => closed.push('first'),
    () => Promise.reject(error),
    () => {
      throw error
    },
    () => Promise.resolve(closed.push('last')),
  ]
  await expect(closeAll(steps, logger)).rejects.toThrow('2 of the parts')
  expect({ closed, logged }).toEqual({ closed: ['first', 'last'], logged: [{ error }, { error }] })
})

test('what fails is closed, and fails with its own error', async () => {
  const closed: string[] = []
  const close = () => {
    closed.push('all')
    return Promise.reject(new Error('stuck'))
  }
  await expect(orClose(Promise.reject(new Error('no port')), close)).rejects.toThrow('no port')
  expect(closed).toEqual(['all'])
  expect(await orClose(Promise.resolve(1), close)).toBe(1)
  expect(closed).toEqual(['all'])
})
