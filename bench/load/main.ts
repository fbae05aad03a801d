import { measureIdle } from './idle.js'
import type { Job, Outcome, ToLoad } from './job.js'
import { measurePages } from './pages.js'
import { measureSearches } from './searches.js'
import { Sends } from './sends.js'
import { tell } from './window.js'

const run = async (job: Job): Promise<Outcome> => {
  const { work } = job
  if (work.kind === 'sends') return new Sends(job, work.inFlight, work.transport).run()
  if (work.kind === 'pages') return measurePages(job, work)
  if (work.kind === 'searches') return measureSearches(job, work)
  return measureIdle(job, work.settleMs)
}

const fail = (error: unknown) => {
  tell({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  process.exitCode = 1
  setTimeout(() => process.exit(), 500)
}

process.on('uncaughtException', fail).on('unhandledRejection', fail)
process.on('disconnect', () => process.exit()).on('SIGTERM', () => process.exit())
process.once('message', (message: ToLoad) => {
  if (message === 'go') return
  void run(message.job).then(outcome => tell({ outcome }), fail)
})
