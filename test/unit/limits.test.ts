import { describe, expect, test } from '@jest/globals'
import { getIntrospectionQuery } from 'graphql'
import { isRefused } from '../../src/graphql/documents.js'
import { Engine } from '../../src/graphql/engine.js'
import { buildSchema } from '../../src/graphql/schema.js'

const schema = buildSchema()
const formatError = () => ({ message: 'unused' })
const engine = new Engine({ schema, introspection: true, formatError })
const closed = new Engine({ schema, introspection: false, formatError })

const judge = (source: string, variables = {}, by = engine) => {
  const outcome = by.prepare(source, null, variables)
  return isRefused(outcome) ? outcome.errors.map(({ extensions, message }) => extensions.limit ?? message) : 'FINE'
}

const nested = (levels: number) => {
  const pairs = 'conversation { lastMessage { '.repeat(levels)
  return `{ conversation(id: "x") { lastMessage { ${pairs} id ${'} } '.repeat(levels)} } } }`
}

describe('depth', () => {
  test('12 levels are fine, 13 are not', () => {
    expect(judge('{ me { id } }')).toBe('FINE')
    expect(judge(nested(4))).toBe('FINE')
    expect(judge(nested(5))).toEqual(['depth'])
    expect(judge(nested(4).replace(' id ', ' sender { id } '))).toBe('FINE')
    expect(judge(nested(4).replace(' id ', ' sender { presence { id } } '))).toEqual(['depth'])
  })

  test('is counted through fragments', () => {
    const source = `
      query { conversation(id: "x") { ...a } }
      fragment a on Conversation { lastMessage { conversation { lastMessage { conversation { ...b } } } } }
      fragment b on Conversation { lastMessage { conversation { lastMessage { conversation { ...c } } } } }
      fragment c on Conversation { lastMessage { conversation { lastMessage { id } } } }`
    expect(judge(source)).toEqual(['depth'])
  })

  test('a fragment that spreads itself is refused', () => {
    const [message] = judge('{ me { ...a } } fragment a on User { id ...a }')
    expect(message).toContain('Cannot spread fragment "a" within itself')
  })
})

describe('tokens', () => {
  test('1,000 are fine, 1,001 are not', () => {
    const tokens = (count: number) => `{ presences(userIds: [${'"a" '.repeat(count - 12)}]) { id } }`
    expect(judge(tokens(1000))).toBe('FINE')
    expect(judge(tokens(1001))).toEqual(['tokens'])
  })
})

describe('aliases', () => {
  const aliases = (count: number) => Array.from({ length: count }, (_, n) => `a${n}: me { id }`).join(' ')

  test('15 are fine, 16 are not', () => {
    expect(judge(`{ ${aliases(15)} }`)).toBe('FINE')
    expect(judge(`{ ${aliases(16)} }`)).toEqual(['aliases'])
  })

  test('are counted as often as their fragment is spread, for each operation on its own', () => {
    const fragment = 'fragment names on User { one: id two: id three: id four: id }'
    expect(judge(`{ me { ...names ...names ...names } } ${fragment}`)).toBe('FINE')
    expect(judge(`{ me { ...names ...names ...names ...names } } ${fragment}`)).toEqual(['aliases'])
    const two = engine.prepare(`query A { ${aliases(10)} } query B { ${aliases(10)} }`, 'A')
    expect(isRefused(two)).toBe(false)
  })

  test('fragments within fragments are measured in no time', () => {
    const levels = Array.from({ length: 90 }, (_, n) => `fragment f${n} on User { ...f${n + 1} ...f${n + 1} }`)
    const source = `{ me { ...f0 } } ${levels.join(' ')} fragment f90 on User { a: id }`
    expect(judge(source)).toEqual(['aliases'])
    expect(judge(source.replace('a: id', 'id'))).toBe('FINE')
  })
})

describe('cost', () => {
  test('counts each text of a message, under every alias', () => {
    const page = (texts: string) =>
      `{ conversations(first: 10) { edges { node { messages(first: 100) { edges { node { ${texts} } } } } } } }`
    expect(judge(page('body'))).toBe('FINE')
    expect(judge(page('a: body b: body'))).toEqual(['cost'])
  })

  const page = (conversations: string, messages: string, inside: string) =>
    `{ conversations(${conversations}) { edges { node { messages(${messages}) { edges { node { ${inside} } } } } } } }`

  test('a screenful of conversations with their messages and senders is fine', () => {
    expect(judge(page('first: 50', 'first: 20', 'id body sender { displayName }'))).toBe('FINE')
  })

  test('pages within pages within pages are not', () => {
    const inner = 'conversation { messages(first: 100) { edges { node { id } } } }'
    expect(judge(page('first: 100', 'first: 100', inner))).toEqual(['cost'])
    expect(judge(page('first: 100', 'last: 100', 'id'))).toEqual(['cost'])
  })

  test('a page without a size counts as 50', () => {
    const open = page('first: 50', '', 'sender { id } session { id } conversation { id }').replace('()', '')
    expect(judge(open)).toEqual(['cost'])
  })

  test('page sizes in variables count, also their defaults, and each request on its own', () => {
    const source = `query ($outer: Int = 100, $inner: Int, $last: Int) ${page('first: $outer', 'first: $inner, last: $last', 'id')}`
    expect(judge(source, { outer: 50, inner: 20 })).toBe('FINE')
    expect(judge(source, { outer: 100, inner: 100 })).toEqual(['cost'])
    expect(judge(source, { inner: 100 })).toEqual(['cost'])
    expect(judge(source, { inner: null, last: 100 })).toEqual(['cost'])
    expect(judge(source, { outer: 1, inner: 100 })).toBe('FINE')
    // Out of bounds is the resolver's to refuse, and costs no more than a full page.
    expect(judge(source, { outer: 1, inner: 1_000_000 })).toBe('FINE')
    expect(judge(source, { outer: -5, inner: 100 })).toBe('FINE')
  })

  test('page sizes count through fragments, in no time', () => {
    const levels = Array.from({ length: 60 }, (_, n) => `fragment f${n} on Conversation { ...f${n + 1} ...f${n + 1} }`)
    const source = `query ($size: Int) { conversation(id: "x") { ...f0 } } ${levels.join(' ')}
      fragment f60 on Conversation { messages(first: $size) { edges { node { id } } } }`
    expect(judge(source, { size: 1 })).toEqual(['cost'])
  })

  test('a size that a field has by itself counts where none is given', () => {
    const source = (
      size: string,
      variables = '',
    ) => `query ${variables} { history(conversationId: "x", last: 50) { edges { node {
      body receipts { user { id } status } replyTo { body sender { id } } reactions { emoji users${size} { id } } } } } }`
    expect(judge(source(''))).toBe('FINE')
    const open = source('(first: $size)', '($size: Int)')
    expect(judge(open)).toBe('FINE')
    expect(judge(open, { size: 100 })).toEqual(['cost'])
    expect(judge(source('(first: 100)'))).toEqual(['cost'])
  })

  test('a list costs as much as it is asked for', () => {
    const source = 'query ($ids: [ID!]!) { presences(userIds: $ids) { user { presence { user { id } } } } }'
    expect(judge(source, { ids: Array.from({ length: 100 }, String) })).toBe('FINE')
    expect(judge(source, { ids: Array.from({ length: 3000 }, String) })).toEqual(['cost'])
  })
})

describe('introspection', () => {
  test('passes the limits where it is on', () => {
    expect(judge(getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true }))).toBe('FINE')
  })

  test('cannot be nested without end', () => {
    const deep =
      '{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }'
    expect(judge(deep)).toContain('Maximum introspection depth exceeded')
  })

  test('is refused where it is off, and mistakes bring no suggestions', () => {
    expect(judge(getIntrospectionQuery(), {}, closed)).toEqual(
      expect.arrayContaining([expect.stringContaining('introspection has been disabled')]),
    )
    expect(judge('{ __type(name: "User") { name } }', {}, closed)).not.toBe('FINE')
    expect(judge('{ me { __typename id } }', {}, closed)).toBe('FINE')
    expect(judge('{ mee { id } }')).toEqual([expect.stringContaining('Did you mean')])
    expect(judge('{ mee { id } }', {}, closed)).toEqual([expect.not.stringContaining('Did you mean')])
  })
})

test('a document is parsed and validated once', () => {
  expect(engine.load('{ me { id } }')).toBe(engine.load('{ me { id } }'))
  expect(engine.load('{ nope }')).toBe(engine.load('{ nope }'))
  const long = `{ me { id } } # ${'x'.repeat(40_000)}`
  expect(engine.load(long)).not.toBe(engine.load(long))
})

test('what is kept of documents is bounded by what they hold, not by how long they are', () => {
  const many = (name: string) => `query ${name} { presences(userIds: [${'"a" '.repeat(900)}]) { id } }`
  const first = engine.load(many('first'))
  expect(engine.load(many('first'))).toBe(first)
  for (let count = 0; count < 120; count++) engine.load(many(`another${count}`))
  expect(engine.load(many('first'))).not.toBe(first)
})

test('of a refused document only its errors are kept, with their places', () => {
  const outcome = engine.load('{ me { id\n nope } }')
  const [error] = isRefused(outcome) ? outcome.errors : []
  expect(error?.locations).toEqual([{ line: 2, column: 2 }])
  expect(error?.nodes).toBeUndefined()
})

test('an operation must be there, and named where there are several', () => {
  const codes = (name: string | null) => {
    const outcome = engine.prepare('query A { me { id } } query B { me { id } }', name)
    return isRefused(outcome) ? outcome.errors[0]?.extensions.code : outcome.node.name?.value
  }
  expect(codes('A')).toBe('A')
  expect(codes(null)).toBe('OPERATION_RESOLUTION_FAILURE')
  expect(codes('C')).toBe('OPERATION_RESOLUTION_FAILURE')
})
