import type { Readable } from 'node:stream'

/** What is being uploaded: it lies under `uploads/<id>`. */
export interface UploadedFile {
  id: string
  sizeBytes: number
}

/** Takes bytes as they come. That no two requests append to one file at a time is the caller's to see to. */
export interface UploadStorage {
  /** How many bytes of it are there: 0 for what was never begun. */
  offset(file: UploadedFile): Promise<number>
  /** From the offset on, until `bytes` ends; answers how many are there then. */
  append(file: UploadedFile, offset: number, bytes: Readable): Promise<number>
  /** All of it is there, and from now on outlives a power cut. Safe to repeat. */
  finish(file: UploadedFile): Promise<void>
}
