import { type Access, accessOf } from '../conversations/conversation-access.js'
import type { Viewer } from '../people/person.js'
import type { Services } from '../services.js'
import type { Message } from './message.js'

/** What somebody may see of a conversation. */
export interface Sight {
  access: Access
  /** The first `seq` that they may see. */
  from: number
}

/** Null for who may see none of it. Calls of the same turn are one query. */
export const sightOf = async (
  needs: Pick<Services, 'conversations'>,
  viewer: Viewer,
  conversationId: string,
): Promise<Sight | null> => {
  const found = await needs.conversations.findWithParticipant(conversationId, viewer.userId)
  const access = found && accessOf(viewer, found.conversation, found.participant)
  return access && { access, from: Math.max(access.part.visibleFromSeq, access.conversation.firstSeq) }
}

/**
 * Null for who may not see the message, through whatever object they came to it: it may be older than what they may see of
 * the conversation, or they may take no part in it any more.
 */
export const sightOfMessage = async (
  needs: Pick<Services, 'conversations'>,
  viewer: Viewer,
  { conversationId, seq }: Pick<Message, 'conversationId' | 'seq'>,
): Promise<Sight | null> => {
  const sight = await sightOf(needs, viewer, conversationId)
  return sight && seq >= sight.from ? sight : null
}
