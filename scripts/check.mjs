import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from './build.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const bin = join(root, 'node_modules', '.bin')

const checks = {
  'types (tsc)': ['tsc', '-p', 'tsconfig.json'],
  'types of the playground (tsc)': ['tsc', '-p', 'playground/tsconfig.json'],
  'types of the client kit (tsc)': ['tsc', '-p', 'clients/apollo'],
  'types of the web application (tsc)': ['tsc', '-p', 'examples/web'],
  'types of the page of a call (tsc)': ['tsc', '-p', 'test/clients/call/tsconfig.json'],
  'lint (eslint)': ['eslint', '--max-warnings=0', '.'],
  'format (prettier; npm run format mends it)': ['prettier', '--check', '--log-level=warn', '.'],
  'imports (dependency-cruiser)': [
    'depcruise',
    '--output-type',
    'err',
    'src',
    'test',
    'scripts',
    'playground',
    'clients/apollo/src',
    'examples/web/src',
  ],
  'schema.graphql (npm run schema renews it)': ['tsx', 'scripts/schema.ts', '--check'],
  'operations.ts of clients (npm run codegen renews it)': ['tsx', 'codegen.ts', '--check'],
  'clients/apollo/src/cache-types.ts (npm run codegen renews it)': ['tsx', 'scripts/cache-policies.ts', '--check'],
  'docs/coverage.md (npm run coverage renews it)': ['tsx', 'scripts/coverage.ts', '--check'],
  'docs/access.md (npm run access renews it)': ['tsx', 'scripts/access.ts', '--check'],
  'migrations against schema.prisma (npm run migration -- new <name>)': ['tsx', 'scripts/migrations.ts', 'check'],
}

const run = ([command, ...args]) =>
  new Promise(resolve => {
    let output = ''
    const child = spawn(join(bin, command), args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', text => (output += text))
    child.on('error', error => resolve({ passed: false, output: error.message }))
    child.on('close', code => resolve({ passed: code === 0, output }))
  })

await build(['client'])
const results = await Promise.all(
  Object.entries(checks).map(async ([name, command]) => {
    const { passed, output } = await run(command)
    console.log(`${passed ? 'ok    ' : 'FAILED'} ${name}${passed ? '' : `\n${output}`}`)
    return passed
  }),
)
if (!results.every(Boolean)) process.exitCode = 1
