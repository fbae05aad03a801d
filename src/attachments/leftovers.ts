import type { Done } from '../jobs/job.js'
import type { Services } from '../services.js'

type Needs = Pick<Services, 'attachments' | 'files'>

const AT_ONCE = 500

/** Of each few, those that were inspected: who did that died before they removed the upload, with all that was taken out of it. */
async function* inspectedUploads({ attachments, files }: Needs): AsyncGenerator<string[]> {
  const inspected = async (ids: string[]) =>
    (await attachments.findMany(ids))
      .filter(({ status }) => status === 'READY' || status === 'REJECTED')
      .map(({ id }) => id)
  let ids: string[] = []
  for await (const id of files.uploadIds()) {
    if (ids.push(id) < AT_ONCE) continue
    yield inspected(ids)
    ids = []
  }
  yield inspected(ids)
}

/** What processes left in the storage that were killed. What no row knows of stays: it may be another installation's. */
export async function* removeLeftovers(needs: Needs): AsyncGenerator<Done> {
  for await (const ids of inspectedUploads(needs)) {
    await Promise.all(ids.map(id => needs.files.remove(`uploads/${id}`)))
    if (ids.length > 0) yield { uploads: ids.length }
  }
  const unfinished = await needs.files.removeUnfinished()
  if (unfinished > 0) yield { unfinished }
}

export async function* countLeftovers(needs: Needs): AsyncGenerator<Done> {
  for await (const ids of inspectedUploads(needs)) if (ids.length > 0) yield { uploads: ids.length }
}
