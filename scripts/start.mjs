import { build } from './build.mjs'

try {
  // The web application is for trying things out, and so are the packages that it is built with.
  await build(process.env.NODE_ENV === 'production' ? undefined : ['client', 'playground', 'web', 'server'])
} catch (error) {
  console.error(error.message)
  process.exit(1)
}
// In this very process, so that it gets the signals and its exit code is the server's.
await import('../dist/main.js')
