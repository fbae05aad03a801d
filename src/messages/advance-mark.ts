import { findAccess } from '../conversations/conversation-access.js'
import { joinDesk } from '../conversations/desk-access.js'
import type { Participant } from '../conversations/conversation.js'
import { notFound } from '../errors.js'
import { isUuid } from '../limits/ids.js'
import { markRecorded } from '../audit-trail.js'
import { type Asker, isAdmin } from '../people/person.js'
import type { Services } from '../services.js'
import type { Mark } from './mark.js'

type Needs = Pick<Services, 'conversations' | 'marks' | 'writer'>

export interface MarkInput {
  conversationId: string
  throughMessageId?: string | null
}

/** Moves the viewer's position forward, never back, and answers with their part. */
export const advanceMark = async (
  needs: Needs,
  viewer: Asker,
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
  const { userId, requestId } = viewer
  const advance = () => needs.marks.advance({ conversationId, userId, throughMessageId, kind, requestId })
  let outcome = await advance()
  if (outcome.kind === 'NOT_FOUND' && (await joinDesk(needs, viewer, conversationId, 'mark'))) outcome = await advance()
  if (outcome.kind === 'MARKED') {
    if (outcome.moved) markRecorded(viewer)
    return outcome.participant
  }
  if (outcome.kind === 'NO_MESSAGE') throw notFound('message', 'input.throughMessageId')
  if (isAdmin(viewer)) await findAccess(needs, viewer, conversationId)
  throw noConversation()
}
