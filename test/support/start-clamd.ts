import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type ClamdAddress, ClamdScanner } from '../../src/attachments/clamd-scanner.js'
import { cleanUp } from './cleanup.js'
import { EICAR } from './make-files.js'

const LONGEST_START_MS = 20_000

const freePort = async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise(resolve => server.close(resolve))
  return port
}

export interface Clamd extends ClamdAddress {
  stop(): Promise<void>
}

interface Options {
  port?: number
  longestStream?: string
}

/** A real clamd that knows one malware, the test file that all scanners know. Debian: clamav-daemon. Stopped after the test. */
export const startClamd = async ({ port: given, longestStream = '100M' }: Options = {}): Promise<Clamd> => {
  const folder = await mkdtemp(join(tmpdir(), 'colloquy-clamd-'))
  cleanUp(() => rm(folder, { recursive: true }))
  const port = given ?? (await freePort())
  await mkdir(join(folder, 'database'))
  await writeFile(join(folder, 'database', 'test.ndb'), `Eicar-Test:0:*:${Buffer.from(EICAR).toString('hex')}\n`)
  const settings = {
    DatabaseDirectory: join(folder, 'database'),
    TCPSocket: port,
    TCPAddr: '127.0.0.1',
    Foreground: 'yes',
    TemporaryDirectory: folder,
    StreamMaxLength: longestStream,
    MaxThreads: 2,
  }
  const lines = Object.entries(settings).map(([name, value]) => `${name} ${value}\n`)
  await writeFile(join(folder, 'clamd.conf'), lines.join(''))
  const child = spawn('clamd', ['--config-file', join(folder, 'clamd.conf')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (output += String(chunk)))
  const ended = new Promise<void>(resolve => child.once('close', () => resolve()).once('error', () => resolve()))
  const stop = () => {
    child.kill('SIGKILL')
    return ended
  }
  cleanUp(stop)
  const scanner = new ClamdScanner({ host: '127.0.0.1', port })
  const deadline = Date.now() + LONGEST_START_MS
  for (let ready = false; !ready; ready = await scanner.answers().catch(() => false)) {
    if (child.exitCode !== null || child.pid === undefined || Date.now() > deadline)
      throw new Error(`clamd did not start (Debian: apt-get install clamav-daemon).\n${output}`)
    await sleep(50)
  }
  return { host: '127.0.0.1', port, stop }
}
