import type { Services } from '../services.js'
import type { UploadedFile } from './upload-storage.js'

/** The last byte is there. First it is safe, then it is said: whoever dies between the two is followed by somebody who looks. */
export const completeUpload = async (
  { attachments, files, inspectionWorker }: Pick<Services, 'attachments' | 'files' | 'inspectionWorker'>,
  file: UploadedFile,
): Promise<void> => {
  await files.finish(file)
  await attachments.received(file.id)
  inspectionWorker.queued()
}
