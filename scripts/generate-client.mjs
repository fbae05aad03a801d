import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

// Generating never runs the schema engine, but the CLI downloads it unless this names a file that exists.
const environment = {
  ...process.env,
  PRISMA_SCHEMA_ENGINE_BINARY: fileURLToPath(import.meta.url),
  PRISMA_HIDE_UPDATE_MESSAGE: '1',
  CHECKPOINT_DISABLE: '1',
}
const cli = createRequire(import.meta.url).resolve('prisma/build/index.js')
const root = fileURLToPath(new URL('..', import.meta.url))
const schema = fileURLToPath(new URL('../prisma/schema.prisma', import.meta.url))

const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'generate', '--schema', schema, '--no-hints'], {
  cwd: root,
  env: environment,
  encoding: 'utf8',
})
if (status !== 0) process.stderr.write(`${stdout}${stderr}`)
process.exitCode = status ?? 1
