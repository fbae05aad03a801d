import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const PREFIX = 'colloquy-inspection-'
/** Longer than any inspection. */
const FORGOTTEN_MS = 3_600_000

/** A folder that nobody else reads, for as long as the work goes on. */
export const inWorkFolder = async <T>(work: (folder: string) => Promise<T>): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), PREFIX))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Those of processes that were killed. */
export const removeForgottenFolders = async (): Promise<void> => {
  const names = (await readdir(tmpdir())).filter(name => name.startsWith(PREFIX))
  for (const name of names) {
    const folder = join(tmpdir(), name)
    // Another process may have removed it, or own it.
    const found = await stat(folder).catch(() => null)
    if (found && Date.now() - found.mtimeMs > FORGOTTEN_MS)
      await rm(folder, { recursive: true, force: true }).catch(() => {})
  }
}
