export type AttachmentStatus = 'UPLOADING' | 'PROCESSING' | 'READY' | 'REJECTED'

export type AttachmentRejection = 'TYPE_NOT_ALLOWED' | 'TYPE_MISMATCH' | 'TOO_LARGE' | 'MALFORMED' | 'MALWARE'

export interface Attachment {
  id: string
  conversationId: string
  uploaderId: string
  /** What it was sent with; null before, and once that is removed for good. */
  messageId: string | null
  fileName: string
  /** As found in the bytes once READY; before, as claimed. */
  mediaType: string
  /** Of what is given out once READY; before, as claimed. */
  sizeBytes: number
  sha256: string | null
  status: AttachmentStatus
  rejection: AttachmentRejection | null
  width: number | null
  height: number | null
  durationSeconds: number | null
  hasThumbnail: boolean
  createdAt: Date
  expiresAt: Date
}

/** Who has not sent it by then has it no more. */
export const hasExpired = ({ messageId, expiresAt }: Attachment, now = Date.now()): boolean =>
  messageId === null && expiresAt.getTime() <= now
