import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'

interface Violation {
  from: string
  rule: { name: string }
}

const root = fileURLToPath(new URL('..', import.meta.url))
const config = join(root, '.dependency-cruiser.cjs')
const { forbidden } = createRequire(import.meta.url)(config) as { forbidden: { name: string }[] }

const violationsIn = (folder: string): Violation[] => {
  const { stdout } = spawnSync(
    join(root, 'node_modules', '.bin', 'depcruise'),
    ['--config', config, '--output-type', 'json', 'src'],
    { cwd: folder, encoding: 'utf8' },
  )
  return (JSON.parse(stdout) as { summary: { violations: Violation[] } }).summary.violations
}

// That the sources break none is one of the checks.
test('each import rule refuses the file that breaks it, which bears its name', () => {
  const violations = violationsIn(join(root, 'test', 'fixtures', 'architecture'))
  const caught = violations
    .filter(({ from, rule }) => basename(from).startsWith(rule.name))
    .map(({ rule }) => rule.name)
  expect([...new Set(caught)].sort()).toEqual(forbidden.map(rule => rule.name).sort())
})
