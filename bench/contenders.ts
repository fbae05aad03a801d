import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import type { Database, Databases } from './databases.js'
import { makePlainTables, type Tables, withClient } from './fill.js'
import type { ContenderName, Options } from './options.js'
import { type ServerProcess, startServer } from './server-process.js'
import { JWT_SECRET } from './world.js'

export interface Contender {
  name: ContenderName
  tables: Tables
  /** The database that those of the runs are copied from. */
  template: Database
  start(database: Database, nodeArgs: string[]): Promise<ServerProcess>
}

interface Built extends Contender {
  /** Where it lies. */
  cwd: string
}

interface Needs {
  root: string
  /** Where this run keeps its files. */
  work: string
  options: Options
  databases: Databases
  signal: AbortSignal
}

/** What it takes, once the server has started, that nothing is written to the audit log, or that no search is possible. */
const LEFT_OUT = {
  audit: `
    create function write_nothing() returns trigger language plpgsql as 'begin return null; end';
    create trigger write_nothing before insert on audit_pending for each row execute function write_nothing()`,
  search: 'drop index messages_search_simple',
}

const without = (ours: Contender, name: ContenderName, ...parts: (keyof typeof LEFT_OUT)[]): Contender => ({
  ...ours,
  name,
  async start(database, nodeArgs) {
    const server = await ours.start(database, nodeArgs)
    await withClient(database.url, client => client.query(parts.map(part => LEFT_OUT[part]).join(';')))
    return server
  },
})

const LONGEST_LINE = 200

/** Beside the server, as somebody runs it by hand. */
const retaining = (ours: Built, name: ContenderName, settings: Record<string, string>): Contender => ({
  ...ours,
  name,
  async start(database, nodeArgs) {
    const server = await ours.start(database, nodeArgs)
    const job = spawn(process.execPath, [join(ours.cwd, 'dist', 'main.js'), 'job', 'retention'], {
      cwd: ours.cwd,
      env: { PATH: process.env.PATH, ...settings, DATABASE_URL: database.url, MESSAGE_RETENTION_DAYS: '365' },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let line = ''
    job.stdout.setEncoding('utf8').on('data', (text: string) => (line = text.trim().slice(-LONGEST_LINE)))
    const ended = once(job, 'close')
    const stop = async () => {
      job.kill('SIGTERM')
      await ended
      console.log(`    ${line}`)
      await server.stop()
    }
    return { ...server, stop }
  },
})

/** Everything is on that is on in production; the limits count, and are out of reach. */
const productionSettings = (redisUrl: string) => ({
  REDIS_URL: redisUrl,
  JWT_SECRET,
  RATE_LIMIT_MESSAGES_PER_MINUTE: '1000000000',
  WS_MAX_CONNECTIONS: '10000',
})

/** What `npm start` runs, as it was built when this run began: others may build while it goes on. */
const keepBuilt = (checkout: string, work: string, name: string) => {
  const copy = join(work, name)
  for (const part of ['dist', 'prisma', 'package.json'])
    cpSync(join(checkout, part), join(copy, part), { recursive: true })
  symlinkSync(join(checkout, 'node_modules'), join(copy, 'node_modules'))
  return copy
}

const makeApp = async (name: ContenderName, checkout: string, needs: Needs): Promise<Built> => {
  const { databases, options, work, signal } = needs
  const cwd = keepBuilt(checkout, work, name)
  const start = ({ url }: Database, nodeArgs: string[]) => {
    const env = { ...productionSettings(options.redisUrl), DATABASE_URL: url }
    // As the Dockerfile starts it.
    const args = ['--max-semi-space-size=32', ...nodeArgs, join(cwd, 'dist', 'main.js')]
    return startServer({ args, cwd, env, signal })
  }
  const template = await databases.create(`${name}_template`)
  // Its first start migrates.
  await (await start(template, [])).stop()
  return { name, tables: 'app', template, start, cwd }
}

const makeOther = async (name: 'limit' | 'stock', template: Database, tables: Tables, needs: Needs) => {
  const { options, work, root, signal } = needs
  const script = join(work, 'js', 'bench', name, 'main.js')
  const start = ({ url }: Database, nodeArgs: string[]) => {
    const env = { REDIS_URL: options.redisUrl, DATABASE_URL: url }
    return startServer({ args: [...nodeArgs, script], cwd: root, env, signal })
  }
  return { name, tables, template, start }
}

/** In the order in which they take turns. */
export const makeContenders = async (needs: Needs): Promise<Contender[]> => {
  const { root, options, databases } = needs
  const contenders: Contender[] = []
  // The stock server uses the tables of the app, made by the app.
  const ours = await makeApp('ours', options.app ?? root, needs)
  for (const name of options.contenders) {
    if (name === 'ours') contenders.push(ours)
    if (name === 'without-audit') contenders.push(without(ours, name, 'audit'))
    if (name === 'without-search') contenders.push(without(ours, name, 'search'))
    if (name === 'without-both') contenders.push(without(ours, name, 'audit', 'search'))
    if (name === 'with-retention') contenders.push(retaining(ours, name, productionSettings(options.redisUrl)))
    if (name === 'before') contenders.push(await makeApp(name, options.before ?? root, needs))
    if (name === 'stock') contenders.push(await makeOther(name, ours.template, 'app', needs))
    if (name === 'limit') {
      const template = await databases.create('limit_template')
      await makePlainTables(template.url)
      contenders.push(await makeOther(name, template, 'plain', needs))
    }
  }
  return contenders
}
