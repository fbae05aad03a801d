import { createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { addDone, type Done } from '../jobs/job.js'
import type { JobRun } from '../jobs/job-runs.js'
import type { Logger } from '../logger.js'
import { RetryingTask } from '../retrying-task.js'
import { InspectorDied } from './child-inspector.js'
import type { FileStorage } from './file-storage.js'
import type { FileInspector, Inspection } from './inspection.js'
import type { InspectionClaim, InspectionStore } from './inspection.store.js'
import { inWorkFolder, removeForgottenFolders } from './work-folder.js'

export interface InspectionTimings {
  /** How often a process looks for what is to be inspected. Null: it leaves that to others, but for runs by hand. */
  lookEveryMs: number | null
  /** How long one is a process's own, from its last sign of life. */
  leaseMs: number
  /** After the first failure; doubled with each in a row. */
  backOffMs: number
  longestBackOffMs: number
}

export const INSPECTION_TIMINGS: InspectionTimings = {
  lookEveryMs: 5_000,
  leaseMs: 60_000,
  backOffMs: 2_000,
  longestBackOffMs: 300_000,
}

interface Needs {
  store: InspectionStore
  storage: FileStorage
  inspector: FileInspector
  /** Of what is given out. */
  maxBytes: number
  /** It is READY or REJECTED. */
  onSettled: (attachmentId: string) => void
  onRun?: (run: JobRun) => void
  logger: Logger
}

const MOST_DEATHS = 3
const MALFORMED: Inspection = { verdict: 'REJECTED', rejection: 'MALFORMED' }
const TOO_LARGE: Inspection = { verdict: 'REJECTED', rejection: 'TOO_LARGE' }

/** Inspects what was uploaded, wherever that was: one file at a time, each until it is READY or REJECTED. */
export class InspectionWorker {
  private readonly task: RetryingTask
  private readonly aborted = new AbortController()
  private timer: NodeJS.Timeout | undefined
  private failures = 0

  constructor(
    private readonly needs: Needs,
    private readonly timings: InspectionTimings = INSPECTION_TIMINGS,
  ) {
    this.task = new RetryingTask({
      work: () => this.drain(),
      logger: needs.logger,
      failure: 'What is to be inspected could not be read; it is tried again.',
      onRun: needs.onRun,
    })
  }

  start(): void {
    const { lookEveryMs } = this.timings
    if (lookEveryMs === null) return
    this.timer = setInterval(() => this.queued(), lookEveryMs).unref()
    removeForgottenFolders().catch((error: unknown) => this.needs.logger.warn({ error }, 'Old work folders stay'))
    this.queued()
  }

  /** What is under way is left to another process. */
  async stop(): Promise<void> {
    clearInterval(this.timer)
    this.aborted.abort()
    await this.needs.inspector.stop()
    await this.task.stop()
  }

  /** There may be something to inspect. */
  queued(): void {
    if (this.timings.lookEveryMs !== null) void this.task.request()
  }

  countDue(): Promise<number> {
    return this.needs.store.countDue()
  }

  /** All that is due now, one way or the other. */
  async drain(): Promise<Done> {
    let done: Done = {}
    while (!this.aborted.signal.aborted) {
      const claim = await this.needs.store.claim(this.timings.leaseMs)
      if (!claim) break
      done = addDone(done, { [await this.take(claim)]: 1 })
    }
    return done
  }

  private async take(claim: InspectionClaim): Promise<'ready' | 'rejected' | 'putOff'> {
    const { store } = this.needs
    const { leaseMs } = this.timings
    const lease = setInterval(() => void store.keep(claim, leaseMs).catch(() => {}), leaseMs / 3)
    try {
      const verdict = await inWorkFolder(async folder => {
        const inspection = await this.inspect(claim, folder)
        await this.settle(claim, inspection)
        return inspection.verdict
      })
      this.failures = 0
      return verdict === 'READY' ? 'ready' : 'rejected'
    } catch (error) {
      await this.putOff(claim, error)
      return 'putOff'
    } finally {
      clearInterval(lease)
    }
  }

  /** Looks at a copy, so that nothing that still comes changes what was inspected. */
  private async inspect(claim: InspectionClaim, folder: string): Promise<Inspection> {
    if (claim.attempt > MOST_DEATHS) return MALFORMED
    const path = join(folder, 'upload')
    const upload = await this.needs.storage.read(`uploads/${claim.id}`)
    if (!upload) throw new Error('An upload is not in the storage.')
    await pipeline(upload, createWriteStream(path), { signal: this.aborted.signal })
    if ((await stat(path)).size !== claim.sizeBytes) return MALFORMED
    const inspection = await this.needs.inspector.inspect(path, claim, folder)
    // What is made anew can be far larger than what came.
    return inspection.verdict === 'READY' && inspection.sizeBytes > this.needs.maxBytes ? TOO_LARGE : inspection
  }

  private async settle(claim: InspectionClaim, inspection: Inspection): Promise<void> {
    const { store, storage, onSettled } = this.needs
    // Two that took each other for dead do not write over each other.
    const settled = (await store.keep(claim, this.timings.leaseMs)) && (await this.write(claim, inspection))
    if (settled) onSettled(claim.id)
    else if (await store.exists(claim.id)) return
    // It was removed meanwhile.
    else await Promise.all([storage.remove(`files/${claim.id}`), storage.remove(`thumbnails/${claim.id}`)])
    await storage.remove(`uploads/${claim.id}`)
  }

  /** What may be given out is there before it is said to be. */
  private async write(claim: InspectionClaim, inspection: Inspection): Promise<boolean> {
    const { store, storage } = this.needs
    if (inspection.verdict === 'READY') {
      await storage.write(`files/${claim.id}`, inspection.contentPath)
      if (inspection.thumbnailPath !== null) await storage.write(`thumbnails/${claim.id}`, inspection.thumbnailPath)
    }
    return store.settle(claim, inspection)
  }

  private async putOff(claim: InspectionClaim, error: unknown): Promise<void> {
    const { store, logger } = this.needs
    const { backOffMs, longestBackOffMs } = this.timings
    const stopped = this.aborted.signal.aborted
    if (!stopped) logger.warn({ error, attachmentId: claim.id }, 'A file could not be inspected; it is tried again')
    const retryInMs = stopped ? 0 : Math.min(backOffMs * 2 ** Math.min(this.failures++, 30), longestBackOffMs)
    await store.putOff(claim, { retryInMs, counts: error instanceof InspectorDied })
  }
}
