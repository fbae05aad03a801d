import type { Done, Job } from '../jobs/job.js'
import type { Services } from '../services.js'
import { completeUpload } from './complete-upload.js'
import type { Abandoned } from './upload-lease.store.js'

type Needs = Pick<Services, 'attachments' | 'files' | 'inspectionWorker' | 'uploadLeaseStore'>

const EVERY_MS = 60_000

/** Whoever took its bytes died: where the last one came, nobody said so. What is begun anew meanwhile has another lease. */
const lookAfter = async (needs: Needs, { leaseId, ...file }: Abandoned): Promise<Done> => {
  const isWhole = (await needs.files.offset(file)) === file.sizeBytes
  if (isWhole) await completeUpload(needs, file)
  await needs.uploadLeaseStore.release(file.id, leaseId)
  return { uploads: 1, finished: Number(isWhole) }
}

async function* lookAfterAll(needs: Needs): AsyncGenerator<Done> {
  for (let abandoned = await needs.uploadLeaseStore.abandoned(); abandoned.length > 0;) {
    for (const one of abandoned) yield await lookAfter(needs, one)
    abandoned = await needs.uploadLeaseStore.abandoned()
  }
}

export const finishUploadsJob = (needs: Needs): Job => ({
  name: 'finish-uploads',
  about: 'Looks at uploads whose process died, and finishes those that are whole.',
  everyMs: EVERY_MS,
  off: null,
  run: () => lookAfterAll(needs),
  async *preview() {
    yield { uploads: (await needs.uploadLeaseStore.abandoned()).length }
  },
})
