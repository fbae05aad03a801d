import { describe, expect, test } from '@jest/globals'
import {
  buildSchema as fromSdl,
  execute,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  parse,
  subscribe,
} from 'graphql'
import type { AuditEntry } from '../../src/audit-trail.js'
import { QueueBudget } from '../../src/connections/queue-budget.js'
import { EventStream } from '../../src/events/event-stream.js'
import { enforceDirectives } from '../../src/graphql/directives.js'
import { buildSchema } from '../../src/graphql/schema.js'

const DIRECTIVES = `
  enum Role { PATIENT PROFESSIONAL ADMIN }
  directive @auth(requires: [Role!]) on FIELD_DEFINITION | OBJECT
  directive @public on FIELD_DEFINITION`

const bare = fromSdl(`${DIRECTIVES}
    type Query {
      open: String @public
      mine: String @auth
      patients: String @auth(requires: [PATIENT])
      guarded: Guarded @public
    }
    type Guarded @auth(requires: [ADMIN]) { inside: String }
    type Subscription { ticks: String @auth(requires: [PATIENT, PROFESSIONAL]) }`)

const ticks = bare.getSubscriptionType()?.getFields().ticks
if (!ticks) throw new Error('Unreachable')
ticks.subscribe = () => {
  const stream = new EventStream(new QueueBudget(() => {}))
  for (let n = 0; n < 2; n++) stream.push({ ticks: 'tick' })
  return stream
}
const schema = enforceDirectives(bare)

const rootValue = { open: 'a', mine: 'b', patients: 'c', guarded: { inside: 'd' } }
const recorded: string[] = []
const services = {
  audit: { record: ({ action, outcome }: AuditEntry) => void recorded.push(`${action} ${outcome}`) },
}
const contextOf = (...roles: string[]) => {
  const viewer = roles.length > 0 ? { userId: 'u', roles } : null
  return { viewer, connection: { viewer }, services }
}

const ask = async (field: string, contextValue: object) => {
  const { data, errors } = await execute({ schema, document: parse(`{ ${field} }`), rootValue, contextValue })
  return errors ? (errors[0]?.originalError as unknown as { code: string }).code : data
}

describe('@auth', () => {
  test('001.12 asks for a viewer, and for one of the roles', async () => {
    expect(await ask('open', contextOf())).toEqual({ open: 'a' })
    expect(await ask('mine', contextOf())).toBe('UNAUTHENTICATED')
    expect(await ask('mine', contextOf('ADMIN'))).toEqual({ mine: 'b' })
    expect(await ask('patients', contextOf())).toBe('UNAUTHENTICATED')
    expect(await ask('patients', contextOf('PROFESSIONAL'))).toBe('FORBIDDEN')
    expect(await ask('patients', contextOf('PROFESSIONAL', 'PATIENT'))).toEqual({ patients: 'c' })
  })

  test('on a type, for each of its fields', async () => {
    expect(await ask('guarded { inside }', contextOf('PATIENT'))).toBe('FORBIDDEN')
    expect(await ask('guarded { inside }', contextOf('ADMIN'))).toEqual({ guarded: { inside: 'd' } })
  })

  test('refuses a subscription before it begins, and an event once the viewer is gone', async () => {
    const start = (contextValue: object) =>
      subscribe({ schema, document: parse('subscription { ticks }'), contextValue })
    expect(await start(contextOf('ADMIN'))).toMatchObject({ errors: [{ originalError: { code: 'FORBIDDEN' } }] })
    const context: { viewer: object | null } = contextOf('PATIENT')
    const events = await start(context)
    if (!(Symbol.asyncIterator in events)) throw new Error('It was refused.')
    expect((await events.next()).value).toMatchObject({ data: { ticks: 'tick' } })
    context.viewer = null
    expect((await events.next()).value).toMatchObject({ errors: [{ originalError: { code: 'UNAUTHENTICATED' } }] })
    await events.return()
    expect(recorded.slice(-3)).toEqual(['ticks DENIED', 'ticks ALLOWED', 'ticks.end ALLOWED'])
  })
})

describe('a schema', () => {
  test('with a root field that has neither @auth nor @public fails to build', () => {
    for (const root of ['Query', 'Mutation', 'Subscription']) {
      const query = root === 'Query' ? '' : 'type Query { open: String @public }'
      const careless = fromSdl(`${DIRECTIVES} ${query} type ${root} { careless: String }`)
      expect(() => enforceDirectives(careless)).toThrow(`${root}.careless carries neither @auth nor @public.`)
    }
  })

  test('describes every type, field, argument, input and enum value', () => {
    const undescribed: string[] = []
    const look = (name: string, { description }: { description?: string | null }) =>
      description || undescribed.push(name)
    for (const type of Object.values(buildSchema().getTypeMap())) {
      if (type.name.startsWith('__')) continue
      look(type.name, type)
      if (isEnumType(type)) for (const value of type.getValues()) look(`${type.name}.${value.name}`, value)
      if (isInputObjectType(type))
        for (const field of Object.values(type.getFields())) look(`${type.name}.${field.name}`, field)
      if (!isObjectType(type) && !isInterfaceType(type)) continue
      for (const field of Object.values(type.getFields())) {
        look(`${type.name}.${field.name}`, field)
        for (const argument of field.args) look(`${type.name}.${field.name}(${argument.name})`, argument)
      }
    }
    expect(undescribed).toEqual([])
  })
})
