import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

const TICKS_A_SECOND = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))

const read = (path: string) => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** Seconds of CPU that the process has used, all its threads together. */
export const cpuOf = (pid: number): number => {
  const stat = read(`/proc/${pid}/stat`)
  // The second field is a name in parentheses that may hold spaces.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / TICKS_A_SECOND
}

export const rssOf = (pid: number): number => {
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`))?.[1]
  if (kib === undefined) throw new Error(`Process ${pid} is gone.`)
  return Number(kib)
}

const isForDatabase = (title: string, database: string) =>
  title.startsWith('postgres: ') &&
  (title.includes(` ${database} `) || /checkpointer|background writer|walwriter/.test(title))

/**
 * Seconds of CPU of the backends of one database and of PostgreSQL's own writers, on this machine. Pools keep their
 * backends, so what ended in between is next to nothing.
 */
export const cpuOfPostgres = (database: string): number =>
  readdirSync('/proc')
    .filter(name => /^\d+$/.test(name) && isForDatabase(read(`/proc/${name}/cmdline`), database))
    .reduce((sum, name) => sum + cpuOf(Number(name)), 0)
