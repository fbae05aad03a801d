import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { ConfigError, readConfig } from '../../src/config.js'
import { loadSecret } from '../../src/transport/secret.js'
import { signToken } from '../../src/transport/sign-token.js'

let dataDir: string

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'colloquy-'))
})

afterEach(() => rmSync(dataDir, { recursive: true }))

test('a secret is made once, for its owner alone, and leaves nothing beside it', () => {
  const config = readConfig({ DATA_DIR: join(dataDir, 'new') })
  const secret = loadSecret(config)
  expect(secret).toMatch(/^[0-9a-f]{64}$/)
  expect(loadSecret(config)).toBe(secret)
  expect(statSync(join(dataDir, 'new', 'secret')).mode & 0o777).toBe(0o600)
  expect(readdirSync(join(dataDir, 'new'))).toEqual(['secret'])
  expect(readFileSync(join(dataDir, 'new', 'secret'), 'utf8').trim()).toBe(secret)
})

test('a configured secret is used as it is', () => {
  expect(loadSecret(readConfig({ DATA_DIR: dataDir, JWT_SECRET: 'configured' }))).toBe('configured')
  expect(readdirSync(dataDir)).toEqual([])
})

test('in production no secret is made up', () => {
  const config = readConfig({
    NODE_ENV: 'production',
    DATABASE_URL: 'postgresql://x',
    JWT_JWKS_URL: 'https://x',
    DATA_DIR: dataDir,
  })
  expect(() => loadSecret(config)).toThrow(/JWT_SECRET/)
  expect(() => readConfig({ NODE_ENV: 'production' })).toThrow(/DATABASE_URL.*JWT_SECRET/)
  expect(readdirSync(dataDir)).toEqual([])
})

test('no token is signed where another holds the key', () => {
  const config = readConfig({ JWT_JWKS_URL: 'https://keys.example', DATA_DIR: dataDir })
  expect(() => signToken(config, { sub: 'someone' })).toThrow(ConfigError)
})
