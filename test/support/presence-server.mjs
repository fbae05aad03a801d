import { createApp } from '../../dist/app.js'
import { readConfig } from '../../dist/config.js'

// The server, but with the timings of presence that a test gives.
const app = await createApp(readConfig(), { presenceTimings: JSON.parse(process.env.PRESENCE_TIMINGS) })
await app.start()
process.stdout.write(`Listening on ${app.url}\n`)
