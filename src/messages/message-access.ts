import type { Access } from '../conversations/conversation-access.js'
import { type Reader, readAccess, type ReadNeeds } from '../conversations/read-access.js'
import type { Message } from './message.js'

/** What somebody may see of a conversation. */
export interface Sight {
  access: Access
  /** The first `seq` that they may see. */
  from: number
}

/** Null for who may see none of it. Calls of the same turn are one query. */
export const sightOf = async (needs: ReadNeeds, viewer: Reader, conversationId: string): Promise<Sight | null> => {
  const access = await readAccess(needs, viewer, conversationId)
  return access && { access, from: Math.max(access.part.visibleFromSeq, access.conversation.firstSeq) }
}

/**
 * Null for who may not see the message, through whatever object they came to it: it may be older than what they may see of
 * the conversation, or they may take no part in it any more.
 */
export const sightOfMessage = async (
  needs: ReadNeeds,
  viewer: Reader,
  { conversationId, seq }: Pick<Message, 'conversationId' | 'seq'>,
): Promise<Sight | null> => {
  const sight = await sightOf(needs, viewer, conversationId)
  return sight && seq >= sight.from ? sight : null
}
