import {
  CreateUploadDocument,
  DiscardAttachmentDocument,
  whenInspected,
  type ChatClient,
  type CreateUploadMutationVariables,
} from '@colloquy/apollo'
import { errorText } from '../error-text.js'
import { strings } from '../strings.js'
import { uploadBytes, type RunningUpload } from './upload-bytes.js'

const texts = strings.attachments

export interface UploadState {
  status: keyof typeof texts.status
  /** From 0 to 1. */
  progress: number
  attachmentId: string | null
  error: string | null
}

export const STARTING: UploadState = { status: 'STARTING', progress: 0, attachmentId: null, error: null }

/** The way of one file to a conversation, until it is sent or discarded. */
export class FileUpload {
  readonly #over = new AbortController()
  #attachmentId: string | null = null
  #bytes: RunningUpload | undefined

  constructor(
    private readonly client: ChatClient,
    private readonly file: File,
    private readonly changed: (change: Partial<UploadState>) => void,
  ) {}

  async start(input: CreateUploadMutationVariables['input']): Promise<void> {
    try {
      const { data } = await this.client.mutate({ mutation: CreateUploadDocument, variables: { input } })
      if (!data?.createUpload) return
      const { attachment, uploadUrl } = data.createUpload
      this.#attachmentId = attachment.id
      if (this.#over.signal.aborted) return this.#remove(attachment.id)
      this.#show({ status: 'UPLOADING' })
      this.#bytes = uploadBytes(this.file, uploadUrl, {
        onProgress: progress => this.#show({ progress }),
        onDone: () => void this.#inspect(attachment.id),
        onFailed: () => this.#fail(texts.uploadFailed),
      })
    } catch (error) {
      this.#fail(errorText(error))
    }
  }

  pause(): void {
    this.#bytes?.pause()
    this.#show({ status: 'PAUSED' })
  }

  resume(): void {
    this.#bytes?.resume()
    this.#show({ status: 'UPLOADING' })
  }

  /** Its bytes go, and no longer count as the viewer's. */
  discard(): void {
    this.#over.abort()
    this.#bytes?.pause()
    if (this.#attachmentId !== null) this.#remove(this.#attachmentId)
  }

  async #inspect(id: string): Promise<void> {
    this.#show({ status: 'INSPECTING', progress: 1 })
    try {
      const { status, rejection } = await whenInspected(this.client, id, this.#over.signal)
      if (status === 'READY') this.#show({ status, attachmentId: id })
      else this.#fail(rejection ? texts.rejections[rejection] : texts.rejected)
    } catch (error) {
      this.#fail(errorText(error))
    }
  }

  #remove(attachmentId: string): void {
    const variables = { input: { attachmentId } }
    // By itself the server removes it too, later.
    this.client.mutate({ mutation: DiscardAttachmentDocument, variables }).catch(() => {})
  }

  #fail(error: string): void {
    this.#show({ status: 'FAILED', error })
  }

  #show(change: Partial<UploadState>): void {
    if (!this.#over.signal.aborted) this.changed(change)
  }
}
