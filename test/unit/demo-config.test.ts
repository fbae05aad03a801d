import { expect, test } from '@jest/globals'
import { ConfigError, readConfig } from '../../src/config.js'

const PRODUCTION = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgresql://localhost',
  JWT_SECRET: 'a secret of at least thirty-two bytes',
}

test.each([
  [{}, true],
  [{ HOST: 'localhost' }, true],
  [{ HOST: '127.0.0.1' }, true],
  [{ HOST: '::1' }, true],
  [{ JWT_SECRET: 'any' }, true],
  [{ DEMO: 'off' }, false],
  // Others reach it: only who says so gives tokens away.
  [{ HOST: '0.0.0.0' }, false],
  [{ HOST: '::' }, false],
  [{ HOST: '192.168.0.2' }, false],
  [{ HOST: '127.0.0.1.example.org' }, false],
  [{ HOST: '0.0.0.0', DEMO: 'on' }, true],
  [{ PUBLIC_URL: 'https://chat.example.org' }, false],
  [{ PUBLIC_URL: 'https://chat.example.org', DEMO: 'on' }, true],
  [{ TRUST_PROXY: 'on' }, false],
  [{ TRUST_PROXY: 'on', DEMO: 'on' }, true],
  [{ JWT_PUBLIC_KEY: 'a key' }, false],
  [{ JWT_JWKS_URL: 'https://keys.example.org' }, false],
  [PRODUCTION, false],
  [{ ...PRODUCTION, DEMO: 'off' }, false],
])('with %j the demo is on: %s', (settings, demo) => expect(readConfig(settings).demo).toBe(demo))

test.each([
  { ...PRODUCTION, DEMO: 'on' },
  { DEMO: 'on', JWT_JWKS_URL: 'https://keys.example.org' },
])('with %j nothing starts', settings => {
  expect(() => readConfig(settings)).toThrow(ConfigError)
  expect(() => readConfig(settings)).toThrow(/^DEMO gives tokens\b/)
})
