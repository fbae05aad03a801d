import { describe, expect, test } from '@jest/globals'
import { setImmediate as turn } from 'node:timers/promises'
import { QueueBudget } from '../../src/connections/queue-budget.js'
import { EventStream } from '../../src/events/event-stream.js'
import { FlushStream } from '../../src/events/flush-stream.js'

const budgetOf = (room: number) =>
  new QueueBudget(
    () => {},
    () => false,
    room,
  )

const open = (room = 10) => {
  const budget = budgetOf(room)
  const closings: string[] = []
  const stream = new EventStream<number>(budget)
  stream.onEnd(() => closings.push('closed'))
  return { budget, closings, stream }
}

const done = { value: undefined, done: true }

describe('a stream of events', () => {
  test('is left at once, also while its consumer waits', async () => {
    const { stream, closings } = open()
    const waiting = stream.next()
    await stream.return()
    expect(await waiting).toEqual(done)
    stream.push(1)
    expect(await stream.next()).toEqual(done)
    await stream.return()
    expect(closings).toEqual(['closed'])
  })

  test('counts what waits against the budget of its connection, and gives it back', async () => {
    const { stream, budget, closings } = open(2)
    stream.push(1)
    stream.push(2)
    expect(await stream.next()).toEqual({ value: 1, done: false })
    expect(await stream.next()).toEqual({ value: 2, done: false })
    // The consumer still deals with both.
    expect(budget.queued).toBe(2)
    stream.settle()
    expect(budget.queued).toBe(1)
    stream.push(3)
    stream.push(4)
    expect({ queued: budget.queued, closings }).toEqual({ queued: 0, closings: ['closed'] })
    expect(await stream.next()).toEqual(done)
  })

  test('ends with an error once, behind what came before it', async () => {
    const { stream } = open()
    stream.push(1)
    stream.end(new Error('No more'))
    stream.push(2)
    expect(await stream.next()).toEqual({ value: 1, done: false })
    await expect(stream.next()).rejects.toThrow('No more')
    expect(await stream.next()).toEqual(done)
  })

  test('reads pages only while its consumer waits, and what is pushed comes behind them', async () => {
    const { stream } = open(1)
    let page = 0
    stream.refill = () => {
      page += 1
      stream.replay([10 * page, 10 * page + 1])
      if (page === 2) stream.push(99)
      return Promise.resolve(page < 2)
    }
    const values = []
    while (values.length < 5) values.push((await stream.next()).value)
    expect(values).toEqual([10, 11, 20, 21, 99])
    expect(page).toBe(2)
  })

  test('a reading that fails ends it', async () => {
    const { stream, closings } = open()
    stream.refill = () => Promise.reject(new Error('No database'))
    await expect(stream.next()).rejects.toThrow('No database')
    expect(closings).toEqual(['closed'])
  })

  test('lets go at its end of all that it holds, once, and at once of what it is given later', async () => {
    const { stream, closings } = open(0)
    stream.onEnd(() => closings.push('also'))
    stream.push(1)
    expect(closings).toEqual(['closed', 'also'])
    stream.onEnd(() => closings.push('late'))
    await stream.return()
    expect(closings).toEqual(['closed', 'also', 'late'])
  })

  test('ends, and gives everything back, if it cannot be set up', async () => {
    const { stream, closings, budget } = open()
    const opened = stream.open(async () => {
      stream.push(1)
      await turn()
      stream.onEnd(() => closings.push('also'))
      throw new Error('No database')
    })
    await expect(opened).rejects.toThrow('No database')
    expect({ closings, queued: budget.queued }).toEqual({ closings: ['closed', 'also'], queued: 0 })
    expect(await stream.next()).toEqual(done)
  })

  test('that is ended while it is set up lets go of what comes after, and tells why', async () => {
    const { stream, closings } = open()
    const opened = await stream.open(async () => {
      stream.end(new Error('Denied'))
      await turn()
      stream.onEnd(() => closings.push('late'))
    })
    expect(closings).toEqual(['closed', 'late'])
    await expect(opened.next()).rejects.toThrow('Denied')
  })
})

describe('pages that are read for one consumer', () => {
  const PLACES = 8

  const openMany = (count: number) => {
    const budget = budgetOf(0)
    const read: number[] = []
    const streams = Array.from({ length: count }, (_, n) => {
      const stream = new EventStream<number>(budget)
      stream.refill = () => {
        read.push(n)
        stream.replay([n, n])
        return Promise.resolve(false)
      }
      return stream
    })
    return { read, streams, first: streams.map(stream => stream.next()) }
  }

  test('are read a few at a time; the next when one is taken whole', async () => {
    const { read, streams, first } = openMany(PLACES + 2)
    expect(read).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    await first[3]
    expect(read).toHaveLength(PLACES)
    await streams[3]!.next()
    expect(read).toHaveLength(PLACES)
    void streams[3]!.next()
    expect((await first[8])?.value).toBe(8)
    expect(read).toHaveLength(PLACES + 1)
  })

  test('leave their place when their stream ends, also while it waits for one', async () => {
    const { read, streams, first } = openMany(PLACES + 3)
    await streams[8]!.return()
    await streams[0]!.return()
    expect((await first[9])?.value).toBe(9)
    await streams[1]!.return()
    expect((await first[10])?.value).toBe(10)
    expect(read).not.toContain(8)
  })
})

describe('a stream that is flushed', () => {
  test('tells once of what changed often, and again of what changed while it was told', async () => {
    const flushed: string[][] = []
    const stream = new FlushStream<string>({
      budget: budgetOf(0),
      flush: keys => {
        if (flushed.push(keys) === 1) stream.touch('a')
        return Promise.resolve(keys)
      },
      onError: () => {},
    })
    const first = stream.next()
    for (const key of ['a', 'b', 'a']) stream.touch(key)
    const values = [(await first).value, (await stream.next()).value, (await stream.next()).value]
    expect(values).toEqual(['a', 'b', 'a'])
    expect(flushed).toEqual([['a', 'b'], ['a']])
  })
})
