import { describe, expect, jest, test } from '@jest/globals'
import type { GraphQLObjectType } from 'graphql'
import type { CompiledOperation } from '../../src/graphql/compiled-operation.js'
import type { Context } from '../../src/graphql/context.js'
import { compile, schema, thing } from '../support/compare-execution.js'

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
