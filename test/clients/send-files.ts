import type { ApolloClient } from '@apollo/client'
import { type DetailedError, Upload } from 'tus-js-client'
import { follow } from './follow.js'
import {
  AttachmentDocument,
  AttachmentUpdatedDocument,
  CreateUploadDocument,
  type AttachmentPartsFragment,
  type AttachmentRejection,
  type AttachmentUpdatedSubscription,
  type CreateUploadInput,
} from './operations.js'

/** In a browser the `File` that was chosen; in Node.js a Buffer, or what `createReadStream` makes of a file. */
export type Content = ConstructorParameters<typeof Upload>[0]

/** Kept with its file it goes on after whatever broke it off, for 24 hours. Whoever has it can upload as this person. */
export interface BegunUpload extends Pick<CreateUploadInput, 'sizeBytes'> {
  /** Of the attachment: for the `attachmentIds` of a message. */
  id: string
  uploadUrl: string
}

/** To upload the file again will not help. The message is for the person. */
export class FileRefused extends Error {}

const REJECTIONS: Partial<Record<AttachmentRejection, string>> = {
  TYPE_NOT_ALLOWED: 'Files of this kind cannot be sent.',
  TYPE_MISMATCH: 'This file is of another kind than its name says.',
  TOO_LARGE: 'There is too much in this file.',
  MALFORMED: 'This file is damaged.',
  MALWARE: 'This file is dangerous.',
}
const refused = (rejection: AttachmentRejection | null) =>
  new FileRefused((rejection && REJECTIONS[rejection]) ?? 'This file cannot be sent.')

export const beginUpload = async (client: ApolloClient, input: CreateUploadInput): Promise<BegunUpload> => {
  const { data } = await client.mutate({ mutation: CreateUploadDocument, variables: { input } })
  if (!data?.createUpload) throw new Error('The upload was not opened.')
  const { attachment, uploadUrl } = data.createUpload
  return { id: attachment.id, uploadUrl, sizeBytes: input.sizeBytes }
}

/** Not 409 and 423: another request, which may be dead, still has the upload. */
const isFinal = (error: Error | DetailedError) => {
  const status = ('originalResponse' in error && error.originalResponse?.getStatus()) || 0
  return status >= 400 && status < 500 && status !== 409 && status !== 423
}

const sendBytes = (
  { uploadUrl, sizeBytes }: BegunUpload,
  content: Content,
  onProgress: (part: number) => void,
  signal?: AbortSignal,
) =>
  new Promise<void>((resolve, reject) => {
    const upload = new Upload(content, {
      uploadUrl,
      uploadSize: sizeBytes,
      // The browser's storage would keep the address, on a shared computer for others to use.
      storeFingerprintForResuming: false,
      // It goes on where it was; the row begins anew with each byte that arrives.
      retryDelays: [0, 1_000, 3_000, 10_000, 30_000, 60_000, 60_000],
      // By itself it would give up as soon as the browser says that it is offline.
      onShouldRetry: error => !isFinal(error),
      onProgress: (sent, total) => onProgress(total ? sent / total : 1),
      onSuccess: () => resolve(),
      onError: error => reject(isFinal(error) ? new FileRefused('This upload cannot go on.') : error),
    })
    const stop = () => void upload.abort().then(() => reject(signal?.reason as Error), reject)
    if (signal?.aborted) return stop()
    signal?.addEventListener('abort', stop, { once: true })
    upload.start()
  })

const whenReady = (client: ApolloClient, id: string) =>
  new Promise<void>((resolve, reject) => {
    const show = ({ attachmentUpdated: { status, rejection } }: AttachmentUpdatedSubscription) => {
      if (status === 'READY') resolve()
      if (status === 'REJECTED') reject(refused(rejection))
    }
    // It completes by itself once that is decided.
    follow(client, AttachmentUpdatedDocument, { id }, { show, fail: reject })
  })

/** Resolves once the file was looked at and can be sent. What was broken off goes on where it was. */
export const finishUpload = async (
  client: ApolloClient,
  upload: BegunUpload,
  content: Content,
  onProgress: (part: number) => void = () => {},
  signal?: AbortSignal,
): Promise<void> => {
  await sendBytes(upload, content, onProgress, signal)
  await whenReady(client, upload.id)
}

/** With addresses for `src` and `href` that still hold: they end after 5 minutes. NOT_FOUND where the file is gone. */
export const withAddresses = async (
  client: ApolloClient,
  attachment: AttachmentPartsFragment,
): Promise<AttachmentPartsFragment> => {
  const { id, urlExpiresAt } = attachment
  if (urlExpiresAt && Date.parse(urlExpiresAt) > Date.now() + 10_000) return attachment
  const { data } = await client.query({ query: AttachmentDocument, variables: { id }, fetchPolicy: 'network-only' })
  return data?.attachment ?? attachment
}
