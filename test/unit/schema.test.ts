import { describe, expect, test } from '@jest/globals'
import { getDirective } from '@graphql-tools/utils'
import {
  getNamedType,
  isAbstractType,
  isInputObjectType,
  isObjectType,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
} from 'graphql'
import { getMetadataStorage } from 'type-graphql'
import type { Context } from '../../src/graphql/context.js'
import { isOwnId } from '../../src/graphql/own-ids.js'
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

  test('knows of each id that it takes whether it is the service’s own or the host system’s', () => {
    const inputs = Object.values(schema.getTypeMap()).filter(isInputObjectType)
    const taken = [
      ...fields.flatMap(({ type, field }) =>
        field.args.map(({ name, type: of }) => [`${type.name}.${field.name}`, name, of] as const),
      ),
      ...inputs.flatMap(input =>
        Object.values(input.getFields()).map(({ name, type }) => [input.name, name, type] as const),
      ),
    ].filter(([, , type]) => getNamedType(type).name === 'ID')
    const HOSTS =
      /^(user|participant|actor|subject|subjectUser|admin|patient|professional|recipient|withUser|toUser|appointment|service|prescription)Ids?$/
    const hosts = taken.filter(
      ([of, name]) => HOSTS.test(name) || (name === 'id' && /^(Query.user|UserInput)$/.test(of)),
    )
    const own = taken.filter(([of, name]) => isOwnId(of, name))
    expect([...hosts, ...own].sort()).toEqual([...taken].sort())
    expect(own.length).toBeGreaterThan(30)
    // Only root fields are read so.
    expect(
      own.map(([of]) => of).filter(of => types.some(type => !roots.includes(type) && of.startsWith(`${type.name}.`))),
    ).toEqual([])
  })
})
