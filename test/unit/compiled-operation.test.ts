import { describe, expect, jest, test } from '@jest/globals'
import fc from 'fast-check'
import type { GraphQLObjectType } from 'graphql'
import {
  buildSchema as fromSdl,
  execute,
  getIntrospectionQuery,
  parse,
  validate,
  type ExecutionResult,
  type GraphQLSchema,
} from 'graphql'
import { CompiledOperation } from '../../src/graphql/compiled-operation.js'
import type { Context } from '../../src/graphql/context.js'
import { operationsOf } from '../../src/graphql/limits.js'
import { DateTime } from '../../src/graphql/scalars.js'

const schema = fromSdl(`
  enum Color { RED GREEN }
  input Filter { tags: [String!] = ["a"], color: Color = RED, below: Filter, must: Int! = 3 }
  interface Named { name: String }
  union Any = Thing | Other
  type Other implements Named { name: String, only: Int! }
  type Thing implements Named {
    id: ID!
    name: String
    count: Int!
    color: Color
    child: Thing
    must: Thing!
    list: [Thing]
    musts: [Thing!]!
    ints: [[Int!]]
    any: Any
    named: [Named!]
    echo(text: String = "x", filter: Filter = { tags: ["b"] }, id: ID): String
  }
  type Query { thing: Thing, must: Thing!, echo(text: String = "x", filter: Filter, id: ID!): String }
  type Mutation { add(by: Int!): Int, must(by: Int!): Int!, nested(by: Int!): Thing }
  type Subscription { thing: Thing }`)

const echo = (_source: unknown, args: object) => JSON.stringify(args)
for (const name of ['Query', 'Thing']) (schema.getType(name) as GraphQLObjectType).getFields().echo!.resolve = echo

interface Given {
  in?: GraphQLSchema
  variables?: Record<string, unknown>
  rootValue?: unknown
  operationName?: string
}

const compile = (source: string, { in: where = schema, operationName }: Given = {}, room = 1_000) => {
  const document = parse(source)
  const operations = operationsOf(document)
  const operation = operations.find(({ name }) => name?.value === operationName) ?? operations[0]!
  return new CompiledOperation({ schema: where, document, operation, hideSuggestions: false, room })
}

/** Where it failed: what is the server's own fault may be told in other words, and is shown to nobody. */
const placesOf = ({ errors }: ExecutionResult) => errors?.map(({ path, locations }) => ({ path, locations }))

/** As it is sent. */
const sent = (result: ExecutionResult) => JSON.parse(JSON.stringify(result)) as ExecutionResult

const both = async (source: string, given: Given = {}) => {
  const { in: where = schema, variables = {}, rootValue, operationName } = given
  const document = parse(source)
  expect(validate(where, document)).toEqual([])
  const context = { viewer: null } as Context
  const expected = await execute({
    schema: where,
    document,
    variableValues: variables,
    contextValue: context,
    ...(rootValue === undefined ? {} : { rootValue }),
    ...(operationName === undefined ? {} : { operationName }),
  })
  const run = compile(source, given).with(variables)
  const results = [await run(context, rootValue), await run(context, rootValue)]
  for (const result of results) expect(sent(result)).toEqual(sent(expected))
  // Also the order of the keys.
  expect(JSON.stringify(results[0]!.data)).toBe(JSON.stringify(expected.data))
  return sent(expected)
}

const leaf = { id: '1', name: 'leaf', count: 1, color: 'RED' }
const thing = {
  ...leaf,
  child: { ...leaf, child: () => Promise.resolve({ ...leaf, id: '2', echo: 'no' }) },
  must: () => ({ ...leaf, id: 3 }),
  list: [leaf, null, Promise.resolve(leaf)],
  musts: [leaf, leaf],
  ints: new Set([[1, 2], null, [3]]),
  any: { __typename: 'Other', name: 'other', only: 4 },
  named: [
    { __typename: 'Other', name: 'other', only: 4 },
    { __typename: 'Thing', ...leaf },
  ],
}

describe('gives what graphql-js gives', () => {
  test.each<[string, string, Record<string, unknown>?]>([
    ['values', '{ thing { id name count color ints __typename } must { id } __typename }'],
    ['lists and promises', '{ thing { list { id } musts { id count } child { child { id echo } } must { id } } }'],
    ['aliases', '{ b: thing { a_b: id a: child { b_c: child { id } } } a: thing { b: child { a_b: id } } }'],
    [
      'aliases that objects have of their own',
      '{ __proto__: thing { constructor: id __proto__: name toString: count } }',
    ],
    [
      'fields that are asked for in parts',
      '{ thing { child { id } ...F child { ... { name } } } } fragment F on Thing { child { count } }',
    ],
    [
      'interfaces',
      '{ thing { named { __typename name ... on Thing { id } ... on Other { only } ...N } } } fragment N on Named { alias: name }',
    ],
    [
      'unions',
      '{ thing { any { __typename ... on Named { name } ... on Thing { id } ...O } } } fragment O on Other { only }',
    ],
    [
      'arguments',
      '{ echo(id: 1) thing { a: echo b: echo(text: null, filter: null) c: echo(filter: { color: GREEN, below: { tags: "z" } }) } }',
    ],
    [
      'variables',
      'query ($t: String, $i: ID = 7, $f: Filter) { echo(id: $i, text: $t, filter: $f) thing { echo(text: $t, filter: { below: $f }) } }',
      { t: 'T', f: { tags: ['q'], must: 4 } },
    ],
    [
      'variables that are omitted',
      'query ($t: String, $i: ID = 7, $f: Filter, $l: String! = "l") { echo(id: $i, text: $t, filter: $f) thing { echo(text: $t, filter: { color: RED, tags: [$l], below: $f }) } }',
    ],
    ['null variables', 'query ($t: String, $f: Filter) { thing { echo(text: $t, filter: $f) } }', { t: null, f: null }],
    [
      'hostile texts',
      'query ($t: String) { a: echo(id: "\\"); throw 1 //\\u2028\\\\${1}`", text: $t) b: echo(id: """ \\""" */ """) }',
      { t: '\u2028\\"`${process.exit()}' },
    ],
    [
      'a text that other compilers run',
      '{ echo(id: "__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74d0),x:globalThis.hostile=1,y:(1") }',
    ],
    ['introspection', getIntrospectionQuery()],
    ['__type', '{ __type(name: "Thing") { name fields(includeDeprecated: true) { name args { defaultValue } } } }'],
    [
      'a variable that does not fit',
      'query ($f: Filter, $i: ID!) { echo(id: $i, filter: $f) }',
      { f: { color: 'NO', nope: 1 } },
    ],
    ['an argument that a variable leaves null', 'query ($i: ID! = 1) { thing { name } echo(id: $i) }', { i: null }],
    [
      'a nullable variable for an argument that must be',
      'query ($i: ID = 1) { thing { name } echo(id: $i) }',
      { i: null },
    ],
    ['a null switch', 'query ($s: Boolean = true) { thing { name @skip(if: $s) } }', { s: null }],
  ])('%s', async (_what, source, variables = {}) => {
    await both(source, { variables, rootValue: { thing, must: thing } })
    expect((globalThis as { hostile?: unknown }).hostile).toBeUndefined()
  })

  test('what inherits from Object is no variable', async () => {
    const variables = JSON.parse('{ "__proto__": { "t": "no" }, "constructor": "own" }') as Record<string, unknown>
    await both(
      'query ($t: String, $constructor: String, $toString: String) { echo(id: 1, text: $t) thing { a: echo(text: $toString) b: echo(text: $constructor) } }',
      {
        variables,
        rootValue: { thing },
      },
    )
  })

  test.each([
    [true, true],
    [true, false],
    [false, true],
    [false, false],
  ])('@skip(%s) and @include(%s), in every place', async (s, i) => {
    const source = `query ($s: Boolean!, $i: Boolean!) {
      thing @include(if: $i) { ...F @skip(if: $s) id @skip(if: $s) @include(if: $i) }
      must { ... @include(if: $i) { child @skip(if: $s) { ...F } } child { ...F } name @skip(if: false) }
    }
    fragment F on Thing { name count @skip(if: $s) child { id @include(if: $i) name } }`
    await both(source, { variables: { s, i }, rootValue: { thing, must: thing } })
  })

  test('an operation of several, by its name', async () => {
    const source =
      'query A($s: Boolean!) { thing { ...F } must @skip(if: $s) { id } } query B { thing { ...F name } } fragment F on Thing { id }'
    for (const operationName of ['A', 'B'])
      await both(source, { operationName, variables: { s: true }, rootValue: { thing } })
  })

  test('an event of a subscription', async () => {
    await both('subscription { thing { id child { name } } }', { rootValue: { thing } })
  })
})

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

describe('a plan', () => {
  const SOURCE = `query ($s: Boolean! = false) { thing { ...F child { ...F child { ...F } } must { ...F } name @skip(if: $s) } }
    fragment F on Thing { id name count }`
  const type = schema.getType('Thing') as GraphQLObjectType

  /** How often an execution looks at the type. */
  const looks = async (operation: CompiledOperation, variables = {}) => {
    const look = jest.spyOn(type, 'getFields')
    expect((await operation.with(variables)({} as Context, { thing })).errors).toBeUndefined()
    const count = look.mock.calls.length
    look.mockRestore()
    return count
  }

  test('is made once, for each answer to what is skipped', async () => {
    const operation = compile(SOURCE)
    expect(await looks(operation)).toBeGreaterThan(0)
    expect(await looks(operation)).toBe(0)
    expect(await looks(operation, { s: true })).toBeGreaterThan(0)
    expect(await looks(operation, { s: true })).toBe(0)
    expect(await looks(operation, { s: false })).toBe(0)
  })

  test('is not kept where fragments make it larger than there is room', async () => {
    const operation = compile(SOURCE, {}, 10)
    expect(await looks(operation)).toBeGreaterThan(0)
    expect(await looks(operation)).toBeGreaterThan(0)
  })

  test('is not kept while it runs either, beyond that', async () => {
    const source = '{ thing { musts { id } list { id } } }'
    expect(await looks(compile(source, {}, 1))).toBeGreaterThan(await looks(compile(source)))
  })

  test('is not kept for every answer to what is skipped, where they are many', async () => {
    const names = Array.from({ length: 8 }, (_, index) => `s${index}`)
    const source = `query (${names.map(name => `$${name}: Boolean!`).join()}) { ${names.map(name => `${name}: __typename @skip(if: $${name})`).join(' ')} }`
    const operation = compile(source, {}, 50)
    const made = jest.spyOn(schema, 'getRootType')
    const ask = (bits: number) =>
      operation.with(Object.fromEntries(names.map((name, index) => [name, ((bits >> index) & 1) === 1])))({} as Context)
    for (let bits = 0; bits < 256; bits++) await ask(bits)
    expect(made).toHaveBeenCalledTimes(256)
    await ask(255)
    expect(made).toHaveBeenCalledTimes(256)
    await ask(0)
    expect(made).toHaveBeenCalledTimes(257)
    made.mockRestore()
  })

  test('of a subscription takes its variables once, whatever they become', async () => {
    const variables = { s: false }
    const run = compile(SOURCE).with(variables)
    await run({} as Context, { thing })
    variables.s = true
    expect((await run({} as Context, { thing })).data).toMatchObject({ thing: { name: 'leaf' } })
  })
})

test('DateTime writes what toISOString writes, and refuses what is no date', () => {
  fc.assert(
    fc.property(fc.date({ noInvalidDate: true }), date => {
      expect(DateTime.serialize(date)).toBe(date.toISOString())
    }),
  )
  for (const value of [new Date(NaN), 'yesterday', {}]) expect(() => DateTime.serialize(value)).toThrow()
  expect(DateTime.serialize('2026-11-20T10:00:00.5+01:00')).toBe('2026-11-20T09:00:00.500Z')
})
