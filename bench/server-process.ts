import { type ChildProcess, spawn } from 'node:child_process'

const LONGEST_START_MS = 60_000
const LONGEST_STOP_MS = 20_000

export interface ServerProcess {
  readonly pid: number
  /** host:port */
  readonly address: string
  signal(name: NodeJS.Signals): void
  /** With SIGTERM, so that profiles are written. */
  stop(): Promise<void>
}

export interface ServerCommand {
  args: string[]
  cwd: string
  env: Record<string, string>
  /** Ends the process when the run is broken off. */
  signal: AbortSignal
}

const ended = (child: ChildProcess) =>
  new Promise<void>(resolve => {
    child.once('close', () => resolve())
  })

const listens = (child: ChildProcess, output: () => string) =>
  new Promise<string>((resolve, reject) => {
    const fail = () => reject(new Error(`The server did not start:\n${output()}`))
    const timer = setTimeout(fail, LONGEST_START_MS)
    child.stdout?.on('data', () => {
      const address = /^Listening on http:\/\/([\w.]+:\d+)/m.exec(output())?.[1]
      if (address === undefined) return
      clearTimeout(timer)
      resolve(address)
    })
    child.once('close', fail)
  })

/** A server as a process of its own. It takes a free port and prints "Listening on http://…". */
export const startServer = async ({ args, cwd, env, signal }: ServerCommand): Promise<ServerProcess> => {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, PORT: '0', NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  })
  child.on('error', () => {})
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      if (output.length < 100_000) output += text
    })
  const end = ended(child)
  const stop = async () => {
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), LONGEST_STOP_MS)
    await end
    clearTimeout(timer)
  }
  try {
    const address = await listens(child, () => output)
    return { pid: child.pid ?? 0, address, signal: name => void child.kill(name), stop }
  } catch (error) {
    child.kill('SIGKILL')
    throw error
  }
}
