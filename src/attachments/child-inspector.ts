import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Answer, Order } from '../inspector/order.js'
import type { FileClaim, FileInspector, Inspection } from './inspection.js'

export interface ChildLimits {
  /** How long one file may take, before the process is killed at it. */
  fileMs: number
  /** How long the process waits for the next file. */
  idleMs: number
}

export const CHILD_LIMITS: ChildLimits = { fileMs: 180_000, idleMs: 30_000 }

const HEAP_MIB = 256
/** Built, or as it is written: then the loader is needed that reads it. */
const [ENTRY, LOADER] = import.meta.url.endsWith('.ts') ? ['main.ts', ['--import', 'tsx']] : ['main.js', []]

/** The process came to an end over the file. */
export class InspectorDied extends Error {}

const answerOf = (child: ChildProcess, order: Order, limitMs: number) =>
  new Promise<Inspection>((resolve, reject) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), limitMs)
    const settle = (then: () => void) => {
      clearTimeout(timer)
      child.off('message', onMessage).off('exit', onExit).off('error', onError)
      then()
    }
    const onMessage = (answer: Answer) =>
      settle(() => ('error' in answer ? reject(new Error(answer.error)) : resolve(answer.inspection)))
    const onExit = (code: number | null, signal: NodeJS.Signals | null) =>
      settle(() => reject(new InspectorDied(`The inspection ended with ${signal ?? code}.`)))
    const onError = (error: Error) => settle(() => reject(error))
    child.on('message', onMessage).on('exit', onExit).on('error', onError)
    // One that is gone says so by its exit.
    child.send(order, () => {})
  })

/** Reads what strangers sent in a process of its own, one file at a time: whatever happens there, nobody else falls. */
export class ChildInspector implements FileInspector {
  private child: ChildProcess | undefined
  private idle: NodeJS.Timeout | undefined
  private last: Promise<unknown> = Promise.resolve()
  private stopped = false

  constructor(private readonly limits: ChildLimits = CHILD_LIMITS) {}

  /** Undefined while nothing is inspected, and a while later. */
  get pid(): number | undefined {
    return this.child?.pid
  }

  inspect(path: string, claim: FileClaim, workFolder: string): Promise<Inspection> {
    const turn = this.last.then(() => this.ask({ path, claim, workFolder }))
    this.last = turn.catch(() => {})
    return turn
  }

  /** What is under way is given up. */
  async stop(): Promise<void> {
    this.stopped = true
    const { child } = this
    if (!child || child.exitCode !== null) return
    const exited = once(child, 'exit')
    child.kill('SIGKILL')
    await exited
  }

  private async ask(order: Order): Promise<Inspection> {
    clearTimeout(this.idle)
    if (this.stopped) throw new Error('Nothing is inspected any more.')
    const child = (this.child ??= this.begin())
    try {
      return await answerOf(child, order, this.limits.fileMs)
    } catch (error) {
      throw this.stopped ? new Error('The inspection was stopped.') : error
    } finally {
      this.idle = setTimeout(() => this.end(child), this.limits.idleMs).unref()
    }
  }

  private begin(): ChildProcess {
    const child = fork(fileURLToPath(new URL(`../inspector/${ENTRY}`, import.meta.url)), {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      execArgv: [...LOADER, `--max-old-space-size=${HEAP_MIB}`],
      // None of the server's secrets. Freed memory goes back to the system.
      env: { TMPDIR: tmpdir(), MALLOC_ARENA_MAX: '2', UV_THREADPOOL_SIZE: '2' },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    child.once('exit', () => this.forget(child)).on('error', () => this.forget(child))
    return child
  }

  private end(child: ChildProcess): void {
    this.forget(child)
    if (child.connected) child.disconnect()
  }

  private forget(child: ChildProcess): void {
    if (this.child === child) this.child = undefined
  }
}
