import { useQuery } from '@apollo/client/react'
import { usePresence } from '@colloquy/apollo/react'
import type { SessionType } from '@colloquy/apollo'
import type { Money } from '../money-text.js'
import { SessionOfferDocument, type SessionOfferQuery } from '../operations.js'

type OfferingConversation = NonNullable<SessionOfferQuery['conversation']>

export interface SessionOffer {
  /** Who gives the session. */
  professional: { id: string; displayName: string }
  isAccepting: boolean
  /** Those that they offer, and what a minute costs: null is free. */
  kinds: { type: SessionType; perMinute: Money | null }[]
}

const professionalOf = ({ kind, viewer, participants }: OfferingConversation) =>
  participants.find(({ id, role }) => role === 'PROFESSIONAL' && (kind === 'DIRECT' || id === viewer?.id))?.user

const offerIn = (conversation: OfferingConversation): SessionOffer | null => {
  const user = professionalOf(conversation)
  if (!conversation.viewer?.canSend || conversation.kind === 'SUPPORT' || !user?.professional) return null
  const { acceptingSessions, sessionTypes, rates } = user.professional
  const kinds = sessionTypes.map(type => ({
    type,
    perMinute: rates.find(rate => rate.type === type)?.perMinute ?? null,
  }))
  return { professional: user, isAccepting: acceptingSessions, kinds }
}

/** What may be started in a conversation by the viewer: by either side of a DIRECT one, in a group by its professionals. */
export const useSessionOffer = (conversationId: string) => {
  const { data, refetch } = useQuery(SessionOfferDocument, {
    variables: { conversationId },
    fetchPolicy: 'cache-and-network',
  })
  const conversation = data?.conversation ?? null
  const offer = conversation && offerIn(conversation)
  const presence = usePresence(offer ? [offer.professional.id] : [])
  const isAccepting = offer && (presence.get(offer.professional.id)?.acceptingSessions ?? offer.isAccepting)
  return { conversation, offer: offer && { ...offer, isAccepting: isAccepting ?? false }, refetch }
}
