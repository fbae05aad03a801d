import { describe, test } from '@jest/globals'

declare const TEST_ENGINE: 'embedded' | 'postgres'

/** What this test file runs on; jest.config.js says so for each project. */
export const engine = TEST_ENGINE

const hasPostgres = Boolean(process.env.TEST_DATABASE_URL && process.env.TEST_REDIS_URL)

/** For what embedded parts cannot do. Skips visibly where there is no PostgreSQL and Redis at all. */
export const onPostgres = (name: string, body: () => void) => {
  if (engine === 'postgres') describe(name, body)
  else if (!hasPostgres) test.skip(`${name} (TEST_DATABASE_URL and TEST_REDIS_URL are not set)`, () => {})
}

/** For what only embedded parts do. */
export const onEmbedded = (name: string, body: () => void) => {
  if (engine === 'embedded') describe(name, body)
}

export const testRedisUrl = () => {
  const url = process.env.TEST_REDIS_URL
  if (url === undefined) throw new Error('TEST_REDIS_URL is not set.')
  return url
}
