import { describe, expect, test } from '@jest/globals'
import { getDirective } from '@graphql-tools/utils'
import { isAbstractType, isObjectType, type GraphQLObjectType, type GraphQLResolveInfo } from 'graphql'
import { getMetadataStorage } from 'type-graphql'
import type { Context } from '../../src/graphql/context.js'
import { buildSchema } from '../../src/graphql/schema.js'

const schema = buildSchema()
const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
const types = Object.values(schema.getTypeMap()).filter(
  type => isObjectType(type) && !type.name.startsWith('__'),
) as GraphQLObjectType[]
const fields = types.flatMap(type => Object.values(type.getFields()).map(field => ({ type, field })))

describe('the API’s schema', () => {
  test('guards each field that carries @auth', () => {
    const guarded = fields.filter(({ field }) => getDirective(schema, field, 'auth'))
    expect(guarded.length).toBeGreaterThan(30)
    const context = { viewer: null } as Context
    for (const { field } of guarded)
      for (const run of [field.resolve, ...(field.subscribe ? [field.subscribe] : [])])
        expect(() => run?.({}, {}, context, {} as GraphQLResolveInfo)).toThrow('token')
  })

  test('has resolvers where it must compute, and reads properties everywhere else', () => {
    const computed = getMetadataStorage().fieldResolvers.map(({ getObjectType, schemaName }) => {
      const { name } = getMetadataStorage().objectTypes.find(({ target }) => target === getObjectType?.()) ?? {}
      return `${name}.${schemaName}`
    })
    const resolved = fields.filter(({ type, field }) => field.resolve && !roots.includes(type))
    expect(resolved.map(({ type, field }) => `${type.name}.${field.name}`).sort()).toEqual(computed.sort())
  })

  test('asks no type whether a value is of it: plans do not ask', () => {
    expect(types.filter(({ isTypeOf }) => isTypeOf).map(({ name }) => name)).toEqual([])
  })

  test('names the type of an event at once', () => {
    for (const name of ['ConversationEvent', 'InboxEvent']) {
      const type = schema.getType(name)
      const resolveType = isAbstractType(type) ? type.resolveType : undefined
      expect(resolveType?.({ type: 'ConversationChanged' }, {}, {} as GraphQLResolveInfo, type as never)).toBe(
        'ConversationChanged',
      )
    }
  })
})
