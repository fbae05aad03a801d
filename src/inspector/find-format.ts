import { fileTypeFromFile } from 'file-type'
import type { ImageType } from './images.js'
import { sniffText } from './plain-text.js'
import type { Container } from './recordings.js'
import { readBy, Rejected } from './rejected.js'

/** How the bytes are to be read: a container still has to be looked into. */
export type Format = ImageType | 'application/pdf' | 'text/plain' | 'zip' | Container

const FORMATS: ReadonlyMap<string, Format> = new Map([
  ['image/jpeg', 'image/jpeg'],
  ['image/png', 'image/png'],
  ['image/apng', 'image/png'],
  ['image/webp', 'image/webp'],
  ['image/gif', 'image/gif'],
  ['application/pdf', 'application/pdf'],
  ['application/zip', 'zip'],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'zip'],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'zip'],
  ['audio/mpeg', 'mp3'],
  ['audio/wav', 'wav'],
  ['audio/ogg', 'ogg'],
  ['audio/ogg; codecs=opus', 'ogg'],
  ['audio/mp4', 'mp4'],
  ['audio/x-m4a', 'mp4'],
  ['video/mp4', 'mp4'],
  ['video/x-m4v', 'mp4'],
  ['video/webm', 'webm'],
])

/**
 * By the bytes. The claim only says what is asked first: a text that begins with "BM" or "MZ" is a text, and looks like a picture or
 * a program to who searches for their marks.
 */
export const findFormat = async (path: string, claimed: string): Promise<Format> => {
  const text = await sniffText(path)
  if (text === 'ACTIVE') throw new Rejected('TYPE_NOT_ALLOWED')
  if (text === 'PLAIN' && claimed === 'text/plain') return 'text/plain'
  const found = await readBy(() => fileTypeFromFile(path))
  if (found) {
    const format = FORMATS.get(found.mime)
    if (!format) throw new Rejected('TYPE_NOT_ALLOWED')
    return format
  }
  if (text === 'PLAIN') return 'text/plain'
  throw new Rejected('MALFORMED')
}
