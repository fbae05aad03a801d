import { expect, test } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { buildSchema, parse, validate } from 'graphql'
import { examples } from '../../playground/examples.js'

const schema = buildSchema(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'))

test.each(examples.map(({ query }) => [/(?:query|mutation|subscription) (\w+)/.exec(query)?.[1], query]))(
  'the playground can run its example %s',
  (_, query = '') => {
    expect(validate(schema, parse(query))).toEqual([])
  },
)
