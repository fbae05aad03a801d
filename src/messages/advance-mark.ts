import { findAccess } from '../conversations/conversation-access.js'
import type { Participant } from '../conversations/conversation.js'
import { notFound } from '../errors.js'
import { isUuid } from '../limits/ids.js'
import { isAdmin, type Viewer } from '../people/person.js'
import type { Services } from '../services.js'
import type { Mark } from './mark.js'

type Needs = Pick<Services, 'conversations' | 'marks'>

export interface MarkInput {
  conversationId: string
  throughMessageId?: string | null
}

/** Moves the viewer's position forward, never back, and answers with their part. */
export const advanceMark = async (
  needs: Needs,
  viewer: Viewer,
  kind: Mark['kind'],
  input: MarkInput,
): Promise<Participant> => {
  const { conversationId } = input
  const noConversation = () => notFound('conversation', 'input.conversationId')
  const throughMessageId = input.throughMessageId ?? null
  if (!isUuid(conversationId)) throw noConversation()
  // Of a malformed message in a conversation of others, too, nothing is said but that there is no such conversation.
  if (throughMessageId !== null && !isUuid(throughMessageId)) {
    await findAccess(needs, viewer, conversationId, noConversation)
    throw notFound('message', 'input.throughMessageId')
  }
  const outcome = await needs.marks.advance({ conversationId, userId: viewer.userId, throughMessageId, kind })
  if (outcome.kind === 'MARKED') return outcome.participant
  if (outcome.kind === 'NO_MESSAGE') throw notFound('message', 'input.throughMessageId')
  if (isAdmin(viewer)) await findAccess(needs, viewer, conversationId)
  throw noConversation()
}
