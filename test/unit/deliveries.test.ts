import { describe, expect, test } from '@jest/globals'
import { EventStream } from '../../src/events/event-stream.js'
import { Deliveries, type Delivery } from '../../src/graphql/deliveries.js'

const open = () => {
  const budget = { queued: 0, take: () => ++budget.queued > 0, release: (items = 1) => void (budget.queued -= items) }
  const stream = new EventStream<number>(budget)
  const resolving: { event: number; finish: () => void }[] = []
  let ends = 0
  const resolve = (event: unknown) =>
    new Promise<Delivery>(finish => {
      resolving.push({ event: event as number, finish: () => finish({ data: { event } }) })
    })
  const deliveries = new Deliveries({ source: stream, resolve, onEnd: () => void ends++ })
  return { budget, stream, resolving, deliveries, ends: () => ends }
}

const delivered = (event: number) => ({ done: false, value: { data: { event } } })

describe('deliveries', () => {
  test('are resolved together and given in the order of their events', async () => {
    const { stream, resolving, deliveries } = open()
    for (const event of [1, 2, 3]) stream.push(event)
    const first = deliveries.next()
    await Promise.resolve()
    expect(resolving.map(({ event }) => event)).toEqual([1, 2, 3])
    for (const { finish } of [...resolving].reverse()) finish()
    expect(await first).toEqual(delivered(1))
    expect(await deliveries.next()).toEqual(delivered(2))
    expect(await deliveries.next()).toEqual(delivered(3))
  })

  test('count until the next is asked for', async () => {
    const { stream, budget, resolving, deliveries } = open()
    stream.push(1)
    stream.push(2)
    const first = deliveries.next()
    await Promise.resolve()
    for (const { finish } of resolving) finish()
    await first
    expect(budget.queued).toBe(2)
    await deliveries.next()
    expect(budget.queued).toBe(1)
    void deliveries.next()
    expect(budget.queued).toBe(0)
  })

  test('end with an error behind what came before it', async () => {
    const { stream, resolving, deliveries, ends } = open()
    stream.push(1)
    stream.end(new Error('No more'))
    const first = deliveries.next()
    await Promise.resolve()
    resolving[0]?.finish()
    expect(await first).toEqual(delivered(1))
    await expect(deliveries.next()).rejects.toThrow('No more')
    expect(ends()).toBe(1)
  })

  test('are left at once, also while an event is resolved', async () => {
    const { stream, budget, deliveries, ends } = open()
    stream.push(1)
    void deliveries.next()
    expect(await deliveries.return()).toEqual({ done: true, value: undefined })
    expect({ ended: stream.ended, queued: budget.queued, ends: ends() }).toEqual({ ended: true, queued: 0, ends: 1 })
  })
})
