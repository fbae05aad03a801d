import type { InMemoryCache } from '@apollo/client'
import { describe, expect, test } from '@jest/globals'
import { getNamedType, getNullableType, isListType, isObjectType, parse, type GraphQLObjectType } from 'graphql'
import { buildSchema } from '../../src/graphql/schema.js'
import { cleanUp } from '../support/cleanup.js'
import { make } from '../support/make.js'
import { startApp } from '../support/start-app.js'
import { explainError } from './explain-error.js'
import { follow } from './follow.js'
import { RenewTokenDocument, UnreadCountsChangedDocument } from './operations.js'
import { patiently } from './patiently.js'
import { clientsAt } from './test-client.js'
import { TestView } from './test-view.js'

const app = await startApp()
const given = make(app)
const clientOf = clientsAt(app)

const PLACE = ['first', 'after', 'last', 'before']
const types = Object.values(buildSchema().getTypeMap()).filter(
  (type): type is GraphQLObjectType => isObjectType(type) && !/^__|(Connection|Edge)$/.test(type.name),
)
const fields = types.flatMap(type =>
  Object.values(type.getFields()).map(field => ({ type, field, of: getNamedType(field.type) })),
)

describe('004.7 Apollo Client: the cache', () => {
  const { policies } = clientOf(given.admin).cache as InMemoryCache

  const pages = fields.filter(({ of }) => of.name.endsWith('Connection'))
  test.each(pages.map(({ type, field }) => [`${type.name}.${field.name}`, type, field] as const))(
    '004.7 puts the pages of %s together, and no others',
    (_name, { name: typename }, { name: fieldName, args: all }) => {
      expect(policies.getMergeFunction(typename, fieldName, undefined)).toBeDefined()
      const nameWith = (names: string[]) =>
        policies.getStoreFieldName({ typename, fieldName, args: Object.fromEntries(names.map(name => [name, 'some'])) })
      const names = all.map(({ name }) => name)
      const own = names.filter(name => !PLACE.includes(name))
      const told = new Set([[], ...own.map(name => [name])].map(nameWith))
      expect(told.size).toBe(own.length + 1)
      expect(nameWith(names)).toBe(nameWith(own))
    },
  )

  const lists = fields.filter(
    ({ field, of }) => isListType(getNullableType(field.type)) && isObjectType(of) && !('id' in of.getFields()),
  )
  test.each(lists.map(({ type, field }) => [type.name, field.name]))(
    '004.7 replaces %s.%s, whose members have no id',
    (typename, fieldName) => {
      const merge = policies.getMergeFunction(typename, fieldName, undefined) as
        ((...lists: unknown[]) => unknown) | undefined
      expect(merge?.(['old', 'older'], ['new'], { mergeObjects: () => 'both' })).toEqual(['new'])
    },
  )

  test('004.7 there are such fields', () => {
    expect(pages.length).toBeGreaterThan(15)
    expect(lists.length).toBeGreaterThan(5)
  })

  test('004.7 holds both pages of a list after the second', async () => {
    const { patient, professional } = await given.pair()
    const other = await given.professional()
    await given.care(patient, other)
    const query = parse(`query ($after: String) { contacts(role: PROFESSIONAL, first: 1, after: $after) {
      edges { node { id __typename } __typename } pageInfo { endCursor hasNextPage __typename } __typename } }`)
    interface Contacts {
      contacts: { edges: { node: { id: string } }[]; pageInfo: { endCursor: string } }
    }
    const client = clientOf(patient)
    const watched = client.watchQuery<Contacts>({ query })
    const view = new TestView<Contacts>()
    const watching = watched.subscribe(({ data, dataState }) => dataState === 'complete' && view.show(data))
    cleanUp(() => watching.unsubscribe())
    const { contacts } = await view.shows(() => true)
    await watched.fetchMore({ variables: { after: contacts.pageInfo.endCursor } })
    await view.shows(shown => shown.contacts.edges.length === 2)
    const held = client.readQuery<Contacts>({ query })?.contacts.edges.map(({ node }) => node.id)
    expect(held?.sort()).toEqual([professional.id, other.id].sort())
  })
})

test('004.7 Apollo Client: what is refused for a moment is asked again', async () => {
  const patient = await given.patient()
  const client = clientOf(patient)
  // As many as a WebSocket carries.
  const running = await Promise.all(
    Array.from({ length: 100 }, async () => {
      const view = new TestView<unknown>()
      const stop = follow(client, UnreadCountsChangedDocument, {}, view)
      cleanUp(stop)
      await view.shows(() => true)
      return stop
    }),
  )
  let asked = 0
  const renew = () => {
    asked += 1
    return client.mutate({ mutation: RenewTokenDocument, variables: { input: { token: patient.token } } })
  }
  expect(await patiently(renew, 1).catch(explainError)).toBe('Please wait 1 s.')
  const renewed = await patiently(() =>
    renew().catch((error: unknown) => {
      running.pop()?.()
      throw error
    }),
  )
  expect(renewed.data?.renewToken?.connection.transport).toBe('WEBSOCKET')
  expect(asked).toBe(3)
})
