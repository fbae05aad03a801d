import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

const PATIENCE_MS = 30_000

const readProc = (path: string) => {
  try {
    return readFileSync(`/proc/${path}`, 'utf8')
  } catch {
    return ''
  }
}

const inspectorOf = (pid: number) =>
  readProc(`${pid}/task/${pid}/children`)
    .split(' ')
    .filter(child => child !== '' && /\/inspector\/main\.[jt]s\0/.test(readProc(`${child}/cmdline`)))
    .map(Number)[0]

const eventually = async <T>(look: () => T | undefined): Promise<T> => {
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await sleep(5)) {
    const found = look()
    if (found !== undefined) return found
  }
  throw new Error('It did not happen.')
}

/** The process that inspects for the server with that pid, once there is one other than `former`. */
export const whenInspecting = (pid: number, former?: number): Promise<number> =>
  eventually(() => {
    const child = inspectorOf(pid)
    return child === former ? undefined : child
  })

export const whenGone = (pid: number): Promise<true> =>
  eventually(() => (['', 'Z'].includes(/^State:\t(\w)/m.exec(readProc(`${pid}/status`))?.[1] ?? '') ? true : undefined))
