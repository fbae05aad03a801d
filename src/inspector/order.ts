import type { FileClaim, Inspection } from '../attachments/inspection.js'

/** What the process that inspects is asked: paths, and never bytes. */
export interface Order {
  path: string
  claim: FileClaim
  workFolder: string
}

/** `error`: it could not be found out. */
export type Answer = { inspection: Inspection } | { error: string }
