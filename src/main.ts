import { createApp, type App } from './app.js'
import { orClose } from './close-all.js'
import { ConfigError, readConfig, type Config } from './config.js'
import { prepareDemo } from './demo/demo.js'
import { demoTokens } from './demo/demo-tokens.js'
import { describeDemo } from './demo/describe-demo.js'
import { JobUsageError, runJobCommand } from './jobs/job-command.js'
import { createLogger } from './logger.js'

const signalled = () =>
  new Promise<void>(resolve => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve())
  })

const begin = async (app: App, config: Config) => {
  await app.start()
  process.stdout.write(`Listening on ${app.url}\n`)
  if (!config.demo) return
  await prepareDemo(app.services)
  process.stdout.write(describeDemo(config, app.url, await demoTokens(app.services)))
}

/** `node dist/main.js job …`: beside the servers, or without any. */
const runJob = async (args: string[]) => {
  const config = readConfig()
  const app = await createApp({ ...config, logLevel: 'warn' })
  // What runs ends between two batches.
  void signalled().then(() => app.services.jobs.stop())
  try {
    await runJobCommand(app.services.jobs, args, process.stdout)
  } finally {
    await app.stop()
  }
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

const [command, ...args] = process.argv.slice(2)
try {
  await (command === 'job' ? runJob(args) : main())
} catch (error) {
  const isUsage = error instanceof ConfigError || error instanceof JobUsageError
  const text = isUsage ? error.message : error instanceof Error ? error.stack : String(error)
  process.stderr.write(`${text}\n`)
  process.exit(1)
}
