import { build } from 'esbuild'
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const output = join(root, 'dist', 'playground')

rmSync(output, { recursive: true, force: true })
await build({
  entryPoints: [join(root, 'playground', 'main.tsx')],
  outdir: output,
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  jsx: 'automatic',
  define: { 'process.env.NODE_ENV': '"production"' },
  legalComments: 'eof',
  logLevel: 'warning',
})
cpSync(join(root, 'playground', 'index.html'), join(output, 'index.html'))
