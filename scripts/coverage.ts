import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'

// Fills in the last column of docs/coverage.md: the test files with a test whose name begins with the row's id.
const PAGE = 'docs/coverage.md'
const ROW = /^\| (\d{3}\.\d+) *\|(.*)\|[^|]*\|$/

const files = readdirSync('test', { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile() && entry.name.endsWith('.test.ts'))
  .map(entry => join(entry.parentPath, entry.name))
  .sort()
const sources = files.map(file => [file, readFileSync(file, 'utf8')] as const)

const testsOf = (id: string) => {
  const named = new RegExp(`['"\`]${id.replace('.', '\\.')}[ :]`)
  return sources
    .filter(([, source]) => named.test(source))
    .map(([file]) => `[${file.replace(/^test\/|\.test\.ts$/g, '')}](../${file})`)
}

const before = readFileSync(PAGE, 'utf8')
const filledIn = before
  .split('\n')
  .map(line => {
    const [, id, rest] = ROW.exec(line) ?? []
    if (id === undefined) return line
    const tests = testsOf(id)
    return `| ${id} |${rest}|${tests.length > 0 ? ` ${tests.join(', ')} ` : ' '}|`
  })
  .join('\n')
const after = await format(filledIn, { ...(await resolveConfig(PAGE)), parser: 'markdown' })

if (process.argv.includes('--check')) {
  if (after !== before) {
    console.error(`${PAGE} does not name the tests that there are: run "npm run coverage" and commit it.`)
    process.exitCode = 1
  }
} else writeFileSync(PAGE, after)
