import { describe, expect, test } from '@jest/globals'
import { QueueBudget } from '../../src/connections/queue-budget.js'
import { EventStream } from '../../src/events/event-stream.js'
import { Deliveries } from '../../src/graphql/deliveries.js'

const open = (room = Infinity, cost = 1) => {
  const budget = new QueueBudget(
    () => {},
    () => false,
    Infinity,
  )
  const connection = { costAhead: 0 }
  const stream = new EventStream<number>(budget)
  const resolving: { event: number; finish: () => void }[] = []
  const written: string[] = []
  const sink = { room, resume: () => {} }
  let ends = 0
  // Even events are at hand, odd ones are made.
  const resolve = (event: unknown) =>
    (event as number) % 2 === 0
      ? String(event)
      : new Promise<string>(finish => {
          resolving.push({ event: event as number, finish: () => finish(String(event)) })
        })
  const deliveries = new Deliveries({ source: stream, resolve, onEnd: () => void ends++, cost, connection })
  const delivered = deliveries.deliverTo({
    write: text => void written.push(text),
    isFull: () => written.length >= sink.room,
    onDrain: resume => (sink.resume = resume),
  })
  return { budget, connection, stream, resolving, deliveries, delivered, written, sink, ends: () => ends }
}

describe('deliveries', () => {
  test('are resolved together and go out in the order of their events', async () => {
    const { stream, resolving, delivered, written, budget } = open()
    for (const event of [1, 2, 3, 4, 5]) stream.push(event)
    expect(resolving.map(({ event }) => event)).toEqual([1, 3, 5])
    for (const { finish } of [...resolving].reverse()) finish()
    stream.end()
    await delivered
    expect(written).toEqual(['1', '2', '3', '4', '5'])
    expect(budget.queued).toBe(0)
  })

  test('go out at once where nothing has to be awaited', () => {
    const { stream, written } = open()
    stream.push(2)
    expect(written).toEqual(['2'])
    stream.push(4)
    expect(written).toEqual(['2', '4'])
  })

  test('wait, and count, while the transport is full', () => {
    const { stream, budget, written, sink } = open(2)
    for (const event of [2, 4, 6, 8]) stream.push(event)
    expect({ written, queued: budget.queued }).toEqual({ written: ['2', '4'], queued: 2 })
    sink.room = 3
    sink.resume()
    expect({ written, queued: budget.queued }).toEqual({ written: ['2', '4', '6'], queued: 1 })
    sink.room = 9
    sink.resume()
    expect({ written, queued: budget.queued }).toEqual({ written: ['2', '4', '6', '8'], queued: 0 })
  })

  test('are resolved some ahead only', () => {
    const { stream, resolving } = open()
    for (let event = 1; event < 400; event += 2) stream.push(event)
    expect(resolving).toHaveLength(64)
  })

  test('are resolved no further while the transport is full', () => {
    const { stream, resolving, connection } = open(0)
    for (const event of [1, 3, 5]) stream.push(event)
    expect({ resolving, connection }).toEqual({ resolving: [], connection: { costAhead: 0 } })
  })

  test('are resolved one at a time where those of the connection cost too much', async () => {
    const { stream, resolving, connection, deliveries } = open(Infinity, 6_000)
    for (const event of [1, 3, 5, 7]) stream.push(event)
    expect({ resolving: resolving.length, connection }).toEqual({ resolving: 2, connection: { costAhead: 12_000 } })
    resolving[0]?.finish()
    await Promise.resolve()
    expect({ resolving: resolving.length, connection }).toEqual({ resolving: 3, connection: { costAhead: 12_000 } })
    connection.costAhead += 60_000
    for (const { finish } of resolving) finish()
    await Promise.resolve()
    expect({ resolving: resolving.length, connection }).toEqual({ resolving: 4, connection: { costAhead: 66_000 } })
    deliveries.return()
    expect(connection).toEqual({ costAhead: 60_000 })
  })

  test('take what is read at once when they ask for it', () => {
    const { stream, written } = open()
    let page = 0
    stream.refill = () => {
      page += 1
      stream.replay([10 * page, 10 * page + 2])
      return Promise.resolve(false)
    }
    stream.push(2)
    expect(written).toEqual(['2', '10', '12'])
  })

  test('end with an error behind what came before it', async () => {
    const { stream, resolving, delivered, written, ends } = open()
    stream.push(1)
    stream.end(new Error('No more'))
    resolving[0]?.finish()
    await expect(delivered).rejects.toThrow('No more')
    expect({ written, ends: ends() }).toEqual({ written: ['1'], ends: 1 })
  })

  test('are left at once, also while an event is resolved', async () => {
    const { stream, budget, resolving, deliveries, delivered, written, ends } = open()
    stream.push(1)
    deliveries.return()
    await delivered
    resolving[0]?.finish()
    await Promise.resolve()
    expect({ ended: stream.ended, queued: budget.queued, ends: ends(), written }).toEqual({
      ended: true,
      queued: 0,
      ends: 1,
      written: [],
    })
  })
})
