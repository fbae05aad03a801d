import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { execute, parse } from 'graphql'
import type { Context } from '../../src/graphql/context.js'
import { both, compile, leaf, placesOf, schema, sent, thing } from '../support/compare-execution.js'

describe('what fails makes null what graphql-js makes null, with the same errors', () => {
  const SOURCE = `{
    thing { ...F list { ...F list { ...L } } musts { ...F } child { ...F must { ...L } } any { ... on Thing { ...L } ... on Other { only } } named { name } }
    must { ...L }
  }
  fragment F on Thing { ...L must { ...L } }
  fragment L on Thing { id name count color ints }`
  const odd = fc.constantFrom<unknown>(null, undefined, NaN, {}, [], 'text', new Error('given'), 7)
  const promised = (value: unknown) => (value instanceof Error ? Promise.reject(value) : Promise.resolve(value))
  const thrown = () => {
    throw new Error('thrown')
  }

  // Where items of one list fail at once and later, graphql-js leaves rejections unhandled: so all are late, or none.
  const trees = (late: boolean) => {
    const delayed = (values: fc.Arbitrary<unknown>) => values.map(value => () => (late ? promised(value) : value))
    const sometimes = (good: fc.Arbitrary<unknown>) =>
      fc.oneof(
        { weight: 12, arbitrary: good },
        { weight: 2, arbitrary: delayed(good) },
        { weight: 1, arbitrary: odd },
        { weight: 1, arbitrary: delayed(odd) },
        { weight: 1, arbitrary: fc.constant(thrown) },
      )
    const listOf = (item: fc.Arbitrary<unknown>) =>
      fc.array(item, { maxLength: 3 }).map(items => () => (late ? items.map(promised) : items))
    const numbers = fc.array(fc.oneof({ weight: 6, arbitrary: fc.nat(9) }, odd), { maxLength: 3 })
    return fc.letrec(tie => ({
      tree: fc.record(
        {
          __typename: fc.constantFrom('Thing', 'Thing', 'Other', 'Nothing'),
          only: sometimes(fc.integer()),
          id: sometimes(fc.string()),
          name: sometimes(fc.string()),
          count: sometimes(fc.nat(9)),
          color: sometimes(fc.constantFrom('RED', 'GREEN')),
          ints: listOf(fc.oneof(numbers, odd)),
          child: tie('below'),
          must: tie('below'),
          list: tie('many'),
          musts: tie('many'),
          any: tie('below'),
          named: tie('many'),
        },
        { requiredKeys: ['id', 'count', 'must', 'musts', 'only', '__typename'] },
      ),
      below: fc.option(sometimes(tie('tree')), { depthSize: 'small', depthIdentifier: 'tree' }),
      many: fc.oneof(
        { depthSize: 'small', depthIdentifier: 'tree' },
        fc.constant([]),
        listOf(fc.oneof({ weight: 6, arbitrary: tie('tree') }, odd)),
      ),
    })).tree
  }

  test.each([
    ['at once', false],
    ['late', true],
  ])('at random, %s', async (_when, late) => {
    const document = parse(SOURCE)
    let failed = 0
    await fc.assert(
      fc.asyncProperty(trees(late), trees(late), async (first, second) => {
        const rootValue = { thing: first, must: second }
        const expected = sent(await execute({ schema, document, rootValue }))
        const result = sent(await compile(SOURCE).with({})({} as Context, rootValue))
        expect(result.data).toEqual(expected.data)
        expect(Boolean(result.errors)).toBe(Boolean(expected.errors))
        if (!late) expect(placesOf(result)).toEqual(placesOf(expected))
        if (result.errors) failed++
      }),
      { numRuns: 200 },
    )
    expect(failed).toBeGreaterThan(20)
  })

  test.each<[string, object]>([
    [
      'a resolver that throws',
      {
        thing: {
          ...thing,
          id: () => {
            throw new Error('thrown')
          },
        },
      },
    ],
    ['a promise that fails, of what must be', { must: () => Promise.reject(new Error('failed')) }],
    ['null for what must be, in a list of what must be', { thing: { ...thing, musts: [leaf, null] } }],
    [
      'null below what must be, in a list of what may be null',
      { thing: { ...thing, list: [leaf, { ...leaf, id: null }] } },
    ],
    ['a list that is none', { thing: { ...thing, list: 'text' } }],
    ['an error as a value', { thing: { ...thing, name: new Error('given') } }],
    ['a value that does not fit its type', { thing: { ...thing, count: 1.5, color: 'BLUE' } }],
    [
      'a getter that throws',
      {
        thing: {
          ...thing,
          get name() {
            throw new Error('thrown')
          },
        },
      },
    ],
  ])('%s', async (_what, rootValue) => {
    const result = await both('{ thing { id name count color list { id } musts { id } } must { id } }', {
      rootValue: { thing, must: thing, ...rootValue },
    })
    expect(result.errors).toHaveLength(1)
  })

  test('a thousand times late', async () => {
    const musts = Array.from({ length: 1_000 }, (_, index) => () => Promise.resolve({ ...leaf, id: index }))
    const rootValue = { thing: { ...thing, musts: () => musts.map(make => make()) } }
    expect((await both('{ thing { musts { id } } }', { rootValue })).errors).toBeUndefined()
  })
})

describe('the fields of a mutation', () => {
  const counter = () => {
    let sum = 0
    const log: string[] = []
    const add = async ({ by }: { by: number }) => {
      log.push(`+${by}`)
      await new Promise(resolve => setImmediate(resolve))
      if (by === 0) throw new Error('zero')
      log.push(`=${(sum += by)}`)
      return sum
    }
    const nested = (args: { by: number }) => ({ ...leaf, count: () => add(args) })
    return { log, rootValue: { add, must: add, nested } }
  }

  test('run one after the other, all of one before the next', async () => {
    const { log, rootValue } = counter()
    const source = 'mutation { a: add(by: 1) b: nested(by: 2) { count name } c: add(by: 0) d: add(by: 4) }'
    const result = await compile(source).with({})({} as Context, rootValue)
    expect(log).toEqual(['+1', '=1', '+2', '=3', '+0', '+4', '=7'])
    expect(sent(result)).toMatchObject({
      data: { a: 1, b: { count: 3, name: 'leaf' }, c: null, d: 7 },
      errors: [{ path: ['c'] }],
    })
  })

  test('end with one that must not fail', async () => {
    const { log, rootValue } = counter()
    const result = await compile('mutation { a: must(by: 0) b: add(by: 1) }').with({})({} as Context, rootValue)
    expect(log).toEqual(['+0'])
    expect(sent(result)).toMatchObject({ data: null, errors: [{ path: ['a'] }] })
  })
})
