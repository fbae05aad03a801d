import { build } from './build.mjs'

try {
  await build()
} catch (error) {
  console.error(error.message)
  process.exit(1)
}
// In this very process, so that it gets the signals and its exit code is the server's.
await import('../dist/main.js')
