import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { ConfigError } from '../config.js'

const ATTEMPTS = 5
const LOCK_FILE = /^lock\.(\d+)\.\d+$/

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

// The time of the start tells this process from an earlier one with its pid, as in a container.
const ownName = () => `lock.${process.pid}.${Math.round(performance.timeOrigin)}`

const inUse = (dataDir: string, pid: number) =>
  new ConfigError(
    `The data directory ${dataDir} is in use by the process ${pid}. ` +
      'Only one process can use the embedded database: stop that one, or set DATABASE_URL or another DATA_DIR.',
  )

/** The pid of another live process that holds the lock or is about to; what dead ones left is removed. */
const findRival = async (dataDir: string, own: string) => {
  for (const name of await readdir(dataDir)) {
    const pid = Number(LOCK_FILE.exec(name)?.[1])
    if (Number.isNaN(pid) || name === own) continue
    if (pid !== process.pid && isAlive(pid)) return pid
    await rm(join(dataDir, name), { force: true })
  }
  return null
}

const createOwn = async (dataDir: string, path: string) => {
  try {
    await writeFile(path, '', { flag: 'wx' })
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'EEXIST' ? inUse(dataDir, process.pid) : error
  }
}

/**
 * Makes this process the only one that uses the directory, and answers how to give it back. Each process first shows a
 * file of its own and then looks for others', so that of two at least one sees the other and withdraws.
 */
export const lockDataDir = async (dataDir: string): Promise<() => Promise<void>> => {
  await mkdir(dataDir, { recursive: true })
  const own = ownName()
  const path = join(dataDir, own)
  for (let attempt = 1; ; attempt += 1) {
    await createOwn(dataDir, path)
    const rival = await findRival(dataDir, own)
    if (rival === null) return () => rm(path, { force: true })
    await rm(path, { force: true })
    if (attempt === ATTEMPTS) throw inUse(dataDir, rival)
    await delay(20 + Math.random() * 100)
  }
}
