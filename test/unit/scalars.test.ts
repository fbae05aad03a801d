import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { DateTime } from '../../src/graphql/scalars.js'

test('DateTime writes what toISOString writes, and refuses what is no date', () => {
  fc.assert(
    fc.property(fc.date({ noInvalidDate: true }), date => {
      expect(DateTime.serialize(date)).toBe(date.toISOString())
    }),
  )
  for (const value of [new Date(NaN), 'yesterday', {}]) expect(() => DateTime.serialize(value)).toThrow()
  expect(DateTime.serialize('2026-11-20T10:00:00.5+01:00')).toBe('2026-11-20T09:00:00.500Z')
})
