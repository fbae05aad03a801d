import { createApp } from '../../dist/app.js'
import { readConfig } from '../../dist/config.js'

// The server, but with the timings that a test gives.
const app = await createApp(readConfig(), JSON.parse(process.env.TIMINGS))
await app.start()
process.stdout.write(`Listening on ${app.url}\n`)
