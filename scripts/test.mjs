import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { build } from './build.mjs'

const missing = ['TEST_DATABASE_URL', 'TEST_REDIS_URL'].filter(name => !process.env[name])

// Whoever changes something wants its tests also while types elsewhere do not fit yet: "npm test" checks them first.
await build(['client', 'playground', 'web', 'server']).catch(error => console.error(error.message))
// As options of node and not in NODE_OPTIONS, so that servers started by tests run without them.
const { status } = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    createRequire(import.meta.url).resolve('jest/bin/jest'),
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit' },
)
if (missing.length > 0)
  console.log(`SKIPPED: the same tests on PostgreSQL and Redis, for want of ${missing.join(' and ')}.`)
process.exitCode = status ?? 1
