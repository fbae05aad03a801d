import type { ApolloClient } from '@apollo/client'
import { follow } from './follow.js'
import { AttachmentUpdatedDocument, type AttachmentPartsFragment } from './operations.js'

/** A file once it was looked at: READY to be sent, or REJECTED. Begin before or after its bytes were uploaded. */
export const whenInspected = (
  client: ApolloClient,
  id: string,
  signal?: AbortSignal,
): Promise<AttachmentPartsFragment> =>
  new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const unfollow = follow(
      client,
      AttachmentUpdatedDocument,
      { id },
      ({ attachmentUpdated: attachment }) => {
        if (attachment.status === 'READY' || attachment.status === 'REJECTED') resolve(attachment)
      },
      reject,
    )
    signal?.addEventListener('abort', () => {
      unfollow()
      reject(signal.reason as Error)
    })
  })
