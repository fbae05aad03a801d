import { open } from 'node:fs/promises'
import { Rejected } from './rejected.js'

const END_OF_DIRECTORY = Buffer.from('PK\x05\x06', 'latin1')
const DIRECTORY_ENTRY = Buffer.from('PK\x01\x02', 'latin1')
const END_BYTES = 22
const LONGEST_COMMENT = 65_535

/** A ZIP is read from its end: anything may stand before it, and a JAR is one as well. */
export const refuseHiddenArchive = async (path: string): Promise<void> => {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const begin = Math.max(0, size - END_BYTES - LONGEST_COMMENT)
    const { buffer: tail } = await file.read(Buffer.alloc(size - begin), 0, size - begin, begin)
    const isEntry = async (position: number) => {
      const { buffer } = await file.read(Buffer.alloc(DIRECTORY_ENTRY.length), 0, DIRECTORY_ENTRY.length, position)
      return buffer.equals(DIRECTORY_ENTRY)
    }
    for (let at = tail.length - END_BYTES; (at = tail.lastIndexOf(END_OF_DIRECTORY, at)) >= 0; at--) {
      const [directoryBytes, offset] = [tail.readUInt32LE(at + 12), tail.readUInt32LE(at + 16)]
      const before = begin + at - directoryBytes
      if ((await isEntry(offset)) || (before >= 0 && (await isEntry(before)))) throw new Rejected('TYPE_NOT_ALLOWED')
      if (at === 0) return
    }
  } finally {
    await file.close()
  }
}
