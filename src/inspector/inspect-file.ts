import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { Inspection } from '../attachments/inspection.js'
import type { MediaType } from '../attachments/media-types.js'
import { findFormat, type Format } from './find-format.js'
import { refuseHiddenArchive } from './hidden-archive.js'
import { inspectImage } from './images.js'
import { typeOfOfficeDocument } from './office.js'
import type { Order } from './order.js'
import { checkPdf } from './pdf.js'
import { inspectRecording } from './recordings.js'
import { Rejected } from './rejected.js'

/** What a file of that format turns out to be, and what of it may be given out where that is not the file itself. */
export interface Findings {
  mediaType: MediaType
  contentPath?: string
  thumbnailPath?: string
  width?: number | null
  height?: number | null
  durationSeconds?: number
}

const sha256Of = async (path: string) => {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

const lookInto = async (format: Format, { path, workFolder }: Order): Promise<Findings> => {
  switch (format) {
    case 'image/jpeg':
    case 'image/png':
    case 'image/webp':
    case 'image/gif':
      return inspectImage(path, format, workFolder)
    case 'application/pdf':
      await checkPdf(path)
      return { mediaType: format }
    case 'text/plain':
      return { mediaType: format }
    case 'zip':
      return { mediaType: await typeOfOfficeDocument(path) }
    case 'mp3':
    case 'wav':
    case 'ogg':
    case 'mp4':
    case 'webm':
      return inspectRecording(path, format)
  }
}

/** Browsers call what has no picture a video, where its name says no more than that. */
const isAsClaimed = (found: MediaType, claimed: string) =>
  found === claimed || (found.startsWith('audio/') && claimed === found.replace('audio/', 'video/'))

const find = async (order: Order): Promise<Findings> => {
  const { mediaType: claimed } = order.claim
  const format = await findFormat(order.path, claimed)
  // Containers say what they are once they are looked into; the others are not, in vain.
  if (format.includes('/') && format !== claimed) throw new Rejected('TYPE_MISMATCH')
  const findings = await lookInto(format, order)
  if (!isAsClaimed(findings.mediaType, claimed)) throw new Rejected('TYPE_MISMATCH')
  // What is made anew has lost it, unless it stood in the colour profile.
  if (format !== 'zip') await refuseHiddenArchive(findings.contentPath ?? order.path)
  return findings
}

export const inspectFile = async (order: Order): Promise<Inspection> => {
  try {
    const { mediaType, contentPath = order.path, ...found } = await find(order)
    return {
      verdict: 'READY',
      mediaType,
      sizeBytes: (await stat(contentPath)).size,
      sha256: await sha256Of(contentPath),
      width: found.width ?? null,
      height: found.height ?? null,
      durationSeconds: found.durationSeconds ?? null,
      contentPath,
      thumbnailPath: found.thumbnailPath ?? null,
    }
  } catch (error) {
    if (error instanceof Rejected) return { verdict: 'REJECTED', rejection: error.rejection }
    throw error
  }
}
