import { createApp, type App } from './app.js'
import { orClose } from './close-all.js'
import { ConfigError, readConfig, type Config } from './config.js'
import { describeDemo, prepareDemo } from './demo/demo.js'
import { createLogger } from './logger.js'

const signalled = () =>
  new Promise<void>(resolve => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve())
  })

const begin = async (app: App, config: Config) => {
  await app.start()
  process.stdout.write(`Listening on ${app.url}\n`)
  if (!config.production && (await prepareDemo(app.services))) process.stdout.write(describeDemo(config, app.url))
}

const main = async () => {
  let created = false
  const stopRequested = signalled().then(() => {
    if (!created) process.exit(0)
  })
  const config = readConfig()
  const logger = createLogger(config.logLevel)
  const fail = (error: unknown) => {
    logger.error({ error }, 'Unhandled error: exiting')
    process.exit(1)
  }
  process.on('unhandledRejection', fail).on('uncaughtException', fail)

  const app = await createApp(config)
  created = true
  await orClose(begin(app, config), () => app.stop())
  await stopRequested
  app.services.logger.info({}, 'Stopping')
  await app.stop()
  process.exit(0)
}

try {
  await main()
} catch (error) {
  const text = error instanceof ConfigError ? error.message : error instanceof Error ? error.stack : String(error)
  process.stderr.write(`${text}\n`)
  process.exit(1)
}
