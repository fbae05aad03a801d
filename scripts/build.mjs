import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { withLock } from './lock.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const generated = join('src', 'persistence', 'generated')

const filesUnder = folder =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(root.length))
    .filter(path => !path.startsWith(generated))

const hashOf = paths => {
  const hash = createHash('sha256')
  for (const path of paths.sort())
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0')
  return hash.digest('hex')
}

const run = (script, args) =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
    const stop = signal => {
      child.kill(signal)
      process.exit(128 + constants.signals[signal])
    }
    process.on('SIGINT', stop).on('SIGTERM', stop)
    child.on('error', reject)
    child.on('exit', code => {
      process.removeListener('SIGINT', stop).removeListener('SIGTERM', stop)
      if (code === 0) resolve()
      else reject(new Error(`${script.slice(root.length)} failed.`))
    })
  })

/** A stamp holds the hash of what its outputs were made from, and is written last. */
const steps = [
  {
    name: 'client',
    inputs: () => ['package-lock.json', join('prisma', 'schema.prisma'), join('scripts', 'generate-client.mjs')],
    output: join(generated, 'client.ts'),
    stamp: join(generated, '.stamp'),
    make: () => run(join(root, 'scripts', 'generate-client.mjs'), []),
  },
  {
    name: 'playground',
    inputs: () => ['package-lock.json', join('scripts', 'bundle-playground.mjs'), ...filesUnder('playground')],
    output: join('dist', 'playground', 'index.html'),
    stamp: join('dist', 'playground.stamp'),
    make: () => run(join(root, 'scripts', 'bundle-playground.mjs'), []),
  },
  {
    name: 'web',
    inputs: () => [
      'package-lock.json',
      ...filesUnder(join('examples', 'web')),
      ...filesUnder(join('clients', 'apollo')),
    ],
    output: join('dist', 'web', 'index.html'),
    stamp: join('dist', 'web.stamp'),
    make: () =>
      run(join(root, 'node_modules', 'vite', 'bin', 'vite.js'), [
        ...['build', '--logLevel', 'warn', '--config', join(root, 'examples', 'web', 'vite.config.ts')],
      ]),
  },
  {
    name: 'server',
    inputs: () => [
      'package-lock.json',
      'tsconfig.json',
      'tsconfig.build.json',
      join('prisma', 'schema.prisma'),
      ...filesUnder('src'),
    ],
    output: join('dist', 'main.js'),
    stamp: join('dist', '.stamp'),
    make: () =>
      run(createRequire(import.meta.url).resolve('typescript/bin/tsc'), ['-p', join(root, 'tsconfig.build.json')]),
  },
]

const isCurrent = step =>
  [step.output, step.stamp].every(path => existsSync(join(root, path))) &&
  readFileSync(join(root, step.stamp), 'utf8') === hashOf(step.inputs())

const bring = async step => {
  if (isCurrent(step)) return
  console.log(`Building: ${step.name} …`)
  rmSync(join(root, step.stamp), { force: true })
  const hash = hashOf(step.inputs())
  await step.make()
  mkdirSync(dirname(join(root, step.stamp)), { recursive: true })
  writeFileSync(join(root, step.stamp), hash)
}

/** What runs in production. */
const SERVER = ['client', 'playground', 'server']

/** Makes what is out of date of the named steps. Two at once on one checkout: one builds, the other waits for it. */
export const build = async (names = SERVER) => {
  const wanted = steps.filter(step => names.includes(step.name))
  if (wanted.every(isCurrent)) return
  await withLock(join(root, '.tmp', 'build.lock'), async () => {
    for (const step of wanted) await bring(step)
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await build(process.argv.length > 2 ? process.argv.slice(2) : SERVER).catch(error => {
    console.error(error.message)
    process.exitCode = 1
  })
