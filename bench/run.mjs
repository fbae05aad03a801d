import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from '../scripts/build.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const work = join(root, '.tmp', `bench-${process.pid}`)
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')

// Compiled, because tsx wraps every function that is made, which costs what is measured here.
const compile = () => {
  const args = [tsc, '-p', join(root, 'bench', 'tsconfig.build.json'), '--outDir', join(work, 'js')]
  if (spawnSync(process.execPath, args, { stdio: 'inherit' }).status !== 0) throw new Error('bench/ does not compile.')
}

try {
  // What is measured elsewhere is built there.
  await build(process.argv.includes('--app') ? ['client'] : undefined)
  mkdirSync(work, { recursive: true })
  compile()
  const { main } = await import(join(work, 'js', 'bench', 'main.js'))
  process.exitCode = await main({ root, work, args: process.argv.slice(2) })
} catch (error) {
  console.error(error)
  process.exitCode = 1
} finally {
  rmSync(work, { recursive: true, force: true })
}
