import type { Services } from '../services.js'

const PLACES = ['uploads', 'files', 'thumbnails'] as const

/** The files first: what is broken off between is found again by its row. One that cannot be removed keeps no other. */
export const removeAttachments = async (
  { files, sentAttachments }: Pick<Services, 'files' | 'sentAttachments'>,
  ids: readonly string[],
): Promise<{ removed: string[]; failures: unknown[] }> => {
  const outcomes = await Promise.allSettled(
    ids.map(id => Promise.all(PLACES.map(place => files.remove(`${place}/${id}`)))),
  )
  const failures = outcomes.flatMap(outcome => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []))
  const removed = ids.filter((_, index) => outcomes[index]?.status === 'fulfilled')
  await sentAttachments.remove(removed)
  return { removed, failures }
}
