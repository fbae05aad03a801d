import { expect } from '@jest/globals'
import type { GraphQLObjectType } from 'graphql'
import { buildSchema as fromSdl, execute, parse, validate, type ExecutionResult, type GraphQLSchema } from 'graphql'
import { CompiledOperation } from '../../src/graphql/compiled-operation.js'
import type { Context } from '../../src/graphql/context.js'
import { operationsOf } from '../../src/graphql/limits.js'

export const schema = fromSdl(`
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

export interface Given {
  in?: GraphQLSchema
  variables?: Record<string, unknown>
  rootValue?: unknown
  operationName?: string
}

export const compile = (source: string, { in: where = schema, operationName }: Given = {}, room = 1_000) => {
  const document = parse(source)
  const operations = operationsOf(document)
  const operation = operations.find(({ name }) => name?.value === operationName) ?? operations[0]!
  return new CompiledOperation({ schema: where, document, operation, hideSuggestions: false, room })
}

/** Where it failed: what is the server's own fault may be told in other words, and is shown to nobody. */
export const placesOf = ({ errors }: ExecutionResult) => errors?.map(({ path, locations }) => ({ path, locations }))

/** As it is sent. */
export const sent = (result: ExecutionResult) => JSON.parse(JSON.stringify(result)) as ExecutionResult

export const both = async (source: string, given: Given = {}) => {
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

export const leaf = { id: '1', name: 'leaf', count: 1, color: 'RED' }
export const thing = {
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
