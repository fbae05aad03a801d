import { randomUUID } from 'node:crypto'
import { constants, type Dirent } from 'node:fs'
import { copyFile, type FileHandle, mkdir, open, opendir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { isUuid } from '../limits/ids.js'
import type { ByteRange, FileKey, FilePlace, FileStorage } from './file-storage.js'
import type { UploadedFile, UploadStorage } from './upload-storage.js'

const FOLDER_MODE = 0o700
const FILE_MODE = 0o600
const PIECE_BYTES = 64 * 1024
const UNFINISHED = '.part'
/** Longer than any write. */
const FORGOTTEN_MS = 3_600_000

const isMissing = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT'

const opened = async <T>(path: string, flags: string, work: (handle: FileHandle) => Promise<T>): Promise<T> => {
  const handle = await open(path, flags, FILE_MODE)
  try {
    return await work(handle)
  } finally {
    await handle.close()
  }
}

const sync = (path: string, flags: string) => opened(path, flags, handle => handle.sync())

/** One buffer for all of it. */
async function* piecesOf(handle: FileHandle, start: number, end: number): AsyncGenerator<Buffer> {
  const buffer = Buffer.allocUnsafeSlow(PIECE_BYTES)
  try {
    for (let position = start; position <= end;) {
      const { bytesRead } = await handle.read(buffer, 0, Math.min(PIECE_BYTES, end - position + 1), position)
      if (bytesRead === 0) return
      position += bytesRead
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await handle.close()
  }
}

/** Files in a folder, which all processes of an installation share. */
export class FolderStorage implements FileStorage, UploadStorage {
  constructor(private readonly folder: string) {}

  async read(key: FileKey, range?: ByteRange): Promise<Readable | null> {
    try {
      return (await open(this.pathOf(key), 'r')).createReadStream(range)
    } catch (error) {
      if (isMissing(error)) return null
      throw error
    }
  }

  async pieces(key: FileKey, { start, end }: ByteRange = { start: 0, end: Infinity }) {
    try {
      return piecesOf(await open(this.pathOf(key), 'r'), start, end)
    } catch (error) {
      if (isMissing(error)) return null
      throw error
    }
  }

  async write(key: FileKey, localPath: string): Promise<void> {
    const path = await this.placeOf(key)
    const unfinished = `${path}.${randomUUID()}${UNFINISHED}`
    try {
      await copyFile(localPath, unfinished)
      await sync(unfinished, 'r+')
      await rename(unfinished, path)
      await sync(dirname(path), 'r')
    } catch (error) {
      await rm(unfinished, { force: true })
      throw error
    }
  }

  async remove(key: FileKey): Promise<void> {
    await rm(this.pathOf(key), { force: true })
  }

  async *uploadIds(): AsyncGenerator<string> {
    for await (const { name } of this.filesIn('uploads')) if (isUuid(name)) yield name
  }

  async removeUnfinished(): Promise<number> {
    let count = 0
    for (const place of ['files', 'thumbnails'] as const)
      for await (const { name } of this.filesIn(place)) {
        if (!name.endsWith(UNFINISHED)) continue
        const path = join(this.folder, place, name)
        // Another process may have removed it.
        const found = await stat(path).catch(() => null)
        if (!found || Date.now() - found.mtimeMs < FORGOTTEN_MS) continue
        await rm(path, { force: true })
        count++
      }
    return count
  }

  async offset({ id }: UploadedFile): Promise<number> {
    try {
      return (await stat(this.pathOf(`uploads/${id}`))).size
    } catch (error) {
      if (isMissing(error)) return 0
      throw error
    }
  }

  async append({ id }: UploadedFile, offset: number, bytes: Readable): Promise<number> {
    const path = await this.placeOf(`uploads/${id}`)
    const handle = await open(path, constants.O_WRONLY | constants.O_CREAT, FILE_MODE)
    const target = handle.createWriteStream({ start: offset })
    await pipeline(bytes, target)
    return offset + target.bytesWritten
  }

  async finish({ id }: UploadedFile): Promise<void> {
    const path = this.pathOf(`uploads/${id}`)
    await sync(path, 'r+')
    await sync(dirname(path), 'r')
  }

  private async *filesIn(place: FilePlace): AsyncGenerator<Dirent> {
    try {
      for await (const entry of await opendir(join(this.folder, place))) if (entry.isFile()) yield entry
    } catch (error) {
      if (!isMissing(error)) throw error
    }
  }

  private pathOf(key: FileKey): string {
    return join(this.folder, key)
  }

  /** Its folder is there. */
  private async placeOf(key: FileKey): Promise<string> {
    const path = this.pathOf(key)
    await mkdir(dirname(path), { recursive: true, mode: FOLDER_MODE })
    return path
  }
}
