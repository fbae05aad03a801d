import type { AttachmentRejection } from './attachment.js'
import type { MediaType } from './media-types.js'

/** What a file is said to be. */
export interface FileClaim {
  fileName: string
  mediaType: string
  sizeBytes: number
}

/** What was found in the bytes. `contentPath` is what may be given out: a local file, without what was taken out of it. */
export type Inspection =
  | {
      verdict: 'READY'
      mediaType: MediaType
      sizeBytes: number
      /** In hexadecimal, of `contentPath`. */
      sha256: string
      width: number | null
      height: number | null
      durationSeconds: number | null
      contentPath: string
      thumbnailPath: string | null
    }
  | { verdict: 'REJECTED'; rejection: AttachmentRejection }

/**
 * Looks at a local file and writes what it makes of it to a local folder, which is the caller's to remove. Throws where it could not be
 * found out (the scanner does not answer, the machine has no room): it is to be tried again.
 */
export interface FileInspector {
  inspect(path: string, claim: FileClaim, workFolder: string): Promise<Inspection>
  stop(): Promise<void>
}
