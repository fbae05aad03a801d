import { describe, expect, jest, test } from '@jest/globals'
import { ANONYMOUS_LIMIT_MS, Connection } from '../../src/connections/connection.js'
import { Connections } from '../../src/connections/connections.js'
import { QueueBudget } from '../../src/connections/queue-budget.js'

const open = () => {
  const closings: [number, string][] = []
  let congested = false
  const connection = new Connection({
    id: 'c',
    transport: 'WEBSOCKET',
    close: (code, reason) => closings.push([code, reason]),
    isCongested: () => congested,
  })
  return { connection, closings, congest: () => (congested = true) }
}

const viewer = (userId: string) => ({ userId, roles: ['PATIENT' as const] })
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000)

describe('what waits for a consumer', () => {
  test('is bounded over all of its streams; past it the consumer is cut off, once', () => {
    let overflows = 0
    const budget = new QueueBudget(
      () => overflows++,
      () => false,
      2,
    )
    expect([budget.take(), budget.take(), budget.take(), budget.take()]).toEqual([true, true, false, false])
    expect(overflows).toBe(1)
    budget.release(2)
    expect({ taken: budget.take(), queued: budget.queued }).toEqual({ taken: false, queued: 0 })
  })

  test('may be waited for', async () => {
    const budget = new QueueBudget(() => {})
    await budget.drained()
    budget.take()
    budget.take()
    const drained = budget.drained()
    budget.release()
    budget.release()
    await drained
  })

  test('counts what lies in the socket as well: closed with 1013', () => {
    const { connection, closings, congest } = open()
    expect(connection.queue.take()).toBe(true)
    congest()
    expect(connection.queue.take()).toBe(false)
    expect(closings).toEqual([[1013, expect.any(String)]])
    expect(connection.closed).toBe(true)
  })
})

describe('a connection', () => {
  test('that is nobody’s ends soon, with 4403', () => {
    jest.useFakeTimers()
    try {
      const { connection, closings } = open()
      connection.remainAnonymous()
      jest.advanceTimersByTime(ANONYMOUS_LIMIT_MS - 1)
      expect(closings).toEqual([])
      jest.advanceTimersByTime(1)
      expect(closings).toEqual([[4403, expect.any(String)]])
    } finally {
      jest.useRealTimers()
    }
  })

  test('ends with its token, however far away that is', () => {
    jest.useFakeTimers()
    try {
      const { connection, closings } = open()
      connection.identify({ viewer: viewer('ana'), expiresAt: inSeconds(60 * 86_400) })
      jest.advanceTimersByTime(59 * 86_400_000)
      expect({ closings, viewer: connection.viewer?.userId }).toEqual({ closings: [], viewer: 'ana' })
      jest.advanceTimersByTime(86_400_000)
      expect(closings).toEqual([[4403, expect.any(String)]])
      expect({ viewer: connection.viewer, userId: connection.userId }).toEqual({ viewer: null, userId: 'ana' })
    } finally {
      jest.useRealTimers()
    }
  })

  test('lives on under a new one', () => {
    jest.useFakeTimers()
    try {
      const { connection, closings } = open()
      connection.identify({ viewer: viewer('ana'), expiresAt: inSeconds(10) })
      jest.advanceTimersByTime(9_000)
      connection.identify({ viewer: viewer('ana'), expiresAt: inSeconds(10) })
      jest.advanceTimersByTime(9_000)
      expect(closings).toEqual([])
      jest.advanceTimersByTime(1_000)
      expect(closings).toHaveLength(1)
    } finally {
      jest.useRealTimers()
    }
  })

  test('tells those who wait for its end once, also those who come late', () => {
    const { connection, closings } = open()
    const heard: string[] = []
    connection.onClose(() => heard.push('early'))
    connection.onClose(() => heard.push('not me'))()
    connection.close(1001, 'Going away')
    connection.close(1013, 'again')
    connection.ended()
    connection.onClose(() => heard.push('late'))
    expect(heard).toEqual(['early', 'late'])
    expect(closings).toEqual([[1001, 'Going away']])
  })
})

describe('the connections of a process', () => {
  test('are counted for each user', () => {
    const connections = new Connections()
    const heard: string[] = []
    connections.listen({
      onOpen: (_, userId, count) => heard.push(`${userId} +${count}`),
      onClose: (_, userId, count) => heard.push(`${userId} -${count}`),
    })
    const [first, second, other, anonymous] = [open(), open(), open(), open()]
    for (const { connection } of [first, second])
      connection.identify({ viewer: viewer('ana'), expiresAt: inSeconds(60) })
    other.connection.identify({ viewer: viewer('bo'), expiresAt: inSeconds(60) })
    for (const { connection } of [first, second, other, anonymous]) connections.identified(connection)
    expect(connections.userIds()).toEqual(['ana', 'bo'])
    first.connection.ended()
    for (const connection of connections.ofUser('ana')) connection.close(4403, 'gone')
    expect(connections.userIds()).toEqual(['bo'])
    expect(heard).toEqual(['ana +1', 'ana +2', 'bo +1', 'ana -1', 'ana -0'])
    expect([first, second, other].map(({ closings }) => closings.length)).toEqual([0, 1, 0])
    for (const { connection } of [other, anonymous]) connection.ended()
  })

  test('one that is gone already does not count', () => {
    const connections = new Connections()
    const { connection } = open()
    connection.identify({ viewer: viewer('ana'), expiresAt: inSeconds(60) })
    connection.ended()
    connections.identified(connection)
    expect(connections.userIds()).toEqual([])
  })

  test('take places, as many as there are, until their transports are gone', () => {
    const connections = new Connections(2)
    const enter = () => connections.enter(open().connection)
    const leave = enter()
    expect([enter, enter].map(again => again() !== undefined)).toEqual([true, false])
    expect(connections.count).toBe(2)
    leave?.()
    leave?.()
    expect([enter, enter].map(again => again() !== undefined)).toEqual([true, false])
    expect(new Connections().enter(open().connection)).toBeDefined()
  })
})
