import { describe, expect, test } from '@jest/globals'
import { getIntrospectionQuery } from 'graphql'
import { both, thing } from '../support/compare-execution.js'

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
