import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { cleanUp } from './cleanup.js'
import { testRedisUrl } from './engine.js'
import { TEST_SECRET } from './tokens.js'

export interface Exit {
  code: number | null
  signal: NodeJS.Signals | null
}

export interface ServerProcess {
  readonly url: string
  readonly pid: number
  readonly exited: Promise<Exit>
  /** Everything it has printed so far. */
  output(): string
  /** Resolves once it prints something, or rejects if it ends. */
  printsMore(): Promise<void>
  kill(signal: NodeJS.Signals): Promise<Exit>
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const LONGEST_START_MS = 90_000

type Environment = Record<string, string | undefined>

/** Of a server on that database and the tests' Redis, which takes the tests' tokens and is never asked too much. */
export const serverEnvironment = (databaseUrl: string | undefined, others: Environment = {}): Environment => ({
  DATABASE_URL: databaseUrl,
  REDIS_URL: testRedisUrl(),
  JWT_SECRET: TEST_SECRET,
  RATE_LIMIT_MESSAGES_PER_MINUTE: '0',
  RATE_LIMIT_STARTS_PER_MINUTE: '0',
  ...others,
})

/** Only what is given here and the bare necessities: no variable of the test run leaks into the server. */
export const spawnServer = (script: string, args: string[], environment: Environment) => {
  const child = spawn(process.execPath, [script, ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  const exited = new Promise<Exit>(resolve => {
    child.once('close', (code, signal) => resolve({ code, signal }))
  })
  const kill = (signal: NodeJS.Signals) => {
    child.kill(signal)
    return exited
  }
  cleanUp(() => kill('SIGKILL'))
  return { child, exited, kill, output: () => output }
}

/** The built server as a process of its own, listening. Killed after the test. */
export const startProcess = async (environment: Environment, script = 'dist/main.js'): Promise<ServerProcess> => {
  const { child, exited, kill, output } = spawnServer(script, [], environment)
  const url = await new Promise<string>((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`The server ${why}:\n${output()}`))
    const timer = setTimeout(() => fail('did not start'), LONGEST_START_MS)
    child.stdout.on('data', () => {
      const address = /^Listening on (\S+)/m.exec(output())?.[1]
      if (address === undefined) return
      clearTimeout(timer)
      resolve(address)
    })
    void exited.then(({ code, signal }) => {
      clearTimeout(timer)
      fail(`exited with ${code ?? signal}`)
    })
  })
  const printsMore = () =>
    new Promise<void>((resolve, reject) => {
      child.stdout.once('data', () => resolve())
      void exited.then(() => reject(new Error(`The server ended:\n${output()}`)))
    })
  return { url, pid: child.pid ?? 0, exited, kill, output, printsMore }
}

/** For what exits by itself. */
export const runProcess = async (script: string, args: string[], environment: Environment) => {
  const { exited, output } = spawnServer(script, args, environment)
  return { ...(await exited), output: output() }
}
