import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const BEAT_MS = 1000
const STALE_MS = 10_000

const take = (file, id) => {
  try {
    writeFileSync(file, id, { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

const touch = file => {
  try {
    utimesSync(file, new Date(), new Date())
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
  }
}

const isStale = file => Date.now() - statSync(file).mtimeMs > STALE_MS

/** Its holder died: no beat any more. Moved away first, so that of several who see it only one removes it. */
const removeStale = file => {
  const aside = `${file}.${randomUUID()}`
  try {
    if (!isStale(file)) return
    renameSync(file, aside)
    if (!isStale(aside)) linkSync(aside, file)
    rmSync(aside)
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error
  }
}

/** Runs `work` while no other process on this checkout does. The holder touches the file; a killed one's is taken over. */
export const withLock = async (file, work) => {
  mkdirSync(dirname(file), { recursive: true })
  const id = randomUUID()
  while (!take(file, id)) {
    removeStale(file)
    await sleep(100)
  }
  const beat = setInterval(() => touch(file), BEAT_MS)
  const release = () => {
    clearInterval(beat)
    process.removeListener('exit', release)
    try {
      if (readFileSync(file, 'utf8') === id) rmSync(file)
    } catch (error) {
      if (error.code !== 'ENOENT') throw error
    }
  }
  process.on('exit', release)
  try {
    return await work()
  } finally {
    release()
  }
}
