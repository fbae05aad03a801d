import { DetailedError, Upload } from 'tus-js-client'

const RETRY_MS = [0, 1_000, 3_000, 5_000, 10_000, 10_000, 30_000, 30_000]

/** Not 409 and 423: another request, which may be dead, still has the upload. */
const isFinal = (error: Error): boolean => {
  const status = (error instanceof DetailedError && error.originalResponse?.getStatus()) || 0
  return status >= 400 && status < 500 && status !== 409 && status !== 423
}

export interface RunningUpload {
  pause: () => void
  /** Goes on with the first byte that the server does not have. */
  resume: () => void
}

interface Listeners {
  onProgress: (part: number) => void
  onDone: () => void
  onFailed: (error: Error) => void
}

/** By tus 1.0, in as many pieces as the network allows. */
export const uploadBytes = (file: Blob, uploadUrl: string, listeners: Listeners): RunningUpload => {
  const { onProgress, onDone, onFailed } = listeners
  const upload = new Upload(file, {
    uploadUrl,
    uploadSize: file.size,
    // The browser's storage would keep the address, on a shared computer for others to use.
    storeFingerprintForResuming: false,
    retryDelays: RETRY_MS,
    // By itself it would give up as soon as the browser says that it is offline.
    onShouldRetry: error => !isFinal(error),
    onProgress: (sent, total) => onProgress(total ? sent / total : 1),
    onSuccess: onDone,
    onError: onFailed,
  })
  upload.start()
  return { pause: () => void upload.abort(), resume: () => upload.start() }
}
