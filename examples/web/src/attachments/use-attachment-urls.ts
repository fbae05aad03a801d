import { useQuery } from '@apollo/client/react'
import { AttachmentUrlsDocument } from '@colloquy/apollo'
import { useEffect } from 'react'

/** Addresses that hold by now: they are signed for a few minutes. `renew` once one of them does not any more. */
export const useAttachmentUrls = (id: string) => {
  const { data, refetch } = useQuery(AttachmentUrlsDocument, { variables: { id } })
  const { url = null, thumbnailUrl = null, urlExpiresAt = null } = data?.attachment ?? {}
  const isExpired = urlExpiresAt !== null && Date.parse(urlExpiresAt) < Date.now()
  const renew = () => refetch().then(answer => answer.data?.attachment?.url ?? null)
  useEffect(() => {
    if (isExpired) renew().catch(() => {})
  }, [isExpired])
  return {
    url: isExpired ? null : url,
    thumbnailUrl: isExpired ? null : thumbnailUrl,
    renew,
  }
}
