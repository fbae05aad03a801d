import type { Readable } from 'node:stream'

export type FilePlace = 'uploads' | 'files' | 'thumbnails'

/** Where in the storage something is: by ids made here, never by a name that a client gave. */
export type FileKey = `${FilePlace}/${string}`

export interface ByteRange {
  /** The first byte, from 0. */
  start: number
  /** The last byte, included. */
  end: number
}

/** The bytes of files; every process of an installation sees the same. */
export interface FileStorage {
  /** Null where there is no such file. Ends with an error if the storage fails midway. */
  read(key: FileKey, range?: ByteRange): Promise<Readable | null>
  /** As read, for who deals with each piece before asking for the next, which may take its place: so it fills no memory. */
  pieces(key: FileKey, range?: ByteRange): Promise<AsyncIterable<Buffer> | null>
  /** The whole of a local file, or nothing: it replaces what was there at once. */
  write(key: FileKey, localPath: string): Promise<void>
  /** What is not there is removed already. */
  remove(key: FileKey): Promise<void>
  /** The ids under which something lies in `uploads`, in no particular order. */
  uploadIds(): AsyncIterable<string>
  /** What writes left behind whose processes died; answers how much that was. */
  removeUnfinished(): Promise<number>
}
