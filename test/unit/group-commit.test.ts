import { describe, expect, test } from '@jest/globals'
import type { DomainError } from '../../src/errors.js'
import { GroupCommit, type GroupCommitLimits } from '../../src/messages/group-commit.js'

interface Item {
  lane: string
  name: string
}
type Answer = 'STORED' | 'BUSY'
type Run = (names: string[], wait: boolean) => Answer[] | Promise<Answer[]>
type Verdict = 'AGAIN' | 'AGAIN_SKIPPING' | 'SPLIT' | 'FAIL'

class Failure extends Error {
  constructor(readonly verdict: Verdict) {
    super(verdict)
  }
}

/** A database that does what `run` says, and the batches that it was given. */
const open = (run: Run, limits: Partial<GroupCommitLimits> = {}) => {
  const batches: string[][] = []
  const commits = new GroupCommit<Item, Answer>({
    run: async (items, wait) => {
      const names = items.map(item => item.name)
      batches.push(names)
      return run(names, wait)
    },
    lane: item => item.lane,
    bytes: item => item.name.length,
    isBusy: answer => answer === 'BUSY',
    judge: error => (error instanceof Failure ? error.verdict : 'FAIL'),
    limits,
  })
  const submit = (...names: string[]) =>
    Promise.allSettled(names.map(name => commits.submit({ lane: name.slice(0, 1), name })))
  return { batches, submit }
}

const store: Run = names => names.map(() => 'STORED')
const outcomes = (settled: PromiseSettledResult<Answer>[]) =>
  settled.map(one => (one.status === 'fulfilled' ? one.value : (one.reason as Error).message))

describe('the group commit', () => {
  test('takes together what came while a batch was under way, in the order of its coming', async () => {
    const { batches, submit } = open(store)
    const first = submit('a1')
    await Promise.resolve()
    await Promise.all([first, submit('b1', 'a2', 'b2')])
    expect(batches).toEqual([['a1'], ['b1', 'a2', 'b2']])
  })

  test('bounds a batch in items and bytes', async () => {
    const items = open(store, { batchItems: 2 })
    await items.submit('a1', 'a2', 'a3')
    expect(items.batches).toEqual([['a1', 'a2'], ['a3']])
    const bytes = open(store, { batchBytes: 5 })
    await bytes.submit('a1', 'a2', 'a3', 'a-longer-than-all')
    expect(bytes.batches).toEqual([['a1', 'a2'], ['a3'], ['a-longer-than-all']])
  })

  test('leaves half of what waits to the next batch, so that one is answered while the other is committed', async () => {
    const { batches, submit } = open(store)
    await submit(...Array.from({ length: 100 }, (_, index) => `a${index}`))
    expect(batches.map(names => names.length)).toEqual([50, 25, 24, 1])
    expect(batches.flat()).toEqual(Array.from({ length: 100 }, (_, index) => `a${index}`))
  })

  test('bounds what waits: beyond, RATE_LIMITED; what is answered makes room', async () => {
    const { submit } = open(store, { queueItems: 2 })
    const settled = await submit('a1', 'a2', 'a3')
    expect(settled.map(one => one.status)).toEqual(['fulfilled', 'fulfilled', 'rejected'])
    const [, , refused] = settled
    const error = refused?.status === 'rejected' ? (refused.reason as DomainError) : undefined
    expect(error).toMatchObject({ code: 'RATE_LIMITED', details: { retryAfterMs: 1000 } })
    expect(outcomes(await submit('a4', 'a5'))).toEqual(['STORED', 'STORED'])
    const bytes = open(store, { queueBytes: 4 })
    expect((await bytes.submit('a1', 'a2', 'a3')).map(one => one.status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
    ])
  })

  test('finds the item that the database refuses; the others are stored', async () => {
    const { batches, submit } = open(names => {
      if (names.includes('bad')) throw new Failure('SPLIT')
      return names.map(() => 'STORED')
    })
    expect(outcomes(await submit('a1', 'a2', 'bad', 'a3', 'a4'))).toEqual([
      'STORED',
      'STORED',
      'SPLIT',
      'STORED',
      'STORED',
    ])
    expect(batches.filter(names => names.includes('a4') && !names.includes('bad'))).toHaveLength(1)
  })

  test('tries the whole batch again after a deadlock or a lost connection', async () => {
    let failures = 2
    const { batches, submit } = open(names => {
      if (failures-- > 0) throw new Failure('AGAIN')
      return names.map(() => 'STORED')
    })
    expect(outcomes(await submit('a1', 'b1'))).toEqual(['STORED', 'STORED'])
    expect(batches).toEqual([
      ['a1', 'b1'],
      ['a1', 'b1'],
      ['a1', 'b1'],
    ])
  })

  test('gives up with UNAVAILABLE once patience is over', async () => {
    const { submit } = open(
      () => {
        throw new Failure('AGAIN')
      },
      { patienceMs: 50 },
    )
    const [settled] = await submit('a1')
    expect(settled).toMatchObject({ status: 'rejected', reason: { code: 'UNAVAILABLE' } })
  })

  test('puts a locked lane aside, where it keeps its order and stops no other', async () => {
    let locked = true
    const { batches, submit } = open((names, wait) => {
      if (wait && locked && names.some(name => name.startsWith('x'))) throw new Failure('AGAIN_SKIPPING')
      return names.map(name => (locked && name.startsWith('x') ? 'BUSY' : 'STORED'))
    })
    const held = submit('x1', 'x2')
    await submit('a1')
    const later = submit('x3')
    expect(outcomes(await submit('a2'))).toEqual(['STORED'])
    locked = false
    expect(outcomes([...(await held), ...(await later)])).toEqual(['STORED', 'STORED', 'STORED'])
    const order = batches.filter(names => names[0]?.startsWith('x')).at(-1)
    expect(['x1 x2 x3', 'x3']).toContain(order?.join(' '))
    expect(batches.flat().lastIndexOf('x1')).toBeLessThan(batches.flat().lastIndexOf('x3'))
  })
})
