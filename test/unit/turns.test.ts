import { expect, test } from '@jest/globals'
import { Turns } from '../../src/limits/turns.js'

const turns = () => {
  const log: string[] = []
  const ends = new Map<string, () => void>()
  const line = new Turns({ atOnce: 2, waitingOfOne: 2 })
  const ask = (person: string, name: string) =>
    line.run(person, async () => {
      log.push(name)
      await new Promise<void>(resolve => ends.set(name, resolve))
      return name
    })
  return { log, ask, end: (name: string) => ends.get(name)?.() }
}

test('one person waits for themselves, and nobody else for them', async () => {
  const { log, ask, end } = turns()
  const [first, second] = [ask('anna', 'a1'), ask('anna', 'a2')]
  const other = ask('ben', 'b1')
  const third = ask('cleo', 'c1')
  await Promise.resolve()
  expect(log).toEqual(['a1', 'b1'])
  end('a1')
  expect(await first).toBe('a1')
  end('b1')
  expect(await other).toBe('b1')
  for (const name of ['c1', 'a2']) {
    while (!log.includes(name)) await Promise.resolve()
    end(name)
  }
  expect(await Promise.all([second, third])).toEqual(['a2', 'c1'])
})

test('who has too many waiting is refused, and may come back; what fails makes room', async () => {
  const { ask, end, log } = turns()
  const asked = ['a1', 'a2', 'a3'].map(name => ask('anna', name))
  await expect(ask('anna', 'a4')).rejects.toMatchObject({ code: 'RATE_LIMITED' })
  for (const name of ['a1', 'a2', 'a3']) {
    while (!log.includes(name)) await Promise.resolve()
    end(name)
  }
  await Promise.all(asked)
  const again = ask('anna', 'a5')
  while (!log.includes('a5')) await Promise.resolve()
  end('a5')
  expect(await again).toBe('a5')
  const line = new Turns({ atOnce: 1, waitingOfOne: 1 })
  await expect(line.run('x', () => Promise.reject(new Error('No.')))).rejects.toThrow('No.')
  expect(await line.run('x', () => Promise.resolve(1))).toBe(1)
})
