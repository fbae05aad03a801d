import type { Services } from '../services.js'
import type { Attachment } from './attachment.js'
import type { UrlPurpose } from './signed-urls.js'

/** How long an address can be used from when it is given. */
const VALID_FOR_MS = 5 * 60_000

const PATHS = { download: '/files', thumbnail: '/thumbnails' } as const satisfies Partial<Record<UrlPurpose, string>>

type Shown = Pick<Attachment, 'id' | 'status' | 'hasThumbnail'>

/** For that person alone, who is shown the attachment; nobody is asked for it. */
export const downloadUrl = (
  { urlSigner }: Pick<Services, 'urlSigner'>,
  { id, status, hasThumbnail }: Shown,
  purpose: keyof typeof PATHS,
  { userId, baseUrl }: { userId: string; baseUrl: string },
): string | null => {
  if (status !== 'READY' || (purpose === 'thumbnail' && !hasThumbnail)) return null
  // Addresses count in whole seconds: none ends before it is said to.
  const expiresAt = new Date(Math.ceil((Date.now() + VALID_FOR_MS) / 1000) * 1000)
  return `${baseUrl}${PATHS[purpose]}/${id}${urlSigner.query({ purpose, attachmentId: id, userId, expiresAt })}`
}

export const urlsExpireAt = ({ status }: Shown): Date | null =>
  status === 'READY' ? new Date(Math.floor((Date.now() + VALID_FOR_MS) / 1000) * 1000) : null
