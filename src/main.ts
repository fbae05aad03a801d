import { createApp } from './app.js'
import { ConfigError, readConfig } from './config.js'
import { describeDemo, prepareDemo } from './demo/demo.js'
import { createLogger, describeError } from './logger.js'

const STOP_SIGNALS = ['SIGTERM', 'SIGINT'] as const

const nextSignal = () =>
  new Promise<NodeJS.Signals>(resolve => {
    for (const signal of STOP_SIGNALS) process.once(signal, resolve)
  })

const main = async () => {
  const stopRequested = nextSignal()
  const config = readConfig()
  const logger = createLogger(config.logLevel)
  const fail = (error: unknown) => {
    logger.error({ error: describeError(error) }, 'Unhandled error; exiting')
    process.exit(1)
  }
  process.on('unhandledRejection', fail).on('uncaughtException', fail)

  const app = await createApp(config)
  await app.start()
  process.stdout.write(`Listening on ${app.url}\n`)
  if (!config.production && (await prepareDemo(app.services))) process.stdout.write(describeDemo(config, app.url))
  await stopRequested
  await app.stop()
  process.exit(0)
}

try {
  await main()
} catch (error) {
  process.stderr.write(`${error instanceof ConfigError ? error.message : String(error instanceof Error ? error.stack : error)}\n`)
  process.exit(1)
}
