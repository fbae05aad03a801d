import { expect, test } from '@jest/globals'
import pg from 'pg'
import { parseTimestamp, TIMESTAMPTZ } from '../../src/persistence/parse-timestamp.js'

const general = pg.types.getTypeParser(TIMESTAMPTZ) as (text: string) => unknown

test.each([
  '2026-11-21 00:14:27.123456+00',
  '2026-11-21 00:14:27.999999+00',
  '2026-11-21 00:14:27+00',
  '2026-02-29 23:59:59.9+00',
  '2024-02-29 23:59:59.05+00',
  '9999-12-31 23:59:59.999+00',
  '0099-01-01 00:00:00+00',
  '12026-01-01 00:00:00+00',
  '0044-03-15 00:00:00+00 BC',
  '2026-01-01 00:00:00+05:30',
  '2026-01-01 00:00:00-03',
  'infinity',
  '-infinity',
])('reads %s as the general parser does', text => {
  expect(parseTimestamp(text)).toEqual(general(text))
})
